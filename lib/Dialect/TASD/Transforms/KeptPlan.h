//===- KeptPlan.h - Plans that were there before ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_KEPTPLAN_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_KEPTPLAN_H

#include "tasd/Dialect/TASD/Transforms/Planning.h"

namespace mlir::tasd {

/// The plan that stands on a layer; null if there is none.
PlanAttr getKeptPlan(const NamedLayer &named);

/// Asks what the plan of a decision, which was there, costs, and gives it a
/// mapping if it has none. Neither is there where no machine computes the
/// layer, which then is dense. Errors are emitted at the layer: the machine
/// does not run the plan.
LogicalResult mapKept(const CostModel &model, const NamedLayer &named,
                      PlanDecision &decision);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_KEPTPLAN_H
