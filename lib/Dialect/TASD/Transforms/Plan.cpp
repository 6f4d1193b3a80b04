//===- Plan.cpp - Choose the series of every layer ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: linalg on tensors. Postcondition: every layer that can have a
// series of the kind asked for has a tasd.plan; the module says how many.
// Weights that are pruned by scores are zero where these leave them out.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Transforms/Passes.h"

#include "LayerGlobs.h"
#include "PlanRemarks.h"

#include "tasd/Dialect/TASD/Transforms/MachineOptions.h"
#include "tasd/Dialect/TASD/Transforms/PlanProblem.h"
#include "tasd/Dialect/TASD/Transforms/ScoredPruning.h"

namespace mlir::tasd {
#define GEN_PASS_DEF_PLAN
#include "tasd/Dialect/TASD/Transforms/Passes.h.inc"
} // namespace mlir::tasd

using namespace mlir;
using namespace mlir::tasd;

/// Verifies the plans that were there.
static LogicalResult verifyPlans(ModuleOp module) {
  for (auto [op, plan] : collectPlans(module))
    if (failed(verifyPlan(op, plan)))
      return failure();
  return success();
}

namespace {
struct PlanPass : mlir::tasd::impl::PlanBase<PlanPass> {
  using PlanBase::PlanBase;

  void runOnOperation() override {
    FailureOr<PlanRequest> request = parseOptions();
    if (failed(request) || failed(verifyPlans(getOperation())))
      return signalPassFailure();
    auto namedLayers = collectLayers(getOperation());
    warnIfUseless(getOperation(), "layers", layers, request->layers,
                  namedLayers);
    warnIfUseless(getOperation(), "skip", skip, request->skip, namedLayers);
    if (failed(prune(*request)) ||
        failed(isWeighing() ? weigh(*request)
                            : planEach(*request, namedLayers)))
      return signalPassFailure();
    stampPlanCount(getOperation());
  }

private:
  /// How layers are pruned together; null if they are not.
  const search::Pruning *findPruning() const {
    return search::findPruning(strategy);
  }
  /// Whether layers are weighed against each other.
  bool isWeighing() const {
    return !findPruning() && (strategy != "uniform" || !(maxError < 0));
  }
  InFlightDiagnostic emitOptionError(StringRef option) {
    return emitError(getOperation().getLoc()) << "option " << option << ": ";
  }
  LogicalResult planEach(const PlanRequest &request,
                         ArrayRef<NamedLayer> namedLayers);
  LogicalResult weigh(const PlanRequest &request);
  LogicalResult prune(PlanRequest &request);
  LogicalResult pruneByScores(const search::Pruning &pruning,
                              PlanRequest &request);
  search::PruningOptions getPruningOptions() const;
  FailureOr<PlanRequest> parseOptions();
  LogicalResult verifyStrategy();
  LogicalResult verifyPruning();
  LogicalResult verifyPrunedShare();
  LogicalResult parseSeries(PlanRequest &request);
  LogicalResult chooseSeries(PlanRequest &request);
  LogicalResult loadMachine(PlanRequest &request);
  void count(const PlanDecision &decision);
};
} // namespace

void PlanPass::count(const PlanDecision &decision) {
  ++numLayers;
  if (decision.metrics)
    numDropped += decision.metrics->droppedNonZeros;
  numMapped += decision.mapped.has_value();
  if (decision.isKept)
    ++numKept;
  else
    ++(decision.isDense() ? numDense : numPlanned);
}

LogicalResult PlanPass::planEach(const PlanRequest &request,
                                 ArrayRef<NamedLayer> namedLayers) {
  KeptElements kept;
  for (const NamedLayer &named : namedLayers) {
    FailureOr<PlanDecision> decision = planLayer(request, named);
    if (failed(decision))
      return failure();
    count(*decision);
    kept += KeptElements::get(named, *decision);
  }
  if (findPruning())
    remarkPruning(getOperation(), strategy, sparsity.front(),
                  request.candidates.front(), kept);
  return success();
}

LogicalResult PlanPass::weigh(const PlanRequest &request) {
  auto problem = PlanProblem::build(getOperation(), request, errorModel);
  if (failed(problem))
    return failure();
  const search::Strategy &chosen =
      *llvm::cantFail(search::getStrategy(strategy));
  auto bound = llvm::cantFail(search::ErrorSum::fromBound(maxError));
  auto solution = search::solve(problem->getProblem(), chosen, bound);
  if (!solution)
    return emitError(getOperation().getLoc())
           << llvm::toString(solution.takeError());
  problem->apply(solution->choice);
  problem->remark(chosen, *solution, bound);
  for (const auto &[named, decision] : problem->getDecisions(*solution, bound))
    count(decision);
  return success();
}

search::PruningOptions PlanPass::getPruningOptions() const {
  search::PruningOptions options;
  options.sparsity = sparsity.front();
  options.delta = delta;
  if (!granularity.empty())
    options.granularity = granularity.front();
  options.inner = inner;
  options.score = score;
  return options;
}

/// Makes the series that prunes all layers together the one that is asked for.
LogicalResult PlanPass::prune(PlanRequest &request) {
  const search::Pruning *pruning = findPruning();
  if (!pruning)
    return success();
  if (!scores.empty())
    return pruneByScores(*pruning, request);
  FailureOr<SeriesAttr> series = choosePrunedSeries(
      getOperation(), request, *pruning, getPruningOptions(),
      [&](StringRef option) { return emitOptionError(option); });
  if (failed(series))
    return failure();
  request.candidates = {*series};
  request.isPruning = true;
  if (!request.model)
    return success();
  return request.dropForeign(
      getOperation(), [&](StringRef) { return emitOptionError("strategy"); });
}

