//===- PackedProduct.cpp - A contraction of a packed series ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PackedProduct.h"

#include "Gather.h"
#include "tasd/Dialect/TASD/Analysis/ConstantBytes.h"

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

int64_t PackedProduct::getSeriesExtent(unsigned row) const {
  SeriesType type = getSeriesType();
  return type.getDimSize(type.getBlockedShape().getRowDims()[row]);
}

OpFoldResult PackedProduct::getPartOffset(int64_t dim) const {
  return part ? part.getMixedOffsets()[dim]
              : OpFoldResult(Builder(op).getIndexAttr(0));
}

Type PackedProduct::getComputeType() const {
  Type type = getElementTypeOrSelf(op.getInit().getType());
  bool isSmallFloat = isa<FloatType>(type) && type.getIntOrFloatBitWidth() < 32;
  return isSmallFloat ? Float32Type::get(type.getContext()) : type;
}

/// The input that stays packed: the first of constants, else the first.
static std::optional<unsigned> choosePacked(ContractOp op) {
  std::optional<unsigned> packed;
  for (unsigned input : {Contraction::Lhs, Contraction::Rhs}) {
    Operation *producer = op->getOperand(input).getDefiningOp();
    auto series = dyn_cast_or_null<AssembleOp>(producer);
    if (isa_and_nonnull<AssembleAsOp>(producer) ||
        (series && areConstants(series.getSizedComponents())))
      return input;
    if (series && !packed)
      packed = input;
  }
  return packed;
}

bool mlir::tasd::hasRowsInOrder(const PackedProduct &product) {
  SeriesType type = product.getSeriesType();
  if (!type.hasStaticShape() || !product.windows.empty() ||
      llvm::is_contained(product.ranges, 0))
    return false;
  AffineMap map = product.getMap(product.packed);
  SmallVector<unsigned> rows;
  for (int64_t dim : type.getBlockedShape().getRowDims())
    if (auto loop = matchLoop(map.getResult(dim)))
      rows.push_back(*loop);
  SmallVector<unsigned> outer = getOuterLoops(product);
  return rows == product.rows &&
         outer == ArrayRef(product.rows).take_front(outer.size());
}

bool mlir::tasd::isVectorProduct(const PackedProduct &product) {
  auto isStatic = [](Value value) {
    return cast<ShapedType>(value.getType()).hasStaticShape();
  };
  return product.getExtent(product.lanes) == 1 &&
         isStatic(product.getDense()) && isStatic(product.op.getInit()) &&
         getOuterLoops(product).empty() &&
         product.getComputeType().getIntOrFloatBitWidth() == 32;
}

/// Why no kernel reads the series as it is laid out; empty if one does.
static StringRef findObstacle(const PackedProduct &product) {
  LayoutAttrInterface layout = product.laidOut.getLayout();
  if (!isa<RowRecordsAttr, LaneRowsAttr>(layout))
    return "there is no kernel for its layout";
  if (llvm::is_contained(product.ranges, 0)) // nothing to add
    return {};
  bool fits = hasRowsInOrder(product);
  if (auto records = dyn_cast<RowRecordsAttr>(layout))
    fits = fits &&
           records.getBatches() == product.getExtent(getOuterLoops(product));
  if (auto rows = dyn_cast<LaneRowsAttr>(layout))
    fits = fits && isVectorProduct(product) &&
           (rows.getLanes() == 8 || rows.getLanes() == 16);
  return fits ? "" : "its layout is for another contraction";
}

FailureOr<PackedProduct> mlir::tasd::matchPackedProduct(ContractOp op,
                                                        StringRef &reason) {
  reason = {};
  std::optional<unsigned> packed = choosePacked(op);
  if (!packed) {
    reason = "neither input is a packed series";
    return failure();
  }
  PackedProduct product;
  product.op = op;
  product.packed = *packed;
  product.series = product.getSeries().getDefiningOp<AssembleOp>();
  product.laidOut = product.getSeries().getDefiningOp<AssembleAsOp>();
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
  if (product.laidOut)
    reason = findObstacle(product);
  if (!reason.empty())
    return failure();
  return product;
}
