//===- TasderJob.cpp - The search for the plans of a module ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TasderJob.h"

#include "tasd/Evaluation/ProfileModule.h"

#include "llvm/ADT/StringMap.h"

#include <limits>

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using mlir::tasd::PlanAttr;

LogicalResult TasderJob::fail(llvm::Error error) {
  return entry.emitError(llvm::toString(std::move(error)));
}

//===----------------------------------------------------------------------===//
// The problem
//===----------------------------------------------------------------------===//

LogicalResult TasderJob::prepareRequest() {
  request.candidates = inputs.series;
  request.side = inputs.options.side;
  request.layers = inputs.layers;
  request.skip = inputs.skip;
  request.model = inputs.model;
  if (inputs.pruning && failed(addPruned()))
    return failure();
  if (request.candidates.empty()) {
    request.candidates = mlir::tasd::getRunnableSeries(
        module.getContext(), inputs.model->getMachine());
    return success();
  }
  return request.dropForeign(module, [&](StringRef option) {
    InFlightDiagnostic diag = emitError(module.getLoc());
    if (inputs.pruning)
      return std::move(diag << "--strategy " << inputs.pruning->name << ": ");
    return std::move(diag << "option " << option << ": ");
  });
}

/// Removes what profiles were attached, or had been before: they are those of
/// the search alone.
static void dropProfiles(ModuleOp module) {
  module.walk([](linalg::LinalgOp op) {
    op->removeAttr(mlir::tasd::TASDDialect::kProfileAttrName);
  });
}

/// Whether anybody asks for what the activations hold.
bool TasderJob::needsProfile() const {
  bool isAnyChosen =
      llvm::any_of(mlir::tasd::collectLayers(module), [&](const auto &named) {
        return request.isChosen(named.name);
      });
  return isAnyChosen && (request.side != mlir::tasd::PlanSide::Weights ||
                         inputs.options.isCompensated ||
                         llvm::is_contained(inputs.options.errorModels,
                                            search::ErrorModel::OutputError));
}

/// Measures the activations of the dense module: how they are spread, and,
/// where they may get series, what those drop.
LogicalResult TasderJob::profile() {
  if (!needsProfile())
    return success();
  mlir::tasd::InstrumentRequest measured;
  if (request.side != mlir::tasd::PlanSide::Weights)
    measured.series = request.candidates;
  measured.hasFullSecondMoments = inputs.options.isCompensated;
  measured.layers = request.layers;
  measured.skip = request.skip;
  FailureOr<sparsity::Profile> profile = profileModule(
      module, entry, inputs.backend, measured, inputs.calibration.getInputs(),
      inputs.options.batch, [&](int64_t numDone, int64_t numAll) {
        progress.show("profiling", numDone, numAll);
      });
  return failed(profile) ? failure() : attach(std::move(*profile));
}

LogicalResult TasderJob::attach(sparsity::Profile profile) {
  if (!inputs.options.isCompensated)
    return mlir::tasd::attachProfile(module, profile);
  auto created = CompensatedWeights::create(module, std::move(profile));
  if (!created)
    return fail(created.takeError());
  compensated = std::move(*created);
  return mlir::tasd::attachProfile(module, compensated->getProfile());
}

LogicalResult TasderJob::buildProblem() {
  progress.show("mapping candidates");
  auto built = mlir::tasd::PlanProblem::build(
      module, request, inputs.options.errorModels.front());
  if (failed(built))
    return failure();
  planProblem.emplace(std::move(*built));
  return verifyExplained();
}

