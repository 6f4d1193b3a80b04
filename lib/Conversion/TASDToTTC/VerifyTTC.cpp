//===- VerifyTTC.cpp - Layers run on the accelerator or say why not -------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/TASDToTTC/Passes.h"

#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/Dialect/TTC/IR/TTC.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_VERIFYTTC
#include "tasd/Conversion/TASDToTTC/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

static bool isLayer(Operation *op) {
  auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
  return isa<ContractOp>(op) || (linalgOp && Layer::match(linalgOp));
}

namespace {
struct VerifyTTCPass : mlir::tasd::impl::VerifyTTCBase<VerifyTTCPass> {
  void runOnOperation() override {
    WalkResult result = getOperation().walk([&](Operation *op) {
      numLaunches += isa<ttc::LaunchOp>(op);
      if (!isLayer(op))
        return WalkResult::advance();
      ++numHost;
      if (op->hasAttr(ttc::TTCDialect::kHostAttrName))
        return WalkResult::advance();
      op->emitOpError("expected a launch on the accelerator, or the reason for "
                      "none in `")
          << ttc::TTCDialect::kHostAttrName << "`";
      return WalkResult::interrupt();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
