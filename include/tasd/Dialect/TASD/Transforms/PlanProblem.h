//===- PlanProblem.h - Planning a module as a problem -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From a module to the problem that strategies solve, and back: what each
// candidate of a layer is in the IR, and the plans of a choice.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_PLANPROBLEM_H
#define TASD_DIALECT_TASD_TRANSFORMS_PLANPROBLEM_H

#include "tasd/Dialect/TASD/Transforms/Planning.h"
#include "tasd/Search/Strategy.h"

namespace mlir::tasd {

namespace search = ::tasd::search;

/// What stands behind the search::Candidate of the same layer and position.
struct PlanCandidate {
  /// With the mapping on the machine; without a series for dense.
  PlanAttr plan;
  MappedLayer mapped;
  /// What the series keep of each input, on its data or by its profile; none of
  /// an input that stays dense.
  std::array<std::optional<sparsity::SeriesMetrics>, 2> metrics;
  /// The output error that each input adds; 0 of one that stays dense.
  std::array<double, 2> outputErrors = {};
};

/// What stands behind the search::Layer of the same position.
struct PlanLayer {
  explicit PlanLayer(NamedLayer named) : named(std::move(named)) {}

  NamedLayer named;
  /// Dense is the first, save for a layer that keeps its plan.
  std::vector<PlanCandidate> candidates;
  /// Shares of non-zeros, or pseudo-densities, where they were measured.
  std::optional<double> weightDensity, activationDensity;
  /// The layer dense, by its best mapping.
  MappedLayer dense;
  /// Whether the layer had its plan before. It is the only candidate then, and
  /// what it drops is not counted.
  bool isKept = false;
  /// Whether the request leaves the layer out: it is dense, and gets no plan.
  bool isLeftOut = false;
  /// Why some input that was asked for has no series among the candidates;
  /// empty if each has one.
  std::string reason;
};

/// A layer that the machine does not compute; it is no part of the problem.
struct HostLayer {
  NamedLayer named;
  std::string reason;
  bool isKept = false;
};

class PlanProblem {
public:
  /// The problem of planning a module for the request's machine, for its
  /// objective. Candidates of a layer are dense, and each of the request's
  /// series of the inputs of the side asked for, alone and in pairs, by the
  /// mappings that are the best for latency, energy and their product, or for
  /// the objective within what dense costs, as far as none is worse than
  /// another in everything. Of activations those are
  /// candidates that the layer's profile knows. Within the request's bound, if
  /// it has one. Candidates that must not be chosen have an infinite error, or
  /// gain nothing, and are there to be explained.
  ///
  /// Whatever the number of threads, the problem is the same. It is valid as
  /// long as the module stays as it is, plans aside. Errors, emitted at the op
  /// whose data is at fault, or at a layer whose plan the machine does not run.
  static FailureOr<PlanProblem> build(ModuleOp module,
                                      const PlanRequest &request,
                                      search::ErrorModel errorModel);

  const search::Problem &getProblem() const { return problem; }
  /// In the order of the problem's.
  ArrayRef<PlanLayer> getLayers() const { return layers; }
  ArrayRef<HostLayer> getHostLayers() const { return hostLayers; }

  /// Sets what a candidate gets wrong, where more is known of it.
  void setErrors(size_t layer, size_t candidate,
                 const search::ErrorFigures &errors) {
    problem.layers[layer].candidates[candidate].errors = errors;
  }

  /// The layer of this name; none if the problem has no such layer.
  std::optional<size_t> findLayer(StringRef name) const;

  /// What the layers cost dense, without an error.
  search::Totals getDenseTotals() const;

  /// What a solution within `maxError` decides for a layer: its plan, or why it
  /// stays dense.
  PlanDecision getDecision(size_t layer, const search::Solution &solution,
                           search::ErrorSum maxError) const;

  /// The same for all layers, those that the machine does not compute last.
  std::vector<std::pair<NamedLayer, PlanDecision>>
  getDecisions(const search::Solution &solution,
               search::ErrorSum maxError) const;

  /// Sets the plans of a choice, instead of those that another choice may have
  /// set before, and stamps the module with their number.
  void apply(const search::Choice &choice) const;

  /// Leaves a remark on every layer that says what was decided and why, and one
  /// on the module with the totals and the gap.
  void remark(const search::Strategy &strategy,
              const search::Solution &solution,
              search::ErrorSum maxError) const;

private:
  friend class PlanProblemBuilder;

  ModuleOp module;
  std::shared_ptr<const CostModel> model;
  search::Problem problem;
  std::vector<PlanLayer> layers;
  std::vector<HostLayer> hostLayers;
};

/// All series that the machine runs, of up to `maxTerms` terms (its own limit
/// if 0), for requests that name none: those that keep different sets of
/// elements and not everything, each by the fewest terms, the finest blocks
/// first.
SmallVector<SeriesAttr> getRunnableSeries(MLIRContext *context,
                                          const machine::Machine &machine,
                                          int64_t maxTerms = 0);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_TRANSFORMS_PLANPROBLEM_H
