//===- PlanProblemBuilder.cpp - From a module to a problem ----------------===//
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

#include "KeptPlan.h"
#include "LayerCandidates.h"

#include "mlir/IR/Threading.h"

using namespace mlir;
using namespace mlir::tasd;

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
