//===- MachineOptions.cpp - The machine to plan for -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/MachineOptions.h"

#include "tasd/Machine/MachineFile.h"

using namespace mlir;
using namespace mlir::tasd;

/// At the location of the op: an error at a module would print all of it.
static LogicalResult emitOptionError(Operation *op, StringRef option,
                                     llvm::Error error) {
  return emitError(op->getLoc())
         << "option " << option << ": " << llvm::toString(std::move(error));
}

static FailureOr<std::shared_ptr<const CostModel>>
load(Operation *op, StringRef option, StringRef nameOrPath,
     const CostOptions &options) {
  auto *dialect = op->getContext()->getOrLoadDialect<TASDDialect>();
  auto machine =
      machine::loadMachine(nameOrPath, dialect->getPatternRegistry());
  if (!machine)
    return emitOptionError(op, option, machine.takeError());
  if (!options.energyProfile.empty())
    if (llvm::Error error =
            selectEnergyProfile(*machine, options.energyProfile))
      return emitOptionError(op, "energy-profile", std::move(error));
  if (options.dynamicExtent < 1)
    return emitOptionError(
        op, "dynamic-extent",
        llvm::createStringError("expected at least 1 but got " +
                                Twine(options.dynamicExtent)));
  auto model = CostModel::create(std::move(*machine), options.objective,
                                 options.dynamicExtent);
  if (!model)
    return emitOptionError(op, "objective", model.takeError());
  return std::move(*model);
}

FailureOr<std::shared_ptr<const CostModel>>
mlir::tasd::loadCostModel(Operation *op, const CostOptions &options) {
  if (options.machine.empty())
    return emitOptionError(
        op, "machine",
        llvm::createStringError("expected a machine but got none"));
  return load(op, "machine", options.machine, options);
}

FailureOr<std::shared_ptr<const CostModel>>
mlir::tasd::loadBaseline(Operation *op, const CostOptions &options,
                         std::shared_ptr<const CostModel> model) {
  if (options.baseline.empty())
    return model;
  auto baseline = load(op, "baseline", options.baseline, options);
  if (failed(baseline))
    return failure();
  if (llvm::Error error =
          checkComparable(model->getMachine(), (*baseline)->getMachine()))
    return emitOptionError(op, "baseline", std::move(error));
  return baseline;
}
