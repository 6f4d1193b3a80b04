//===- TasderReport.cpp - What the search found, as a report --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TasderJob.h"

#include "llvm/Support/Path.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;
using mlir::tasd::PlanDecision;

static std::optional<double>
getKept(const std::optional<sparsity::SeriesMetrics> &metrics) {
  if (!metrics)
    return std::nullopt;
  return 1 - metrics->getDroppedMagnitudeShare();
}

static std::optional<report::CostPair>
getCost(const std::optional<mlir::tasd::MappedLayer> &mapped) {
  if (!mapped)
    return std::nullopt;
  const cost::Cost &cost = mapped->mapped.cost;
  return report::CostPair{cost.cycles, cost.energyPj};
}

/// The totals of a layer on the machine, and where they are from.
static void setCosts(report::SearchedLayer &layer, const PlanDecision &decision,
                     const machine::Machine &machine) {
  layer.planned = getCost(decision.mapped);
  layer.dense = getCost(decision.dense);
  if (!decision.mapped)
    return;
  layer.plannedParts =
      report::getCostParts(decision.mapped->mapped.cost, machine);
  layer.denseParts = report::getCostParts(decision.dense->mapped.cost, machine);
}

static report::SearchedLayer getLayer(const mlir::tasd::NamedLayer &named,
                                      const PlanDecision &decision,
                                      const mlir::tasd::CostModel &model) {
  report::SearchedLayer layer;
  layer.name = named.name;
  layer.op = named.layer.getOp()->getName().stripDialect();
  layer.macs = named.layer.getNumMACs();
  if (decision.mapped)
    layer.macs =
        mlir::tasd::LayerWork::get(named, nullptr, model.getDynamicExtent())
            .getNumMACs();
  layer.keptWeights = getKept(decision.metrics);
  layer.keptActivations = getKept(decision.activationMetrics);
  setCosts(layer, decision, model.getMachine());
  layer.reason = decision.reason;
  if (decision.nextBest) {
    layer.nextBest = decision.nextBest->series;
    layer.nextBestIncrease = decision.nextBest->increaseShare;
  }
  return layer;
}

//===----------------------------------------------------------------------===//
// What was looked at
//===----------------------------------------------------------------------===//

/// Adds what a series keeps, unless it is known.
static void addShare(std::vector<report::KeptShare> &shares,
                     const sparsity::Series &series,
                     const std::optional<sparsity::SeriesMetrics> &metrics) {
  auto isSame = [&](const report::KeptShare &other) {
    return other.series.getText() == series.getText();
  };
  if (metrics && series.size() && llvm::none_of(shares, isSame))
    shares.push_back({series, *getKept(metrics)});
}

static void sortByDensity(std::vector<report::KeptShare> &shares) {
  auto getKey = [](const report::KeptShare &share) {
    return std::pair(share.series.getMaxDensity().value_or(1),
                     share.series.getText());
  };
  llvm::sort(shares, [&](const auto &a, const auto &b) {
    return getKey(a) < getKey(b);
  });
}

/// What the candidates of a layer of the problem keep.
void TasderJob::fillShares(report::SearchedLayer &layer, size_t index) const {
  for (auto [candidate, plan] :
       llvm::zip_equal(getProblem().layers[index].candidates,
                       planProblem->getLayers()[index].candidates))
    for (unsigned input : {0, 1}) {
      auto operand = plan.plan.getInputs()[input];
      if (!operand)
        continue;
      if (operand.getTime() == mlir::tasd::DecomposeTime::CompileTime)
        addShare(layer.weightShares, candidate.weights, plan.metrics[input]);
      else
        addShare(layer.activationShares, candidate.activations,
                 plan.metrics[input]);
    }
  sortByDensity(layer.weightShares);
  sortByDensity(layer.activationShares);
}

void TasderJob::fillPlans() {
  for (const search::Evaluated &evaluated : found.evaluated) {
    const search::Totals &totals = evaluated.solution.totals;
    report.plans.push_back({evaluated.proposer,
                            evaluated.quality,
                            {totals.cycles, totals.energyFj / 1000.0},
                            evaluated.solution.choice == chosen});
  }
}

