//===- PlanProblem.cpp - Planning a module as a problem -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/PlanProblem.h"

#include "Gains.h"
#include "KeptPlan.h"
#include "PlanRemarks.h"

#include "tasd/Report/SearchReport.h"
#include "tasd/Search/Alternatives.h"
#include "tasd/Search/SeriesList.h"

using namespace mlir;
using namespace mlir::tasd;

SmallVector<SeriesAttr> mlir::tasd::getRunnableSeries(
    MLIRContext *context, const machine::Machine &machine, int64_t maxTerms) {
  SmallVector<SeriesAttr> list;
  for (const sparsity::Series &series : search::listSeries(machine, maxTerms))
    list.push_back(SeriesAttr::get(context, series));
  return list;
}

//===----------------------------------------------------------------------===//
// Decisions
//===----------------------------------------------------------------------===//

std::optional<size_t> PlanProblem::findLayer(StringRef name) const {
  auto it = llvm::find_if(problem.layers, [&](const search::Layer &layer) {
    return layer.name == name;
  });
  if (it == problem.layers.end())
    return std::nullopt;
  return it - problem.layers.begin();
}

/// As in "2:4+1:8", "2:4 x 1:8", "- x 1:8" or "dense".
static std::string getSeriesText(const search::Candidate &candidate) {
  return candidate.isDense() ? "dense"
                             : ::tasd::report::getSeriesText(candidate);
}

static std::optional<NextBest> getNextBest(const search::Problem &problem,
                                           const search::Solution &solution,
                                           size_t layer,
                                           search::ErrorSum maxError) {
  auto next = search::findNextBest(problem, solution, layer, maxError);
  if (!next)
    return std::nullopt;
  return NextBest{
      getSeriesText(problem.layers[layer].candidates[next->candidate]),
      next->getIncreaseShare(solution.totals, problem.objective)};
}

/// Why a layer that has candidates with series stays dense.
static std::string getDenseReason(const search::Problem &problem,
                                  const PlanLayer &planLayer, size_t layer,
                                  bool isWithinBound) {
  ArrayRef<search::Candidate> candidates = problem.layers[layer].candidates;
  std::optional<uint32_t> best;
  for (uint32_t i = 1; i < candidates.size(); ++i) {
    if (problem.isEligible(layer, i))
      return isWithinBound
                 ? "the strategy takes no series that would gain"
                 : "a series that gains would exceed the bound on the error";
    bool isFinite = std::isfinite(candidates[i].errors.get(problem.errorModel));
    auto getCost = [&](uint32_t position) -> const cost::Cost & {
      return planLayer.candidates[position].mapped.mapped.cost;
    };
    if (isFinite &&
        (!best || isBetter(problem.objective, getCost(i), getCost(*best))))
      best = i;
  }
  if (!best)
    return "every series drops infinities or NaNs";
  cost::Loss loss = search::findLoss(
      candidates[*best], *problem.layers[layer].getDense(), problem.objective);
  return (llvm::Twine(getSeriesText(candidates[*best])) + " " +
          cost::describe(loss, problem.objective) + " dense: " +
          compareCosts(planLayer.candidates[*best].mapped, planLayer.dense))
      .str();
}

PlanDecision PlanProblem::getDecision(size_t layer,
                                      const search::Solution &solution,
                                      search::ErrorSum maxError) const {
  const PlanLayer &planLayer = layers[layer];
  const PlanCandidate &chosen = planLayer.candidates[solution.choice[layer]];
  PlanDecision decision;
  decision.plan = planLayer.isLeftOut ? nullptr : chosen.plan;
  decision.isKept = planLayer.isKept;
  decision.reason = planLayer.reason;
  decision.mapped = chosen.mapped;
  decision.dense = planLayer.dense;
  decision.nextBest = getNextBest(problem, solution, layer, maxError);
  for (unsigned input : {0, 1})
    if (OperandPlanAttr operand = chosen.plan.getInputs()[input])
      (operand.getTime() == DecomposeTime::CompileTime
           ? decision.metrics
           : decision.activationMetrics) = chosen.metrics[input];
  if (decision.isDense() && planLayer.candidates.size() > 1)
    decision.reason = getDenseReason(problem, planLayer, layer,
                                     decision.nextBest.has_value());
  return decision;
}

search::Totals PlanProblem::getDenseTotals() const {
  search::Totals totals;
  for (const PlanLayer &layer : layers) {
    const cost::Cost &cost = layer.dense.mapped.cost;
    totals.cycles += cost.cycles;
    totals.energyFj += std::llround(cost.energyPj * 1000);
  }
  return totals;
}

void PlanProblem::apply(const search::Choice &choice) const {
  for (auto [layer, position] : llvm::zip_equal(layers, choice)) {
    linalg::LinalgOp op = layer.named.layer.getOp();
    if (!layer.isLeftOut)
      op->setAttr(TASDDialect::kPlanAttrName, layer.candidates[position].plan);
  }
  stampPlanCount(module);
}

static PlanDecision getDecision(const HostLayer &layer) {
  PlanDecision decision;
  decision.plan = getKeptPlan(layer.named);
  decision.isKept = layer.isKept;
  decision.reason = layer.reason;
  return decision;
}

std::vector<std::pair<NamedLayer, PlanDecision>>
PlanProblem::getDecisions(const search::Solution &solution,
                          search::ErrorSum maxError) const {
  std::vector<std::pair<NamedLayer, PlanDecision>> decisions;
  for (size_t layer = 0; layer < layers.size(); ++layer)
    decisions.push_back(
        {layers[layer].named, getDecision(layer, solution, maxError)});
  for (const HostLayer &layer : hostLayers)
    decisions.push_back({layer.named, ::getDecision(layer)});
  return decisions;
}

void PlanProblem::remark(const search::Strategy &strategy,
                         const search::Solution &solution,
                         search::ErrorSum maxError) const {
  for (const auto &[named, decision] : getDecisions(solution, maxError))
    remarkDecision(named, decision, &model->getMachine());
  remarkSolution(module, problem, strategy, solution, maxError,
                 getDenseTotals());
}
