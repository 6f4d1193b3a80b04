//===- Planning.h - Choose the series of a layer ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The decision behind the pass tasd-plan and the op transform.tasd.plan: which
// of the series asked for a layer gets, or why it stays dense.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_PLANNING_H
#define TASD_DIALECT_TASD_TRANSFORMS_PLANNING_H

#include "tasd/Dialect/TASD/Analysis/LayerCost.h"
#include "tasd/Sparsity/Metrics.h"
#include "llvm/Support/GlobPattern.h"

#include <memory>

namespace mlir::tasd {

/// The names of layers that a text stands for, as in "enc*.{k,v}".
llvm::Expected<llvm::GlobPattern> parseLayerGlob(StringRef text);

class PrunedWeights;

/// What is asked of every layer.
struct PlanRequest {
  /// The series that are allowed, in order of preference.
  SmallVector<SeriesAttr> candidates;
  /// Largest share of an operand's magnitude that may be dropped, 0 to 1.
  /// Without a bound exactly one series is a candidate, or none with a machine.
  std::optional<double> bound;
  /// Whether the candidates prune all layers together. A layer that loses
  /// nothing by them stays dense.
  bool isPruning = false;
  PlanSide side = PlanSide::Weights;
  /// Names of the layers to plan, and of those to leave; none for all of them,
  /// and for nothing.
  std::optional<llvm::GlobPattern> layers, skip;
  /// The machine to plan for, on which every plan has to gain; null for none.
  std::shared_ptr<const CostModel> model;
  /// What the candidates, compared with scores, leave of weights; null where
  /// they are compared with the weights.
  std::shared_ptr<const PrunedWeights> pruned;

  /// Checks the bound and the candidates of a request with a machine, which
  /// need not be loaded yet, or without one. `emitError` takes the name of the
  /// option at fault.
  LogicalResult
  verify(bool hasMachine,
         function_ref<InFlightDiagnostic(StringRef)> emitError) const;

  /// Checks the bound alone: with strategies that weigh layers any number of
  /// candidates will do.
  LogicalResult
  verifyBound(function_ref<InFlightDiagnostic(StringRef)> emitError) const;

  /// Drops the candidates that the machine does not run, each with a remark at
  /// `op`. An error where it is the only one, at the option that `emitError`
  /// takes.
  LogicalResult
  dropForeign(Operation *op,
              function_ref<InFlightDiagnostic(StringRef)> emitError);

  /// Whether the layer of this name is to be planned.
  bool isChosen(StringRef layer) const;
};

/// What a layer would take if not what it takes.
struct NextBest {
  /// As in "2:4+1:8", "2:4 x 1:8", "- x 1:8" or "dense".
  std::string series;
  /// The share by which the objective of the whole model would rise.
  double increaseShare = 0;
};

/// What was decided for a layer.
struct PlanDecision {
  /// Null where the layer stays dense; with a machine that computes it so, a
  /// plan without a series, that has its mapping.
  PlanAttr plan;
  /// Whether the layer had its plan before.
  bool isKept = false;
  /// Why the layer stays dense, or one of the inputs asked for.
  std::string reason;
  /// Of the weights' series, where there is one.
  std::optional<sparsity::SeriesMetrics> metrics;
  /// Elements of weights that stay dense although there were series for them.
  int64_t numDenseWeights = 0;
  /// Of the activations' series, by their profile.
  std::optional<sparsity::SeriesMetrics> activationMetrics;
  /// Where a strategy chose among candidates, and there is another one.
  std::optional<NextBest> nextBest;
  /// By the plan, and dense; with a machine that computes the layer.
  std::optional<MappedLayer> mapped, dense;

  bool isDense() const { return !plan || plan.isDense(); }
};

/// Sets the plan of a layer that has none, if it is among those chosen and a
/// series fits it, and leaves a remark on what was decided. With a machine, a
/// plan that was there gets a mapping if it has none. Errors are emitted at the
/// op whose data is at fault, or at a layer whose plan the machine does not
/// run.
FailureOr<PlanDecision> planLayer(const PlanRequest &request,
                                  const NamedLayer &named);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_TRANSFORMS_PLANNING_H
