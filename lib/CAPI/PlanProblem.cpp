//===- PlanProblem.cpp - C API of choosing plans --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd-c/PlanProblem.h"

#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Support.h"
#include "tasd/Dialect/TASD/Transforms/PlanProblem.h"
#include "tasd/Machine/MachineFile.h"

using namespace mlir;
using namespace mlir::tasd;

namespace {
/// A problem and where its errors are told.
struct LocatedProblem {
  Location loc;
  PlanProblem problem;
};
} // namespace

static LocatedProblem *unwrap(TasdPlanProblem problem) {
  return static_cast<LocatedProblem *>(problem.ptr);
}
static search::Solution *unwrap(TasdPlanSolution solution) {
  return static_cast<search::Solution *>(solution.ptr);
}

//===----------------------------------------------------------------------===//
// Requests
//===----------------------------------------------------------------------===//

/// Reads a text by `parse`; the value stays where the text is empty.
template <typename T, typename Parse>
static LogicalResult parseText(Location loc, StringRef what, MlirStringRef text,
                               T &value, Parse parse) {
  if (text.length == 0)
    return success();
  std::optional<T> parsed = parse(unwrap(text));
  if (!parsed)
    return emitError(loc) << "expected " << what << " but got '" << unwrap(text)
                          << "'";
  value = *parsed;
  return success();
}

static FailureOr<std::shared_ptr<const CostModel>>
loadModel(Location loc, const TasdPlanRequest &request) {
  auto objective = cost::Objective::Edp;
  if (failed(parseText(loc, "the objective latency, energy or edp",
                       request.objective, objective, cost::parseObjective)))
    return failure();
  auto *dialect = loc->getContext()->getOrLoadDialect<TASDDialect>();
  auto machine = machine::loadMachine(unwrap(request.machine),
                                      dialect->getPatternRegistry());
  if (!machine)
    return emitError(loc) << llvm::toString(machine.takeError());
  auto model = CostModel::create(std::move(*machine), objective,
                                 /*dynamicExtent=*/1);
  if (!model)
    return emitError(loc) << llvm::toString(model.takeError());
  return std::move(*model);
}

/// The series asked for, or all that the machine runs.
static LogicalResult addSeries(Location loc, const TasdPlanRequest &request,
                               PlanRequest &result) {
  for (MlirAttribute attr : ArrayRef(request.series, request.numSeries)) {
    auto series = dyn_cast_if_present<SeriesAttr>(unwrap(attr));
    if (!series)
      return emitError(loc)
             << "expected a #tasd.series but got " << unwrap(attr);
    result.candidates.push_back(series);
  }
  if (request.numSeries == 0)
    result.candidates =
        getRunnableSeries(loc->getContext(), result.model->getMachine());
  return success();
}

static FailureOr<PlanRequest> parseRequest(ModuleOp module,
                                           const TasdPlanRequest &request) {
  Location loc = module.getLoc();
  PlanRequest result;
  auto model = loadModel(loc, request);
  if (failed(model))
    return failure();
  result.model = std::move(*model);
  if (failed(parseText(loc, "the side weights, activations or both",
                       request.side, result.side,
                       [](StringRef text) { return symbolizePlanSide(text); })))
    return failure();
  if (failed(addSeries(loc, request, result)))
    return failure();
  auto emitOptionError = [&](StringRef option) {
    return emitError(loc) << option << ": ";
  };
  if (failed(result.dropForeign(module, emitOptionError)))
    return failure();
  return result;
}

//===----------------------------------------------------------------------===//
// Problems
//===----------------------------------------------------------------------===//

TasdPlanProblem tasdPlanProblemCreate(MlirModule wrapped,
                                      const TasdPlanRequest *request) {
  ModuleOp module = unwrap(wrapped);
  FailureOr<PlanRequest> parsed = parseRequest(module, *request);
  auto errorModel = search::ErrorModel::DroppedMagnitude;
  if (failed(parsed) ||
      failed(parseText(module.getLoc(), "an error model", request->errorModel,
                       errorModel, search::parseErrorModel)))
    return {nullptr};
  auto problem = PlanProblem::build(module, *parsed, errorModel);
  if (failed(problem))
    return {nullptr};
  return {new LocatedProblem{module.getLoc(), std::move(*problem)}};
}

void tasdPlanProblemDestroy(TasdPlanProblem problem) { delete unwrap(problem); }

intptr_t tasdPlanProblemGetNumLayers(TasdPlanProblem problem) {
  return unwrap(problem)->problem.getLayers().size();
}

MlirStringRef tasdPlanProblemGetLayerName(TasdPlanProblem problem,
                                          intptr_t layer) {
  return wrap(
      StringRef(unwrap(problem)->problem.getProblem().layers[layer].name));
}

intptr_t tasdPlanProblemGetNumCandidates(TasdPlanProblem problem,
                                         intptr_t layer) {
  return unwrap(problem)->problem.getLayers()[layer].candidates.size();
}

TasdPlanCandidate tasdPlanProblemGetCandidate(TasdPlanProblem problem,
                                              intptr_t layer,
                                              intptr_t candidate) {
  const PlanProblem &plans = unwrap(problem)->problem;
  const search::Problem &searched = plans.getProblem();
  const search::Candidate &found = searched.layers[layer].candidates[candidate];
  return {wrap(plans.getLayers()[layer].candidates[candidate].plan),
          found.cycles, double(found.energyFj) / 1000,
          found.errors.get(searched.errorModel),
          searched.isEligible(layer, candidate)};
}

void tasdPlanProblemApply(TasdPlanProblem problem, TasdPlanSolution solution) {
  unwrap(problem)->problem.apply(unwrap(solution)->choice);
}

//===----------------------------------------------------------------------===//
// Solutions
//===----------------------------------------------------------------------===//

static llvm::Expected<search::Solution> solve(const search::Problem &problem,
                                              StringRef name, double maxError) {
  llvm::Expected<const search::Strategy *> strategy = search::getStrategy(name);
  if (!strategy)
    return strategy.takeError();
  llvm::Expected<search::ErrorSum> bound =
      search::ErrorSum::fromBound(maxError);
  if (!bound)
    return bound.takeError();
  return search::solve(problem, **strategy, *bound);
}

TasdPlanSolution tasdPlanProblemSolve(TasdPlanProblem problem,
                                      MlirStringRef strategy, double maxError) {
  LocatedProblem *located = unwrap(problem);
  llvm::Expected<search::Solution> solution =
      solve(located->problem.getProblem(), unwrap(strategy), maxError);
  if (solution)
    return {new search::Solution(std::move(*solution))};
  emitError(located->loc) << llvm::toString(solution.takeError());
  return {nullptr};
}

void tasdPlanSolutionDestroy(TasdPlanSolution solution) {
  delete unwrap(solution);
}

intptr_t tasdPlanSolutionGetChosen(TasdPlanSolution solution, intptr_t layer) {
  return unwrap(solution)->choice[layer];
}

int64_t tasdPlanSolutionGetCycles(TasdPlanSolution solution) {
  return unwrap(solution)->totals.cycles;
}

double tasdPlanSolutionGetEnergyPj(TasdPlanSolution solution) {
  return double(unwrap(solution)->totals.energyFj) / 1000;
}

double tasdPlanSolutionGetError(TasdPlanSolution solution) {
  return unwrap(solution)->totals.error.toDouble();
}

double tasdPlanProblemGetGap(TasdPlanProblem problem,
                             TasdPlanSolution solution) {
  return unwrap(solution)
      ->getGap(unwrap(problem)->problem.getProblem().objective)
      .value_or(-1);
}
