//===- ExpandMemRefOps.cpp - Buffer ops without a plain lowering ----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: buffers. Postcondition: every memref.copy left is between
// contiguous buffers of identity layout, which becomes a memcpy; no
// memref.expand_shape has several dynamic extents in one group.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/LinalgToLLVM/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_EXPANDMEMREFOPS
#include "tasd/Conversion/LinalgToLLVM/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;

namespace {

struct ExpandCopy : OpRewritePattern<memref::CopyOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(memref::CopyOp op,
                                PatternRewriter &rewriter) const override {
    auto source = dyn_cast<MemRefType>(op.getSource().getType());
    auto target = dyn_cast<MemRefType>(op.getTarget().getType());
    if (!source || !target)
      return rewriter.notifyMatchFailure(op, "a buffer has no rank");
    if (source.getLayout().isIdentity() && target.getLayout().isIdentity())
      return rewriter.notifyMatchFailure(op, "the copy is a memcpy");
    linalg::makeMemRefCopyOp(rewriter, op.getLoc(), op.getSource(),
                             op.getTarget());
    rewriter.eraseOp(op);
    return success();
  }
};

/// The strides of `sizes` that split a dimension of stride `stride`.
void appendStrides(OpBuilder &builder, Location loc,
                   ArrayRef<OpFoldResult> sizes, OpFoldResult stride,
                   SmallVectorImpl<OpFoldResult> &strides) {
  AffineExpr product =
      builder.getAffineSymbolExpr(0) * builder.getAffineSymbolExpr(1);
  SmallVector<OpFoldResult> reversed;
  for (OpFoldResult size : llvm::reverse(sizes)) {
    reversed.push_back(stride);
    stride = affine::makeComposedFoldedAffineApply(builder, loc, product,
                                                   {stride, size});
  }
  llvm::append_range(strides, llvm::reverse(reversed));
}

struct ExpandDynamicShape : OpRewritePattern<memref::ExpandShapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(memref::ExpandShapeOp op,
                                PatternRewriter &rewriter) const override {
    auto groups = op.getReassociationIndices();
    ArrayRef<int64_t> shape = op.getResultType().getShape();
    if (llvm::all_of(groups, [&](ArrayRef<int64_t> group) {
          return llvm::count_if(group, [&](int64_t dim) {
                   return ShapedType::isDynamic(shape[dim]);
                 }) <= 1;
        }))
      return rewriter.notifyMatchFailure(op, "every group has one free extent");
    Location loc = op.getLoc();
    auto source =
        memref::ExtractStridedMetadataOp::create(rewriter, loc, op.getSrc());
    SmallVector<OpFoldResult> sizes = op.getMixedOutputShape(), strides;
    SmallVector<OpFoldResult> sourceStrides =
        source.getConstifiedMixedStrides();
    for (auto [group, stride] : llvm::zip_equal(groups, sourceStrides))
      appendStrides(rewriter, loc,
                    ArrayRef(sizes).slice(group.front(), group.size()), stride,
                    strides);
    rewriter.replaceOpWithNewOp<memref::ReinterpretCastOp>(
        op, op.getResultType(), source.getBaseBuffer(),
        source.getConstifiedMixedOffset(), sizes, strides);
    return success();
  }
};

/// The number of copies and expansions of shapes.
int64_t countExpandable(Operation *root) {
  int64_t count = 0;
  root->walk([&](Operation *op) {
    count += isa<memref::CopyOp, memref::ExpandShapeOp>(op);
  });
  return count;
}

struct ExpandMemRefOps : tasd::impl::ExpandMemRefOpsBase<ExpandMemRefOps> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<ExpandCopy, ExpandDynamicShape>(&getContext());
    int64_t numBefore = countExpandable(getOperation());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      return signalPassFailure();
    numExpanded += numBefore - countExpandable(getOperation());
  }
};

} // namespace