/// Finds slips before anything is run.
LogicalResult TasderJob::verifyExplained() {
  ArrayRef<search::Layer> layers = getProblem().layers;
  for (auto [text, glob] :
       llvm::zip_equal(inputs.options.explained, inputs.explained)) {
    auto fits = [&glob = glob](const search::Layer &layer) {
      return glob.match(layer.name);
    };
    if (llvm::any_of(layers, fits))
      continue;
    std::string example =
        layers.empty() ? "" : ", as '" + layers.front().name + "'";
    return module.emitError("--explain: expected the name of a layer that the "
                            "machine computes")
           << example << ", but '" << text << "' fits none";
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Trials
//===----------------------------------------------------------------------===//

/// Compiles the module so that every candidate can be tried.
LogicalResult TasderJob::openTrials() {
  progress.show("compiling the dense module");
  llvm::StringMap<size_t> byName;
  for (const mlir::tasd::NamedLayer &named : mlir::tasd::collectLayers(module))
    byName[named.name] = numModuleLayers++;
  std::vector<TriedInputs> tried(numModuleLayers, {false, false});
  for (const mlir::tasd::PlanLayer &layer : planProblem->getLayers()) {
    size_t position = byName.lookup(layer.named.name);
    positions.push_back(position);
    for (const mlir::tasd::PlanCandidate &candidate : layer.candidates)
      for (unsigned input : {0, 1})
        tried[position][input] |= bool(candidate.plan.getInputs()[input]);
  }
  FailureOr<TrialModule> created = TrialModule::create(
      module, entry, tried, inputs.backend, getComposeWeights());
  if (failed(created))
    return failure();
  trial.emplace(std::move(*created));
  closeUntried();
  return success();
}

/// Leaves dense what cannot be tried: nobody would know what it does.
void TasderJob::closeUntried() {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (auto [layer, position] : llvm::enumerate(positions)) {
    if (trial->getObstacle(position).empty())
      continue;
    ArrayRef<search::Candidate> candidates =
        getProblem().layers[layer].candidates;
    for (size_t i = 0; i < candidates.size(); ++i)
      if (!candidates[i].isDense())
        planProblem->setErrors(layer, i,
                               {infinity, infinity, infinity, infinity});
  }
}

std::vector<PlanAttr> TasderJob::getPlans(const search::Choice &choice) const {
  std::vector<PlanAttr> plans(numModuleLayers);
  for (auto [layer, position, candidate] :
       llvm::zip_equal(planProblem->getLayers(), positions, choice))
    plans[position] = layer.candidates[candidate].plan;
  return plans;
}

LogicalResult TasderJob::runDense() {
  progress.show("running the dense module");
  for (QualityData *data : {&inputs.calibration, inputs.test}) {
    if (!data)
      continue;
    llvm::Expected<RunResult> result =
        trial->run(std::vector<PlanAttr>(numModuleLayers), data->getInputs(),
                   inputs.options.batch);
    if (!result)
      return fail(result.takeError());
    if (llvm::Error error =
            data->setDense(inputs.metric, std::move(result->results)))
      return fail(std::move(error));
  }
  return success();
}

//===----------------------------------------------------------------------===//
// The search
//===----------------------------------------------------------------------===//

double TasderJob::getLeastScore() const {
  return inputs.options.minQuality * inputs.calibration.getDenseScore();
}

search::Evaluate TasderJob::getEvaluate() {
  return [this](const search::Choice &choice) -> llvm::Expected<double> {
    llvm::Expected<RunResult> result = trial->run(
        getPlans(choice), inputs.calibration.getInputs(), inputs.options.batch);
    if (!result)
      return result.takeError();
    return inputs.calibration.getScore(inputs.metric, result->results);
  };
}

/// The strategy by each error model, and whoever else always proposes.
std::vector<search::Proposer> TasderJob::getProposers() const {
  std::vector<search::Proposer> proposers;
  for (search::ErrorModel model : inputs.options.errorModels)
    proposers.push_back({&inputs.strategy, model});
  for (const search::Proposer &proposer : search::getProposers(
           inputs.strategy, inputs.options.errorModels.front()))
    if (llvm::none_of(proposers, [&](const search::Proposer &known) {
          return known.strategy == proposer.strategy &&
                 known.errorModel == proposer.errorModel;
        }))
      proposers.push_back(proposer);
  return proposers;
}

search::Limits TasderJob::getLimits() const {
  search::Limits limits;
  limits.time = inputs.options.timeLimit;
  return limits;
}

LogicalResult TasderJob::search() {
  search::QualityOptions options;
  options.minQuality = getLeastScore();
  options.proposers = getProposers();
  options.limits = getLimits();
  search::Evaluator evaluator(getProblem(), getEvaluate(),
                              inputs.options.maxEvaluations, inputs.journal,
                              &inputs.pool, &progress);
  auto result = search::searchQuality(getProblem(), options, evaluator);
  if (!result)
    return fail(result.takeError());
  found = std::move(*result);
  return success();
}

//===----------------------------------------------------------------------===//
// The winner
//===----------------------------------------------------------------------===//

/// Each layer by its best dense mapping; one that keeps its plan, by that.
search::Choice TasderJob::getDenseChoice() const {
  search::Choice choice;
  for (const search::Layer &layer : getProblem().layers) {
    const search::Candidate *dense = layer.getDense();
    choice.push_back(dense ? dense - layer.candidates.data() : 0);
  }
  return choice;
}

/// The choices of enough quality, the best first, of equals the first that was
/// evaluated; at last the dense one.
std::vector<search::Choice> TasderJob::rankChoices() const {
  std::vector<std::pair<search::Int128, size_t>> good;
  for (auto [i, evaluated] : llvm::enumerate(found.evaluated))
    if (evaluated.quality >= getLeastScore())
      good.push_back(
          {evaluated.solution.totals.getObjective(getProblem().objective), i});
  llvm::sort(good);
  std::vector<search::Choice> choices;
  for (auto [objective, i] : good)
    choices.push_back(found.evaluated[i].solution.choice);
  choices.push_back(getDenseChoice());
  return choices;
}

FailureOr<double> TasderJob::scoreCompiled(const Executable &executable,
                                           const QualityData &data) {
  llvm::Expected<RunResult> result =
      runSliced(executable, data.getInputs(), inputs.options.batch);
  if (!result)
    return fail(result.takeError());
  llvm::Expected<double> score = data.getScore(inputs.metric, result->results);
  if (!score)
    return fail(score.takeError());
  return *score;
}

/// Compiles the module with the plans of a choice. Whether it keeps the
/// quality; if it does, its scores are in the report.
FailureOr<bool> TasderJob::tryCompiled(const search::Choice &choice) {
  if (failed(makePlanned(choice)))
    return failure();
  progress.show("compiling the planned module");
  FailureOr<Executable> executable =
      compile(*planned, planned->lookupSymbol<func::FuncOp>(entry.getName()),
              inputs.backend);
  if (failed(executable))
    return failure();
  std::vector<report::ScorePair> scores;
  for (const QualityData *data : {&inputs.calibration, inputs.test}) {
    if (!data)
      continue;
    progress.show("scoring the planned module");
    FailureOr<double> score = scoreCompiled(*executable, *data);
    if (failed(score))
      return failure();
    scores.push_back({data->getName().str(), data->getNumRows(),
                      data->getDenseScore(), *score});
  }
  if (scores.front().planned < getLeastScore())
    return false;
  report.scores = std::move(scores);
  return true;
}

/// The best choice that keeps the quality as it is compiled: sums in another
/// order may cost what the trial had just kept.
LogicalResult TasderJob::chooseCompiled() {
  for (const search::Choice &choice : rankChoices()) {
    FailureOr<bool> isGood = tryCompiled(choice);
    if (failed(isGood))
      return failure();
    if (*isGood) {
      chosen = choice;
      return success();
    }
  }
  return fail(llvm::createStringError(
      "expected the dense module to keep its quality when compiled"));
}

LogicalResult TasderJob::run() {
  if (failed(prepareRequest()) || failed(profile()) || failed(buildProblem()) ||
      failed(openTrials()) || failed(estimateCompensated()) ||
      failed(runDense()) || failed(search()) || failed(chooseCompiled()))
    return failure();
  progress.clear();
  fillReport();
  dropProfiles(*planned);
  return success();
}
