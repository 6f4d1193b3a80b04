//===- SliceOp.cpp - Rectangular parts of series --------------------------===//
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
  // The parser infers before anything is verified.
  auto type = dyn_cast<SeriesType>(adaptor.getSeries().getType());
  if (!type)
    return emitOptionalError(location,
                             "'tasd.slice' op expected a series but got ",
                             adaptor.getSeries().getType());
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

namespace {
/// Where a slice lies in a series: static offsets and sizes, kDynamic where
/// there is an operand.
struct Position {
  SeriesType type;
  ArrayRef<int64_t> offsets, sizes;

  bool isWhole(int64_t dim) const {
    return offsets[dim] == 0 && sizes[dim] == type.getDimSize(dim);
  }
  bool isInside(int64_t dim) const;
  /// Offset and size along a dimension, for messages.
  std::string describe(int64_t dim) const;
  /// The constraint that does not hold, as a message; empty if all hold.
  std::string findViolation() const;

private:
  std::string findBlockViolation() const;
};
} // namespace

static std::string getText(int64_t value) {
  return ShapedType::isDynamic(value) ? "?" : std::to_string(value);
}

std::string Position::describe(int64_t dim) const {
  return "along dimension " + std::to_string(dim) + " but got offset " +
         getText(offsets[dim]) + " and size " + getText(sizes[dim]);
}

/// As far as offset, size and extent are static.
bool Position::isInside(int64_t dim) const {
  bool isOffsetStatic = !ShapedType::isDynamic(offsets[dim]);
  bool isSizeStatic = !ShapedType::isDynamic(sizes[dim]);
  if ((isOffsetStatic && offsets[dim] < 0) || (isSizeStatic && sizes[dim] < 0))
    return false;
  if (type.isDynamicDim(dim))
    return true;
  int64_t rest = type.getDimSize(dim) - (isOffsetStatic ? offsets[dim] : 0);
  return rest >= (isSizeStatic ? sizes[dim] : 0);
}

/// The outermost blocked dimension is cut between blocks.
std::string Position::findBlockViolation() const {
  int64_t dim = type.getAlong().front();
  if (isWhole(dim))
    return {};
  std::optional<int64_t> block = type.getSeries().getSeries().getBlockSize();
  if (!block) // slice_c6
    return "expected blocked dimension " + std::to_string(dim) +
           " to be taken whole: " + type.getSeries().getText() +
           " has no block size";
  int64_t inner = 1;
  for (int64_t other : type.getAlong().drop_front())
    inner *= type.getDimSize(other);
  bool isDynamic = ShapedType::isDynamic(offsets[dim]);
  bool reachesEnd =
      !isDynamic && offsets[dim] + sizes[dim] == type.getDimSize(dim);
  bool offsetFits = isDynamic || (offsets[dim] * inner) % *block == 0;
  bool sizeFits = reachesEnd || (sizes[dim] * inner) % *block == 0;
  if (!offsetFits || !sizeFits) // slice_c5
    return "expected a cut between blocks of " + std::to_string(*block) + " " +
           describe(dim);
  return {};
}

std::string Position::findViolation() const {
  for (int64_t dim = 0, rank = type.getRank(); dim < rank; ++dim)
    if (!isInside(dim)) // slice_c2
      return "expected a part of [0, " + getText(type.getDimSize(dim)) + ") " +
             describe(dim);
  for (int64_t dim : type.getAlong().drop_front())
    if (!isWhole(dim)) // slice_c4
      return "expected inner blocked dimension " + std::to_string(dim) +
             " to be taken whole";
  return findBlockViolation();
}

LogicalResult SliceOp::verify() {
  size_t offsets = llvm::count_if(getStaticOffsets(), ShapedType::isDynamic);
  size_t sizes = llvm::count_if(getStaticSizes(), ShapedType::isDynamic);
  if (offsets != getOffsets().size() || sizes != getSizes().size()) // slice_c1
    return emitOpError("expected ")
           << offsets << " operands for offsets and " << sizes
           << " for sizes but got " << getOffsets().size() << " and "
           << getSizes().size();
  Position position{getSourceType(), getStaticOffsets(), getStaticSizes()};
  std::string violation = position.findViolation();
  return violation.empty() ? success() : emitOpError(violation);
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

/// Constant offsets become static where the slice stays valid; constant sizes
/// would change the type.
struct StaticOffsets : OpRewritePattern<SliceOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SliceOp op,
                                PatternRewriter &rewriter) const override {
    SmallVector<OpFoldResult> offsets = op.getMixedOffsets();
    if (failed(foldDynamicIndexList(offsets)))
      return rewriter.notifyMatchFailure(op, "no offset is constant");
    SmallVector<int64_t> staticOffsets = decomposeMixedValues(offsets).first;
    Position position{op.getSourceType(), staticOffsets, op.getStaticSizes()};
    if (!position.findViolation().empty())
      return rewriter.notifyMatchFailure(op, "a constant offset is not valid");
    rewriter.replaceOpWithNewOp<SliceOp>(op, op.getSeries(), offsets,
                                         op.getMixedSizes());
    return success();
  }
};
} // namespace

void SliceOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                          MLIRContext *context) {
  patterns.add<SliceOfSlice, StaticOffsets>(context);
}
