//===- ApproximateMath.cpp - Functions as polynomials ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: math on scalars or vectors. Postcondition: no exp, erf or tanh
// in f32.
//
// Each of them would be a call of libm, which LLVM cannot vectorise: beside
// layers with few multiplications left, activations become what takes long.
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/LinalgToLLVM/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_APPROXIMATEMATH
#include "tasd/Conversion/LinalgToLLVM/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;

static bool isApproximated(StringRef name) {
  return name == math::ExpOp::getOperationName() ||
         name == math::ErfOp::getOperationName() ||
         name == math::TanhOp::getOperationName();
}

static int64_t countFunctions(Operation *root) {
  int64_t count = 0;
  root->walk([&](Operation *op) {
    count += isApproximated(op->getName().getStringRef());
  });
  return count;
}

namespace {

struct ApproximateMath : tasd::impl::ApproximateMathBase<ApproximateMath> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    populateMathPolynomialApproximationPatterns(patterns, isApproximated);
    int64_t numBefore = countFunctions(getOperation());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      return signalPassFailure();
    numApproximated += numBefore - countFunctions(getOperation());
  }
};

} // namespace
