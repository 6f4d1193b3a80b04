//===- PackedProduct.cpp - A contraction of a packed series ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PackedProduct.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::tasd;

int64_t PackedProduct::getExtent(ArrayRef<unsigned> loops) const {
  int64_t extent = 1;
  for (unsigned loop : loops) {
    if (ShapedType::isDynamic(ranges[loop]))
      return ShapedType::kDynamic;
    extent *= ranges[loop];
  }
  return extent;
}

Type PackedProduct::getComputeType() const {
  Type type = getElementTypeOrSelf(op.getInit().getType());
  bool isSmallFloat = isa<FloatType>(type) && type.getIntOrFloatBitWidth() < 32;
  return isSmallFloat ? Float32Type::get(type.getContext()) : type;
}

static bool isConstant(AssembleOp series) {
  return llvm::all_of(series.getSizedComponents(), [](Value component) {
    return matchPattern(component, m_Constant());
  });
}

/// The input that stays packed: the first of constants, else the first.
static std::optional<unsigned> choosePacked(ContractOp op) {
  std::optional<unsigned> packed;
  for (unsigned input : {Contraction::Lhs, Contraction::Rhs}) {
    auto series = op->getOperand(input).getDefiningOp<AssembleOp>();
    if (series && isConstant(series))
      return input;
    if (series && !packed)
      packed = input;
  }
  return packed;
}

FailureOr<PackedProduct> mlir::tasd::matchPackedProduct(ContractOp op,
                                                        StringRef &reason) {
  std::optional<unsigned> packed = choosePacked(op);
  if (!packed) {
    reason = "neither input is a packed series";
    return failure();
  }
  PackedProduct product;
  product.op = op;
  product.packed = *packed;
  product.series = op->getOperand(*packed).getDefiningOp<AssembleOp>();
  Contraction contraction = op.getContraction();
  product.ranges = contraction.getStaticRanges();
  AffineMap map = op.getMap(*packed);
  for (int64_t dim : product.getSeriesType().getAlong())
    product.columns.push_back(*matchLoop(map.getResult(dim)));
  for (unsigned loop = 0; loop < contraction.getNumLoops(); ++loop) {
    if (llvm::is_contained(product.columns, loop))
      continue;
    if (!map.isFunctionOfDim(loop))
      product.lanes.push_back(loop);
    else if (contraction.isParallel(loop))
      product.rows.push_back(loop);
    else
      product.windows.push_back(loop);
  }
  return product;
}
