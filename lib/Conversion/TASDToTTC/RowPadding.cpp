//===- RowPadding.cpp - Whole blocks inside the reduction -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowPadding.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::tasd;

/// Whether the reduction is longer than `length`.
static bool isLonger(const Contraction &contraction, int64_t length) {
  int64_t reduction = 1;
  for (auto [loop, range] : llvm::enumerate(contraction.getStaticRanges()))
    if (!contraction.isParallel(loop))
      reduction *= range;
  return reduction > length;
}

/// `type` with another extent where the loop alone indexes a dimension.
static ShapedType withExtent(ShapedType type, AffineMap map, unsigned loop,
                             int64_t extent) {
  SmallVector<int64_t> shape(type.getShape());
  for (auto [dim, expr] : llvm::enumerate(map.getResults()))
    if (matchLoop(expr) == loop)
      shape[dim] = extent;
  if (auto series = dyn_cast<SeriesType>(type))
    return series.withShape(shape);
  return type.clone(shape);
}

Contraction mlir::tasd::padRows(const Contraction &contraction, unsigned a,
                                SeriesAttr blocks) {
  auto series = dyn_cast<SeriesType>(contraction.types[a]);
  if (!series || series.getAlong().size() != 1)
    return contraction;
  int64_t dim = series.getAlong().front();
  int64_t length = series.getDimSize(dim);
  std::optional<int64_t> block = blocks.getSeries().getBlockSize();
  if (!block || !isLonger(contraction, length))
    return contraction;
  unsigned loop = *matchLoop(contraction.maps[a].getResult(dim));
  Contraction padded = contraction;
  for (auto [type, map] : llvm::zip(padded.types, padded.maps))
    type = withExtent(type, map, loop, llvm::alignTo(length, *block));
  return padded;
}

Value mlir::tasd::padTensor(OpBuilder &builder, Location loc, Value tensor,
                            ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (type.getShape() == shape)
    return tensor;
  SmallVector<OpFoldResult> low, high;
  for (auto [extent, padded] : llvm::zip(type.getShape(), shape)) {
    low.push_back(builder.getIndexAttr(0));
    high.push_back(builder.getIndexAttr(padded - extent));
  }
  Value zero = arith::ConstantOp::create(
      builder, loc, builder.getZeroAttr(type.getElementType()));
  return tensor::PadOp::create(builder, loc, type.clone(shape), tensor, low,
                               high, zero);
}
