//===- ShareLinalg.cpp - Linalg ops that threads share --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: linalg on tensors, layers lowered already. Postcondition: ops
// with enough to do stand in an scf.forall, if threads are asked for.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/LinalgToLLVM/Passes.h"
#include "tasd/Conversion/VectorKernels/ThreadTiles.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/TilingInterfaceImpl.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_SHARELINALG
#include "tasd/Conversion/LinalgToLLVM/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;

/// Whole cache lines are left of a contiguous dimension.
static constexpr int64_t kContiguousGrain = 16;

static bool namesLibraryFunction(linalg::LinalgOp op) {
  auto generic = dyn_cast<linalg::GenericOp>(op.getOperation());
  return generic && generic.getLibraryCall();
}

/// The loops of the first result, outermost first.
static SmallVector<tasd::ThreadLoop> getThreadLoops(linalg::LinalgOp op) {
  SmallVector<tasd::ThreadLoop> loops;
  AffineMap map = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  for (auto [i, expr] : llvm::enumerate(map.getResults())) {
    bool isContiguous = i + 1 == map.getNumResults();
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      loops.push_back({dim.getPosition(), isContiguous ? kContiguousGrain : 1});
  }
  return loops;
}

/// An init that only says where the result goes, and is read as an input too,
/// would have to be copied: threads write the one while others read the other.
static void detachInits(RewriterBase &rewriter, linalg::LinalgOp op) {
  for (OpOperand &init : op.getDpsInitsMutable()) {
    if (op.payloadUsesValueFromOperand(&init) ||
        !llvm::is_contained(op.getDpsInputs(), init.get()))
      continue;
    rewriter.setInsertionPoint(op);
    Value empty = tensor::EmptyOp::create(
        rewriter, op.getLoc(),
        tensor::getMixedSizes(rewriter, op.getLoc(), init.get()),
        getElementTypeOrSelf(init.get()));
    rewriter.modifyOpInPlace(op, [&] { init.set(empty); });
  }
}

namespace {

struct ShareLinalg : tasd::impl::ShareLinalgBase<ShareLinalg> {
  using ShareLinalgBase::ShareLinalgBase;

  void getDependentDialects(DialectRegistry &registry) const override {
    ShareLinalgBase::getDependentDialects(registry);
    linalg::registerTilingInterfaceExternalModels(registry);
  }

  void runOnOperation() override {
    SmallVector<linalg::LinalgOp> ops;
    getOperation().walk([&](linalg::LinalgOp op) {
      if (op.hasPureTensorSemantics() && op.getNumDpsInits() != 0 &&
          !tasd::isInThreadTile(op) && !namesLibraryFunction(op) &&
          tasd::hasSteps(op.getStaticLoopRanges(), tasd::kMinSharedPoints))
        ops.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (linalg::LinalgOp op : ops)
      share(rewriter, op);
  }

private:
  void share(RewriterBase &rewriter, linalg::LinalgOp op) {
    SmallVector<int64_t> extents = op.getStaticLoopRanges();
    SmallVector<int64_t> sizes =
        tasd::chooseThreadTiles(extents, getThreadLoops(op), threads);
    if (!tasd::keepsThreadsBusy(extents, sizes, threads))
      return;
    detachInits(rewriter, op);
    FailureOr<scf::SCFTilingResult> tiled =
        tasd::tileForThreads(rewriter, cast<TilingInterface>(op.getOperation()),
                             extents, sizes, threads);
    if (failed(tiled))
      return;
    rewriter.replaceOp(op, tiled->replacements);
    ++numShared;
  }
};

} // namespace