/// The best of enough quality of what a proposer was the first to propose.
void TasderJob::fillProposers() {
  auto getObjective = [&](const search::Totals &totals) {
    return static_cast<double>(totals.getObjective(getProblem().objective));
  };
  double dense = getObjective(planProblem->getDenseTotals());
  for (auto [i, proposer] : llvm::enumerate(getProposers())) {
    report::ProposerRow row;
    row.strategy = proposer.strategy->name.str();
    row.errorModel = search::getName(proposer.errorModel).str();
    for (const search::Evaluated &evaluated : found.evaluated) {
      if (evaluated.proposer != i)
        continue;
      ++row.numEvaluated;
      double share = getObjective(evaluated.solution.totals) / dense;
      if (evaluated.quality < getLeastScore() ||
          (row.objectiveShare && *row.objectiveShare <= share))
        continue;
      row.objectiveShare = share;
      row.quality = evaluated.quality;
    }
    report.proposers.push_back(std::move(row));
  }
}

/// What a better choice could save at most within the sum of errors of the
/// chosen one, by the error model of its proposer: as that proved it, else as
/// the strategy that proves does. None if nobody proposed it.
std::optional<double> TasderJob::proveGap() const {
  for (const search::Evaluated &evaluated : found.evaluated) {
    const search::Solution &solution = evaluated.solution;
    if (solution.choice != chosen)
      continue;
    if (solution.lowerBound)
      return solution.getGap(getProblem().objective);
    search::Problem within = getProblem();
    within.errorModel = getProposers()[evaluated.proposer].errorModel;
    auto proved =
        search::solveOptimal(within, solution.totals.error, getLimits());
    search::Solution bounded = solution;
    bounded.lowerBound = llvm::cantFail(std::move(proved)).lowerBound;
    return bounded.getGap(getProblem().objective);
  }
  return std::nullopt;
}

void TasderJob::fillReport() {
  const machine::Machine &machine = inputs.model->getMachine();
  report.module = llvm::sys::path::filename(inputs.options.modulePath);
  report.machine = machine;
  report.metric = inputs.metric.getName();
  report.objective = getProblem().objective;
  report.dynamicExtent = inputs.options.dynamicExtent;
  report.isCompensated = inputs.options.isCompensated;
  report.pruningScores = llvm::sys::path::filename(inputs.options.scoresPath);
  report.minQuality = inputs.options.minQuality;
  report.isComplete = found.isComplete;
  report.gap = proveGap();
  search::Solution solution{chosen, getProblem().getTotals(chosen),
                            std::nullopt};
  auto decisions = planProblem->getDecisions(solution, solution.totals.error);
  for (auto [i, entry] : llvm::enumerate(decisions)) {
    auto &[named, decision] = entry;
    report::SearchedLayer layer = getLayer(named, decision, *inputs.model);
    if (i < getProblem().layers.size()) {
      const search::Candidate &candidate =
          getProblem().layers[i].candidates[chosen[i]];
      layer.series = report::getSeriesText(candidate);
      std::tie(layer.weightSeries, layer.activationSeries) =
          candidate.getSeriesTexts();
      fillShares(layer, i);
      StringRef obstacle = trial->getObstacle(positions[i]);
      if (layer.series.empty() && !obstacle.empty())
        layer.reason = obstacle.str();
    }
    report.layers.push_back(std::move(layer));
  }
  fillProposers();
  fillPlans();
}

//===----------------------------------------------------------------------===//
// Why not another series
//===----------------------------------------------------------------------===//

bool TasderJob::isExplained(StringRef name) const {
  return llvm::any_of(inputs.explained, [&](const llvm::GlobPattern &glob) {
    return glob.match(name);
  });
}

static report::OperandShares
getKept(const mlir::tasd::PlanCandidate &candidate) {
  report::OperandShares shares;
  for (unsigned input : {0, 1})
    if (auto plan = candidate.plan.getInputs()[input])
      (plan.getTime() == mlir::tasd::DecomposeTime::CompileTime
           ? shares.first
           : shares.second) = getKept(candidate.metrics[input]);
  return shares;
}

void TasderJob::explain(raw_ostream &os) const {
  for (auto [index, layer] : llvm::enumerate(planProblem->getLayers())) {
    if (!isExplained(layer.named.name))
      continue;
    std::vector<report::OperandShares> kept;
    for (const mlir::tasd::PlanCandidate &candidate : layer.candidates)
      kept.push_back(getKept(candidate));
    report::printCandidates(os, getProblem(), index, chosen[index],
                            {layer.weightDensity, layer.activationDensity},
                            kept);
    os << "\n";
  }
}
