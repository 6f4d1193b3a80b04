//===- PlanProblem.cpp - Planning a module as a problem -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Data is read layer by layer, each on all threads; then the mappings of all
// layers are searched at once.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/PlanProblem.h"

#include "Gains.h"
#include "KeptPlan.h"
#include "LayerCandidates.h"
#include "PlanRemarks.h"

#include "mlir/IR/Threading.h"
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
// Building
//===----------------------------------------------------------------------===//

namespace mlir::tasd {
class PlanProblemBuilder {
public:
  PlanProblemBuilder(ModuleOp module, const PlanRequest &request,
                     PlanProblem &result)
      : module(module), request(request), result(result),
        namedLayers(collectLayers(module)) {}

  LogicalResult build() {
    if (failed(findAll()))
      return failure();
    mapAll();
    return addAll();
  }

private:
  LogicalResult findAll();
  void mapAll();
  LogicalResult addAll();
  LogicalResult addKept(const NamedLayer &named, PlanAttr plan);
  LogicalResult addChosen(const NamedLayer &named,
                          const LayerCandidates &candidates);
  LogicalResult add(search::Layer layer, PlanLayer planLayer,
                    llvm::Error error);

  ModuleOp module;
  const PlanRequest &request;
  PlanProblem &result;
  SmallVector<NamedLayer> namedLayers;
  /// None for a layer that has a plan.
  std::vector<std::optional<LayerCandidates>> all;
};
} // namespace mlir::tasd

static PlanAttr getKeptPlan(const NamedLayer &named) {
  linalg::LinalgOp op = named.layer.getOp();
  return op->getAttrOfType<PlanAttr>(TASDDialect::kPlanAttrName);
}

LogicalResult PlanProblemBuilder::findAll() {
  for (const NamedLayer &named : namedLayers) {
    all.emplace_back();
    if (getKeptPlan(named))
      continue;
    all.back().emplace(request, named);
    if (failed(all.back()->find()))
      return failure();
  }
  return success();
}

void PlanProblemBuilder::mapAll() {
  std::vector<std::pair<LayerCandidates *, size_t>> tasks;
  for (std::optional<LayerCandidates> &candidates : all)
    for (size_t pair = 0; candidates && pair < candidates->size(); ++pair)
      tasks.push_back({&*candidates, pair});
  parallelForEach(module.getContext(), tasks,
                  [](auto &task) { task.first->map(task.second); });
}

LogicalResult PlanProblemBuilder::add(search::Layer layer, PlanLayer planLayer,
                                      llvm::Error error) {
  if (error)
    return emitError(planLayer.named.layer.getOp()->getLoc())
           << "layer '" << planLayer.named.name
           << "': " << llvm::toString(std::move(error));
  result.problem.layers.push_back(std::move(layer));
  result.layers.push_back(std::move(planLayer));
  return success();
}

/// Adds a layer that has a plan.
LogicalResult PlanProblemBuilder::addKept(const NamedLayer &named,
                                          PlanAttr plan) {
  PlanDecision decision;
  decision.plan = plan;
  decision.isKept = true;
  if (failed(mapKept(*request.model, named, decision)))
    return failure();
  if (!decision.mapped) {
    result.hostLayers.push_back({named, "", /*isKept=*/true});
    return success();
  }
  search::Layer layer;
  layer.name = named.name;
  llvm::Error error =
      search::setCost(layer.candidates.emplace_back(),
                      decision.mapped->mapped.cost, decision.mapped->runCycles);
  PlanLayer planLayer(named);
  planLayer.candidates.push_back({decision.plan, *decision.mapped, {}});
  planLayer.dense = *decision.dense;
  planLayer.isKept = true;
  return add(std::move(layer), std::move(planLayer), std::move(error));
}

LogicalResult PlanProblemBuilder::addChosen(const NamedLayer &named,
                                            const LayerCandidates &candidates) {
  if (!candidates.isMapped()) {
    result.hostLayers.push_back({named, candidates.getObstacle().str()});
    return success();
  }
  search::Layer layer;
  PlanLayer planLayer(named);
  llvm::Error error = candidates.append(layer, planLayer);
  return add(std::move(layer), std::move(planLayer), std::move(error));
}

LogicalResult PlanProblemBuilder::addAll() {
  for (auto [named, candidates] : llvm::zip(namedLayers, all)) {
    LogicalResult added = candidates ? addChosen(named, *candidates)
                                     : addKept(named, getKeptPlan(named));
    if (failed(added))
      return failure();
  }
  return success();
}

FailureOr<PlanProblem> PlanProblem::build(ModuleOp module,
                                          const PlanRequest &request,
                                          search::ErrorModel errorModel) {
  PlanProblem result;
  result.module = module;
  result.model = request.model;
  result.problem.objective = request.model->getObjective();
  result.problem.errorModel = errorModel;
  if (failed(PlanProblemBuilder(module, request, result).build()))
    return failure();
  return result;
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
  const PlanCandidate *best = nullptr;
  for (uint32_t i = 1; i < candidates.size(); ++i) {
    if (problem.isEligible(layer, i))
      return isWithinBound
                 ? "the strategy takes no series that would gain"
                 : "a series that gains would exceed the bound on the error";
    bool isFinite = std::isfinite(candidates[i].errors.get(problem.errorModel));
    const PlanCandidate &candidate = planLayer.candidates[i];
    if (isFinite &&
        (!best || isBetter(problem.objective, candidate.mapped.mapped.cost,
                           best->mapped.mapped.cost)))
      best = &candidate;
  }
  if (!best)
    return "every series drops infinities or NaNs";
  return describeNoGain(best->mapped, planLayer.dense);
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
