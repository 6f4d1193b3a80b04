//===-- tasd-c/PlanProblem.h - C API of choosing plans ------------*- C -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the layers of a module could be planned as for a machine: candidates
// with costs and errors, and the strategies that choose among them.
// docs/Search.md explains both.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_C_PLANPROBLEM_H
#define TASD_C_PLANPROBLEM_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The candidates of all layers of a module that the machine computes.
typedef struct TasdPlanProblem {
  void *ptr;
} TasdPlanProblem;

/// One candidate for each layer, and what is proved of it.
typedef struct TasdPlanSolution {
  void *ptr;
} TasdPlanSolution;

//===----------------------------------------------------------------------===//
// Problems
//===----------------------------------------------------------------------===//

/// What plans are for. Texts are those of the options of the pass tasd-plan; an
/// empty one is its default.
typedef struct TasdPlanRequest {
  /// A preset or the path of a file.
  MlirStringRef machine;
  /// "latency", "energy" or "edp".
  MlirStringRef objective;
  /// "weights", "activations" or "both".
  MlirStringRef side;
  /// "dropped-non-zeros", "dropped-magnitude", "frobenius" or "output-error".
  MlirStringRef errorModel;
  /// Attributes #tasd.series; without any, all that the machine runs.
  intptr_t numSeries;
  const MlirAttribute *series;
} TasdPlanRequest;

/// Builds the problem of planning a module, which has to outlive it. Null for
/// an error, which is a diagnostic at the module.
MLIR_CAPI_EXPORTED TasdPlanProblem
tasdPlanProblemCreate(MlirModule module, const TasdPlanRequest *request);
MLIR_CAPI_EXPORTED void tasdPlanProblemDestroy(TasdPlanProblem problem);
static inline bool tasdPlanProblemIsNull(TasdPlanProblem problem) {
  return !problem.ptr;
}

MLIR_CAPI_EXPORTED intptr_t
tasdPlanProblemGetNumLayers(TasdPlanProblem problem);
/// The name of a layer, as tasdForEachLayer gives it; lives as the problem.
MLIR_CAPI_EXPORTED MlirStringRef
tasdPlanProblemGetLayerName(TasdPlanProblem problem, intptr_t layer);
MLIR_CAPI_EXPORTED intptr_t
tasdPlanProblemGetNumCandidates(TasdPlanProblem problem, intptr_t layer);

/// What a candidate is, what it costs and what it gets wrong.
typedef struct TasdPlanCandidate {
  /// A #tasd.plan with a mapping; without a series for dense.
  MlirAttribute plan;
  int64_t cycles;
  double energyPj;
  /// By the problem's error model; infinite if it must not be chosen.
  double error;
  /// Whether it may be chosen: its error is finite, and it is dense or gains.
  bool isEligible;
} TasdPlanCandidate;

MLIR_CAPI_EXPORTED TasdPlanCandidate tasdPlanProblemGetCandidate(
    TasdPlanProblem problem, intptr_t layer, intptr_t candidate);

/// Sets the plans of a solution on the module's layers, and the count of plans.
MLIR_CAPI_EXPORTED void tasdPlanProblemApply(TasdPlanProblem problem,
                                             TasdPlanSolution solution);

//===----------------------------------------------------------------------===//
// Solutions
//===----------------------------------------------------------------------===//

/// Lets a strategy choose within a bound on the summed error, which may be
/// infinite. Null for an error, which is a diagnostic at the module.
MLIR_CAPI_EXPORTED TasdPlanSolution tasdPlanProblemSolve(
    TasdPlanProblem problem, MlirStringRef strategy, double maxError);
MLIR_CAPI_EXPORTED void tasdPlanSolutionDestroy(TasdPlanSolution solution);
static inline bool tasdPlanSolutionIsNull(TasdPlanSolution solution) {
  return !solution.ptr;
}

/// The candidate of a layer.
MLIR_CAPI_EXPORTED intptr_t tasdPlanSolutionGetChosen(TasdPlanSolution solution,
                                                      intptr_t layer);
/// The sums over all layers.
MLIR_CAPI_EXPORTED int64_t tasdPlanSolutionGetCycles(TasdPlanSolution solution);
MLIR_CAPI_EXPORTED double
tasdPlanSolutionGetEnergyPj(TasdPlanSolution solution);
MLIR_CAPI_EXPORTED double tasdPlanSolutionGetError(TasdPlanSolution solution);
/// The share of the objective that a better choice could save at most; 0 where
/// it is proved optimal, negative where the strategy proves nothing.
MLIR_CAPI_EXPORTED double tasdPlanProblemGetGap(TasdPlanProblem problem,
                                                TasdPlanSolution solution);

#ifdef __cplusplus
}
#endif

#endif // TASD_C_PLANPROBLEM_H
