//===- MachineOptions.h - The machine to plan for ---------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_MACHINEOPTIONS_H
#define TASD_DIALECT_TASD_TRANSFORMS_MACHINEOPTIONS_H

#include "tasd/Dialect/TASD/Analysis/LayerCost.h"

#include <memory>

namespace mlir::tasd {

/// What passes and ops are asked about costs, as their options say it.
struct CostOptions {
  /// A preset or a file each; empty where none was given.
  std::string machine, baseline;
  /// Empty for the machine's.
  std::string energyProfile;
  cost::Objective objective = cost::Objective::Edp;
  int64_t dynamicExtent = 1;
};

/// Costs on the machine. Errors are emitted at the location of `op`, which
/// asks, and name the option.
FailureOr<std::shared_ptr<const CostModel>>
loadCostModel(Operation *op, const CostOptions &options);

/// Costs on the baseline, by default the same machine. Errors as above; the
/// energies of the two are not comparable.
FailureOr<std::shared_ptr<const CostModel>>
loadBaseline(Operation *op, const CostOptions &options,
             std::shared_ptr<const CostModel> model);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_TRANSFORMS_MACHINEOPTIONS_H