/// Prunes the weights of all layers by what their scores are.
LogicalResult PlanPass::pruneByScores(const search::Pruning &pruning,
                                      PlanRequest &request) {
  auto pruned = mlir::tasd::pruneByScores(
      getOperation(), request, pruning, getPruningOptions(), scores,
      [&](StringRef option) { return emitOptionError(option); });
  if (failed(pruned))
    return failure();
  request.candidates = std::move(pruned->series);
  request.pruned = std::move(pruned->weights);
  request.isPruning = true;
  return success();
}

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

LogicalResult PlanPass::loadMachine(PlanRequest &request) {
  if (machine.empty())
    return success();
  auto model = loadCostModel(
      getOperation(), {machine, "", energyProfile, objective, dynamicExtent});
  if (succeeded(model))
    request.model = std::move(*model);
  return model;
}

/// Verifies that a strategy that prunes is told one share, and at most one
/// granularity.
LogicalResult PlanPass::verifyPrunedShare() {
  if (sparsity.empty())
    return emitOptionError("sparsity")
           << "expected a share for strategy '" << strategy << "' but got none";
  for (auto [option, count] :
       {std::pair<StringRef, size_t>("sparsity", sparsity.size()),
        std::pair<StringRef, size_t>("granularity", granularity.size())})
    if (count > 1)
      return emitOptionError(option) << "expected one number for strategy '"
                                     << strategy << "' but got " << count;
  return success();
}

/// Verifies the options of a strategy that prunes, or that there are none.
LogicalResult PlanPass::verifyPruning() {
  auto refuse = [&](StringRef option) {
    return emitOptionError(option)
           << "expected none for strategy '" << strategy << "'";
  };
  SmallVector<std::pair<StringRef, bool>> foreign;
  if (findPruning())
    foreign = {
        {"series", !series.empty()},
        {"max-terms", maxTerms != 0},
        {"max-error", !(maxError < 0)},
        {"error-model", errorModel != search::ErrorModel::DroppedMagnitude},
        {"side", side != PlanSide::Weights}};
  else
    foreign = {{"sparsity", !sparsity.empty()},
               {"granularity", !granularity.empty()},
               {"delta", delta != 0},
               {"inner", !inner.empty()},
               {"score", score != sparsity::ScoreKind::Norm},
               {"scores", !scores.empty()}};
  for (auto [option, isGiven] : foreign)
    if (isGiven)
      return refuse(option);
  return findPruning() ? verifyPrunedShare() : success();
}

/// Verifies the strategy and what it needs.
LogicalResult PlanPass::verifyStrategy() {
  if (findPruning())
    return success();
  if (auto known = search::getStrategy(strategy); !known) {
    InFlightDiagnostic error = emitOptionError("strategy");
    error << llvm::toString(known.takeError());
    error.attachNote() << "strategies that prune are: "
                       << search::getPruningNames();
    return error;
  }
  if (maxTerms < 0)
    return emitOptionError("max-terms")
           << "expected at least 0 but got " << maxTerms.getValue();
  if (!isWeighing())
    return success();
  if (maxError < 0)
    return emitOptionError("max-error")
           << "expected a bound on the error for strategy '" << strategy
           << "' but got none";
  if (auto bound = search::ErrorSum::fromBound(maxError); !bound)
    return emitOptionError("max-error") << llvm::toString(bound.takeError());
  if (machine.empty())
    return emitOptionError("machine")
           << "expected a machine to weigh layers for but got none";
  return success();
}

LogicalResult PlanPass::parseSeries(PlanRequest &request) {
  for (const std::string &text : series) {
    FailureOr<SeriesAttr> parsed = SeriesAttr::parseText(
        &getContext(), text, [&] { return emitOptionError("series"); });
    if (failed(parsed))
      return failure();
    request.candidates.push_back(*parsed);
  }
  return success();
}

/// The series that are left are those that the machine runs. Where all layers
/// are pruned together the one is found later.
LogicalResult PlanPass::chooseSeries(PlanRequest &request) {
  auto emitError = [&](StringRef option) { return emitOptionError(option); };
  if (findPruning())
    return request.verifyBound(emitError);
  if (failed(isWeighing() ? request.verifyBound(emitError)
                          : request.verify(!machine.empty(), emitError)))
    return failure();
  if (isWeighing() && request.candidates.empty())
    request.candidates =
        getRunnableSeries(&getContext(), request.model->getMachine(), maxTerms);
  if (request.model)
    return request.dropForeign(getOperation(), emitError);
  return success();
}

FailureOr<PlanRequest> PlanPass::parseOptions() {
  PlanRequest request;
  if (failed(verifyStrategy()) || failed(verifyPruning()) ||
      failed(parseSeries(request)))
    return failure();
  // Not a number is no bound to take, but one to reject.
  if (!(maxDroppedMagnitude < 0))
    request.bound = maxDroppedMagnitude;
  request.side = side;
  auto layersGlob = parseGlobOption(getOperation(), "layers", layers),
       skipGlob = parseGlobOption(getOperation(), "skip", skip);
  if (failed(layersGlob) || failed(skipGlob) || failed(loadMachine(request)) ||
      failed(chooseSeries(request)))
    return failure();
  request.layers = std::move(*layersGlob);
  request.skip = std::move(*skipGlob);
  return request;
}
