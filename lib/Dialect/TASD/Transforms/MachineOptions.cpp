//===- MachineOptions.cpp - The machine that a pass is given --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MachineOptions.h"

#include "tasd/Machine/MachineFile.h"

using namespace mlir;
using namespace mlir::tasd;

/// At the location of the module: an error at the op would print all of it.
static LogicalResult emitOptionError(ModuleOp module, StringRef option,
                                     llvm::Error error) {
  return emitError(module.getLoc())
         << "option " << option << ": " << llvm::toString(std::move(error));
}

static FailureOr<std::shared_ptr<const CostModel>>
load(ModuleOp module, StringRef option, StringRef nameOrPath,
     const CostOptions &options) {
  auto *dialect = module.getContext()->getOrLoadDialect<TASDDialect>();
  auto machine =
      machine::loadMachine(nameOrPath, dialect->getPatternRegistry());
  if (!machine)
    return emitOptionError(module, option, machine.takeError());
  if (!options.energyProfile.empty())
    if (llvm::Error error =
            selectEnergyProfile(*machine, options.energyProfile))
      return emitOptionError(module, "energy-profile", std::move(error));
  if (options.dynamicExtent < 1)
    return emitOptionError(
        module, "dynamic-extent",
        llvm::createStringError("expected at least 1 but got " +
                                Twine(options.dynamicExtent)));
  return std::make_shared<const CostModel>(
      std::move(*machine), options.objective, options.dynamicExtent);
}

FailureOr<std::shared_ptr<const CostModel>>
mlir::tasd::loadCostModel(ModuleOp module, const CostOptions &options) {
  if (options.machine.empty())
    return emitOptionError(
        module, "machine",
        llvm::createStringError("expected a machine but got none"));
  return load(module, "machine", options.machine, options);
}

FailureOr<std::shared_ptr<const CostModel>>
mlir::tasd::loadBaseline(ModuleOp module, const CostOptions &options,
                         std::shared_ptr<const CostModel> model) {
  if (options.baseline.empty())
    return model;
  auto baseline = load(module, "baseline", options.baseline, options);
  if (failed(baseline))
    return failure();
  if (llvm::Error error =
          checkComparable(model->getMachine(), (*baseline)->getMachine()))
    return emitOptionError(module, "baseline", std::move(error));
  return baseline;
}
