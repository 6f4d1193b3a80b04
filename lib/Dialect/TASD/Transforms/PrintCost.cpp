//===- PrintCost.cpp - Print what every layer costs as a table ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "tasd/Dialect/TASD/Transforms/MachineOptions.h"

#include "tasd/Support/OutputFile.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_PRINTCOST
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;
using ::tasd::report::ModuleCost;

namespace {
struct PrintCostPass : mlir::tasd::impl::PrintCostBase<PrintCostPass> {
  using PrintCostBase::PrintCostBase;

  void runOnOperation() override {
    CostOptions options{machine, baseline, energyProfile, objective,
                        dynamicExtent};
    auto model = loadCostModel(getOperation(), options);
    if (failed(model))
      return signalPassFailure();
    auto dense = loadBaseline(getOperation(), options, *model);
    if (failed(dense))
      return signalPassFailure();
    auto costs = computeLayerCosts(getOperation(), **model, **dense);
    if (failed(costs) || failed(write(getModuleCost(*costs, **model, **dense))))
      return signalPassFailure();
    for (const LayerCost &cost : *costs)
      ++(cost.planned ? numLayers : numLeftOut);
    markAllAnalysesPreserved();
  }

private:
  LogicalResult write(const ModuleCost &cost);
};
} // namespace

LogicalResult PrintCostPass::write(const ModuleCost &cost) {
  llvm::Error error = ::tasd::writeOutputFile(file, [&](raw_ostream &os) {
    if (json)
      os << llvm::formatv("{0:2}\n", toJSON(cost));
    else
      printModuleCost(os, cost);
  });
  if (!error)
    return success();
  // At its location: an error at the op would print the whole module.
  return mlir::emitError(getOperation().getLoc())
         << "option file: " << llvm::toString(std::move(error));
}
