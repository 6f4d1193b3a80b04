//===- SliceOp.cpp - Rectangular parts of series ===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

using namespace mlir;
using namespace mlir::tasd;

SmallVector<OpFoldResult> SliceOp::getMixedOffsets() {
  return mlir::getMixedValues(getStaticOffsets(), getOffsets(), getContext());
}

SmallVector<OpFoldResult> SliceOp::getMixedSizes() {
  return mlir::getMixedValues(getStaticSizes(), getSizes(), getContext());
}

void SliceOp::build(OpBuilder &builder, OperationState &state, Value series,
                    ArrayRef<OpFoldResult> offsets,
                    ArrayRef<OpFoldResult> sizes) {
  SmallVector<Value> dynamicOffsets, dynamicSizes;
  SmallVector<int64_t> staticOffsets, staticSizes;
  dispatchIndexOpFoldResults(offsets, dynamicOffsets, staticOffsets);
  dispatchIndexOpFoldResults(sizes, dynamicSizes, staticSizes);
  build(builder, state,
        cast<SeriesType>(series.getType()).withShape(staticSizes), series,
        dynamicOffsets, dynamicSizes, staticOffsets, staticSizes);
}

LogicalResult
SliceOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                          ValueRange operands, DictionaryAttr attributes,
                          OpaqueProperties properties, RegionRange regions,
                          SmallVectorImpl<Type> &types) {
  Adaptor adaptor(operands, attributes, properties, regions);
  auto type = cast<SeriesType>(adaptor.getSeries().getType());
  size_t rank = type.getRank();
  if (adaptor.getStaticOffsets().size() != rank ||
      adaptor.getStaticSizes().size() != rank) // slice_c1
    return emitOptionalError(location, "'tasd.slice' op expected ", rank,
                             " offsets and sizes but got ",
                             adaptor.getStaticOffsets().size(), " and ",
                             adaptor.getStaticSizes().size());
  for (int64_t dim : type.getAlong())
    if (ShapedType::isDynamic(adaptor.getStaticSizes()[dim])) // slice_c3
      return emitOptionalError(
          location,
          "'tasd.slice' op expected a static size along blocked dimension ",
          dim);
  types.push_back(type.withShape(adaptor.getStaticSizes()));
  return success();
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

/// Checks that offset and size lie inside the extent, where all are static.
static LogicalResult verifyInside(SliceOp op, int64_t dim) {
  int64_t offset = op.getStaticOffsets()[dim], size = op.getStaticSizes()[dim];
  int64_t extent = op.getSourceType().getDimSize(dim);
  bool negative = (!ShapedType::isDynamic(offset) && offset < 0) ||
                  (!ShapedType::isDynamic(size) && size < 0);
  bool leaves = !ShapedType::isDynamic(offset) &&
                !ShapedType::isDynamic(size) &&
                !ShapedType::isDynamic(extent) && offset + size > extent;
  if (negative || leaves) // slice_c2
    return op.emitOpError("expected a part of [0, ")
           << extent << ") along dimension " << dim << " but got offset "
           << offset << " and size " << size;
  return success();
}

static bool isWhole(SliceOp op, int64_t dim) {
  return op.getStaticOffsets()[dim] == 0 &&
         op.getStaticSizes()[dim] == op.getSourceType().getDimSize(dim);
}

/// Checks that the outermost blocked dimension is cut between blocks.
static LogicalResult verifyBlocks(SliceOp op) {
  SeriesType type = op.getSourceType();
  int64_t dim = type.getAlong().front();
  if (isWhole(op, dim))
    return success();
  std::optional<int64_t> block = type.getSeries().getSeries().getBlockSize();
  if (!block) // slice_c6
    return op.emitOpError("expected blocked dimension ")
           << dim << " to be taken whole: " << type.getSeries().getText()
           << " has no block size";
  int64_t inner = 1;
  for (int64_t other : type.getAlong().drop_front())
    inner *= type.getDimSize(other);
  int64_t offset = op.getStaticOffsets()[dim], size = op.getStaticSizes()[dim];
  bool isDynamic = ShapedType::isDynamic(offset);
  bool reachesEnd = !isDynamic && offset + size == type.getDimSize(dim);
  bool offsetFits = isDynamic || (offset * inner) % *block == 0;
  if (!offsetFits || (!reachesEnd && (size * inner) % *block != 0)) // slice_c5
    return op.emitOpError("expected a cut between blocks of ")
           << *block << " along dimension " << dim << " but got offset "
           << offset << " and size " << size;
  return success();
}

LogicalResult SliceOp::verify() {
  for (int64_t dim = 0, rank = getSourceType().getRank(); dim < rank; ++dim)
    if (failed(verifyInside(*this, dim)))
      return failure();
  for (int64_t dim : getSourceType().getAlong().drop_front())
    if (!isWhole(*this, dim)) // slice_c4
      return emitOpError("expected inner blocked dimension ")
             << dim << " to be taken whole";
  return verifyBlocks(*this);
}

//===----------------------------------------------------------------------===//
// Folding
//===----------------------------------------------------------------------===//

OpFoldResult SliceOp::fold(FoldAdaptor) {
  // A static type: the whole of a dynamic extent is not known to be whole.
  if (getType() == getSourceType() && getType().hasStaticShape())
    return getSeries();
  return {};
}

namespace {
/// slice(slice(s)) starts at the sum of the offsets.
struct SliceOfSlice : OpRewritePattern<SliceOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SliceOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getSeries().getDefiningOp<SliceOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "series is not a slice");
    AffineExpr s0, s1;
    bindSymbols(op.getContext(), s0, s1);
    SmallVector<OpFoldResult> offsets;
    for (auto [a, b] : llvm::zip(inner.getMixedOffsets(), op.getMixedOffsets()))
      offsets.push_back(affine::makeComposedFoldedAffineApply(
          rewriter, op.getLoc(), s0 + s1, {a, b}));
    rewriter.replaceOpWithNewOp<SliceOp>(op, inner.getSeries(), offsets,
                                         op.getMixedSizes());
    return success();
  }
};
} // namespace

void SliceOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                          MLIRContext *context) {
  patterns.add<SliceOfSlice>(context);
}
