//===- PrintPlan.cpp - Print the plan of every layer as a table -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "tasd/Dialect/TASD/Analysis/OperandMetrics.h"
#include "tasd/Support/OutputFile.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_PRINTPLAN
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

namespace {
struct PrintPlanPass : mlir::tasd::impl::PrintPlanBase<PrintPlanPass> {
  using PrintPlanBase::PrintPlanBase;

  void runOnOperation() override {
    FailureOr<std::vector<::tasd::report::LayerRow>> rows =
        collectPlanRows(getOperation());
    if (failed(rows))
      return signalPassFailure();
    llvm::Error error = ::tasd::writeOutputFile(file, [&](raw_ostream &os) {
      if (json)
        os << llvm::formatv("{0:2}\n", ::tasd::report::toJSON(*rows));
      else
        ::tasd::report::printPlanTable(os, *rows);
    });
    if (error) {
      // At its location: an error at the op would print the whole module.
      mlir::emitError(getOperation().getLoc())
          << "option file: " << llvm::toString(std::move(error));
      return signalPassFailure();
    }
    numLayers += rows->size();
    markAllAnalysesPreserved();
  }
};
} // namespace
