//===- TasderReport.cpp - What the search found, as a report --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TasderJob.h"

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

static report::SearchedLayer getLayer(StringRef name,
                                      const PlanDecision &decision) {
  report::SearchedLayer layer;
  layer.name = name.str();
  layer.keptWeights = getKept(decision.metrics);
  layer.keptActivations = getKept(decision.activationMetrics);
  layer.planned = getCost(decision.mapped);
  layer.dense = getCost(decision.dense);
  layer.reason = decision.reason;
  if (decision.nextBest) {
    layer.nextBest = decision.nextBest->series;
    layer.nextBestIncrease = decision.nextBest->increaseShare;
  }
  return layer;
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
  report.machine = machine.name;
  report.energyProfile = machine.energyProfile;
  report.metric = inputs.metric.getName();
  report.objective = getProblem().objective;
  report.dynamicExtent = inputs.options.dynamicExtent;
  report.isCompensated = inputs.options.isCompensated;
  report.minQuality = inputs.options.minQuality;
  report.numEvaluated = static_cast<int64_t>(found.evaluated.size());
  report.isComplete = found.isComplete;
  report.gap = proveGap();
  search::Solution solution{chosen, getProblem().getTotals(chosen),
                            std::nullopt};
  auto decisions = planProblem->getDecisions(solution, solution.totals.error);
  for (auto [i, entry] : llvm::enumerate(decisions)) {
    auto &[named, decision] = entry;
    report::SearchedLayer layer = getLayer(named.name, decision);
    if (i < getProblem().layers.size()) {
      layer.series =
          report::getSeriesText(getProblem().layers[i].candidates[chosen[i]]);
      StringRef obstacle = trial->getObstacle(positions[i]);
      if (layer.series.empty() && !obstacle.empty())
        layer.reason = obstacle.str();
    }
    report.layers.push_back(std::move(layer));
  }
  fillProposers();
}

void TasderJob::explain(raw_ostream &os) const {
  for (const std::string &name : inputs.options.explained) {
    size_t layer = *planProblem->findLayer(name);
    std::vector<report::KeptShares> kept;
    for (const mlir::tasd::PlanCandidate &candidate :
         planProblem->getLayers()[layer].candidates) {
      report::KeptShares &shares = kept.emplace_back();
      for (unsigned input : {0, 1})
        if (auto plan = candidate.plan.getInputs()[input])
          (plan.getTime() == mlir::tasd::DecomposeTime::CompileTime
               ? shares.first
               : shares.second) = getKept(candidate.metrics[input]);
    }
    report::printCandidates(os, getProblem(), layer, chosen[layer], kept);
    os << "\n";
  }
}
