//===- FuseElementwise.cpp - One loop nest for chains of arithmetic -------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: linalg on tensors. Postcondition: no elementwise op has an
// elementwise op as its only user.
//
// Upstream's pass of this purpose also fuses into reductions, which would hide
// the multiply-add body of a layer.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/LinalgToLLVM/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_FUSEELEMENTWISE
#include "tasd/Conversion/LinalgToLLVM/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;

static bool isElementwise(Operation *op) {
  auto generic = dyn_cast<linalg::GenericOp>(op);
  return generic && generic.getNumLoops() == generic.getNumParallelLoops();
}

/// Whether the op that gives `operand` may be computed where it is used. With
/// other users it would be computed twice.
static bool isFusable(OpOperand *operand) {
  Operation *producer = operand->get().getDefiningOp();
  return producer && producer->hasOneUse() && isElementwise(producer) &&
         isElementwise(operand->getOwner());
}

static int64_t countElementwise(Operation *root) {
  int64_t count = 0;
  root->walk([&](Operation *op) { count += isElementwise(op); });
  return count;
}

namespace {

struct FuseElementwise : tasd::impl::FuseElementwiseBase<FuseElementwise> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    linalg::populateElementwiseOpsFusionPatterns(patterns, isFusable);
    // A scalar is no tensor to walk along.
    linalg::populateInlineConstantOperandsPatterns(patterns);
    int64_t numBefore = countElementwise(getOperation());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      return signalPassFailure();
    numFused += numBefore - countElementwise(getOperation());
  }
};

} // namespace
