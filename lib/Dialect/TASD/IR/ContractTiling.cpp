//===- ContractTiling.cpp - TilingInterface of the contraction ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace mlir::tasd;

SmallVector<utils::IteratorType> ContractOp::getLoopIteratorTypes() {
  SmallVector<utils::IteratorType> types;
  Contraction contraction = getContraction();
  for (unsigned loop = 0; loop < contraction.getNumLoops(); ++loop)
    types.push_back(contraction.isParallel(loop)
                        ? utils::IteratorType::parallel
                        : utils::IteratorType::reduction);
  return types;
}

SmallVector<Range> ContractOp::getIterationDomain(OpBuilder &builder) {
  SmallVector<Range> domain;
  Contraction contraction = getContraction();
  for (unsigned loop = 0; loop < contraction.getNumLoops(); ++loop) {
    auto [operand, dim] = *contraction.getExtentSource(loop);
    Value value = getOperand(operand);
    int64_t extent = cast<ShapedType>(value.getType()).getDimSize(dim);
    OpFoldResult size =
        ShapedType::isDynamic(extent)
            ? tensor::getMixedSize(builder, getLoc(), value, dim)
            : OpFoldResult(builder.getIndexAttr(extent));
    domain.push_back({builder.getIndexAttr(0), size, builder.getIndexAttr(1)});
  }
  return domain;
}

namespace {
/// Where the part of an operand lies that a tile reads.
struct Part {
  SmallVector<OpFoldResult> offsets, sizes;
};
} // namespace

/// The part that `map` reaches from a tile: sums of loops begin at the sum of
/// the scaled offsets and span the scaled extents.
static Part getPart(OpBuilder &builder, Location loc, AffineMap map,
                    ArrayRef<OpFoldResult> offsets,
                    ArrayRef<OpFoldResult> sizes) {
  Part part;
  MLIRContext *context = builder.getContext();
  for (AffineExpr expr : map.getResults()) {
    part.offsets.push_back(affine::makeComposedFoldedAffineApply(
        builder, loc, AffineMap::get(map.getNumDims(), 0, expr), offsets));
    AffineExpr size = getAffineConstantExpr(1, context);
    SmallVector<ScaledLoop, 2> terms = *matchIndexSum(expr);
    for (ScaledLoop term : terms)
      size = size + (getAffineDimExpr(term.loop, context) - 1) * term.scale;
    part.sizes.push_back(affine::makeComposedFoldedAffineApply(
        builder, loc, AffineMap::get(map.getNumDims(), 0, size), sizes));
  }
  return part;
}

/// Extracts the part from a tensor or a series.
static Operation *extract(OpBuilder &builder, Location loc, Value value,
                          const Part &part) {
  if (isa<SeriesType>(value.getType()))
    return SliceOp::create(builder, loc, value, part.offsets, part.sizes);
  SmallVector<OpFoldResult> strides(part.sizes.size(), builder.getIndexAttr(1));
  return tensor::ExtractSliceOp::create(builder, loc, value, part.offsets,
                                        part.sizes, strides);
}

/// Whether a blocked loop may be cut into tiles of this offset and size: tiles
/// begin at multiples of `multiple`, so that blocks do not straddle them, and
/// their sizes are static, as those of series are.
static bool canTile(int64_t multiple, int64_t extent, OpFoldResult offset,
                    OpFoldResult size) {
  std::optional<int64_t> staticOffset = getConstantIntValue(offset);
  std::optional<int64_t> staticSize = getConstantIntValue(size);
  if (staticOffset == 0 && staticSize == extent)
    return true;
  if (multiple == 0 || !staticSize || *staticSize == 0)
    return false;
  if (!staticOffset) // a loop steps by the tile size
    return *staticSize % multiple == 0 && extent % *staticSize == 0;
  return *staticOffset % multiple == 0 &&
         (*staticSize % multiple == 0 || *staticOffset + *staticSize == extent);
}

FailureOr<TilingResult>
ContractOp::getTiledImplementation(OpBuilder &builder,
                                   ArrayRef<OpFoldResult> offsets,
                                   ArrayRef<OpFoldResult> sizes) {
  SmallVector<int64_t> ranges = getContraction().getStaticRanges();
  for (unsigned loop = 0; loop < ranges.size(); ++loop)
    if (isBlocked(loop) && !canTile(getTileMultiple(loop), ranges[loop],
                                    offsets[loop], sizes[loop]))
      return emitOpError("cannot tile loop ")
             << loop << ": its blocks would straddle the tile";
  TilingResult result;
  SmallVector<Value> operands;
  for (int64_t operand : {0, 1, 2}) {
    Part part = getPart(builder, getLoc(), getMap(operand), offsets, sizes);
    Operation *slice = extract(builder, getLoc(), getOperand(operand), part);
    operands.push_back(slice->getResult(0));
    result.generatedSlices.push_back(slice);
  }
  if (getZeroPoint())
    operands.push_back(getZeroPoint());
  Operation *tiled =
      mlir::clone(builder, getOperation(), {operands[2].getType()}, operands);
  cast<ContractOp>(tiled).removeMappingAndCost();
  result.tiledOps.push_back(tiled);
  result.tiledValues.push_back(tiled->getResult(0));
  return result;
}

LogicalResult ContractOp::getResultTilePosition(
    OpBuilder &builder, unsigned, ArrayRef<OpFoldResult> offsets,
    ArrayRef<OpFoldResult> sizes, SmallVector<OpFoldResult> &resultOffsets,
    SmallVector<OpFoldResult> &resultSizes) {
  Part part =
      getPart(builder, getLoc(), getMap(Contraction::Init), offsets, sizes);
  resultOffsets = part.offsets;
  resultSizes = part.sizes;
  return success();
}
