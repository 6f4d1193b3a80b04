//===- MergeBatches.cpp - One matmul where the weights are shared ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Postcondition: no linalg.batch_matmul multiplies by one matrix that was
// copied for every batch, as converters write a linear layer on three
// dimensions.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "tasd/Dialect/TASD/Analysis/Relocation.h"
#include "tasd/Dialect/TASD/IR/TASD.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_MERGEBATCHES
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

/// The matrix that `batches` holds in every batch; null if there is none.
static Value getSharedMatrix(Value batches) {
  // Several batch dimensions are broadcast to, then merged.
  if (auto collapse = batches.getDefiningOp<tensor::CollapseShapeOp>()) {
    SmallVector<ReassociationIndices> groups =
        collapse.getReassociationIndices();
    if (groups[1].size() != 1 || groups[2].size() != 1)
      return nullptr;
    batches = collapse.getSrc();
  }
  Operation *op = batches.getDefiningOp();
  std::optional<Relocation> relocation =
      op ? matchRelocation(op) : std::nullopt;
  if (!relocation || relocation->cast || !relocation->outputMap.isIdentity())
    return nullptr;
  unsigned numLoops = relocation->outputMap.getNumDims();
  AffineMap matrixMap = AffineMap::getMinorIdentityMap(numLoops, /*results=*/2,
                                                       batches.getContext());
  return numLoops >= 3 && relocation->inputMap == matrixMap ? relocation->source
                                                            : nullptr;
}

static int64_t countBatchMatmuls(Operation *root) {
  int64_t count = 0;
  root->walk([&](linalg::BatchMatmulOp) { ++count; });
  return count;
}

/// `value` with its batches and rows as one dimension.
static Value mergeRows(PatternRewriter &rewriter, Location loc, Value value) {
  SmallVector<ReassociationIndices> groups = {{0, 1}, {2}};
  return tensor::CollapseShapeOp::create(rewriter, loc, value, groups);
}

namespace {

/// `batch_matmul(A, broadcast(B))` = `expand(matmul(collapse(A), B))`.
struct MergeBatchMatmul : OpRewritePattern<linalg::BatchMatmulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(linalg::BatchMatmulOp op,
                                PatternRewriter &rewriter) const override {
    if (!op.hasPureTensorSemantics() || op.hasUserDefinedMaps())
      return rewriter.notifyMatchFailure(op, "expected plain maps on tensors");
    if (op->hasAttr(mlir::tasd::TASDDialect::kPlanAttrName))
      return rewriter.notifyMatchFailure(op, "its plan would be lost");
    Value matrix = getSharedMatrix(op.getInputs()[1]);
    if (!matrix)
      return rewriter.notifyMatchFailure(op, "each batch has its own matrix");
    Location loc = op.getLoc();
    Value init = op.getOutputs()[0];
    Value rows = mergeRows(rewriter, loc, op.getInputs()[0]);
    Value sums = mergeRows(rewriter, loc, init);
    auto matmul = linalg::MatmulOp::create(rewriter, loc, sums.getType(),
                                           ValueRange{rows, matrix}, sums);
    SmallVector<ReassociationIndices> groups = {{0, 1}, {2}};
    rewriter.replaceOpWithNewOp<tensor::ExpandShapeOp>(
        op, init.getType(), matmul.getResult(0), groups,
        tensor::getMixedSizes(rewriter, loc, init));
    return success();
  }
};

struct MergeBatchesPass : mlir::tasd::impl::MergeBatchesBase<MergeBatchesPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<MergeBatchMatmul>(&getContext());
    int64_t numBefore = countBatchMatmuls(getOperation());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      return signalPassFailure();
    numMerged += numBefore - countBatchMatmuls(getOperation());
  }
};

} // namespace
