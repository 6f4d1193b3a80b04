//===- PlanRemarks.h - What was decided, and why ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_PLANREMARKS_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_PLANREMARKS_H

#include "tasd/Dialect/TASD/Transforms/PlanProblem.h"

namespace mlir::tasd {

/// The name of all remarks about plans: the flag of the pass.
constexpr StringLiteral kPlanPass = "tasd-plan";

/// Says what was decided for a layer; `machine` is null for none.
void remarkDecision(const NamedLayer &named, const PlanDecision &decision,
                    const machine::Machine *machine);

/// Says what a solution of a module's problem adds up to, beside dense, and how
/// far from the best it may be.
void remarkSolution(ModuleOp module, const search::Problem &problem,
                    const search::Strategy &strategy,
                    const search::Solution &solution, search::ErrorSum maxError,
                    const search::Totals &dense);

/// How many elements of weights the series of plans keep, zeros never, and
/// those that stay dense always.
struct KeptElements {
  int64_t numKept = 0, numElements = 0;
  /// Whether the series do not say it by themselves.
  bool isDataDependent = false;

  /// Of what was decided for a layer.
  static KeptElements get(const NamedLayer &named,
                          const PlanDecision &decision);
  KeptElements &operator+=(const KeptElements &other);
  /// The share that is not kept; 0 of no elements.
  double getSparsity() const;
};

/// The same for layers that were pruned together, by a strategy that was asked
/// for `sparsity`.
void remarkPruning(ModuleOp module, StringRef strategy, double sparsity,
                   SeriesAttr series, const KeptElements &kept);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_PLANREMARKS_H
