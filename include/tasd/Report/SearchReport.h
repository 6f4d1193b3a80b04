//===- SearchReport.h - What a search of plans found, and why ---*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The layers with what was chosen for them, the model's costs and scores, and
// how the search went. Nothing in it depends on time or threads.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_REPORT_SEARCHREPORT_H
#define TASD_REPORT_SEARCHREPORT_H

#include "tasd/Report/CostParts.h"
#include "tasd/Report/HTMLPage.h"
#include "tasd/Search/Problem.h"

namespace tasd::report {

struct CostPair {
  int64_t cycles = 0;
  double energyPj = 0;

  double getEdpPjCycles() const { return energyPj * double(cycles); }
};

/// The share of the magnitude that a series would keep of an operand.
struct KeptShare {
  sparsity::Series series;
  double share = 0;
};

/// A layer, and what was decided for it.
struct SearchedLayer {
  std::string name;
  /// The op without its dialect.
  std::string op;
  /// Multiplications of the dense layer; none where extents are dynamic and the
  /// machine does not compute it.
  std::optional<int64_t> macs;
  /// As getSeriesText gives it, and of each operand alone.
  std::string series, weightSeries, activationSeries;
  /// Shares of the magnitude that the series keep of the weights, and of the
  /// activations on calibration data.
  std::optional<double> keptWeights, keptActivations;
  /// As planned, and dense; none where the machine does not compute the layer.
  std::optional<CostPair> planned, dense;
  /// Where those are from; there if they are.
  CostParts plannedParts, denseParts;
  /// What each candidate would keep of weights and activations, the sparsest
  /// first.
  std::vector<KeptShare> weightShares, activationShares;
  /// What the layer would take if not what it takes, and the share by which the
  /// objective of the model would rise; empty if there is nothing else.
  std::string nextBest;
  double nextBestIncrease = 0;
  /// Why the layer is dense, or one of its inputs; empty if there is no reason
  /// to give.
  std::string reason;
};

/// Scores on one set of data, of the dense model and of the planned one as it
/// was compiled.
struct ScorePair {
  /// "calibration" or "test".
  std::string data;
  int64_t numRows = 0;
  double dense = 0, planned = 0;
};

/// What one proposer found.
struct ProposerRow {
  std::string strategy, errorModel;
  /// Choices that it was the first to propose.
  int64_t numEvaluated = 0;
  /// Of its best choice of enough quality: the objective as a share of the
  /// dense model's, and the quality; none if there is no such choice.
  std::optional<double> objectiveShare, quality;
};

/// A plan that the model was run with.
struct EvaluatedPlan {
  /// The position of the proposer that was the first to propose it.
  size_t proposer = 0;
  double quality = 0;
  CostPair cost;
  /// Whether it is the one that was chosen.
  bool isChosen = false;
};

struct SearchReport {
  /// The name of the module's file.
  std::string module;
  std::string metric;
  /// A valid one.
  machine::Machine machine;
  cost::Objective objective = cost::Objective::Edp;
  int64_t dynamicExtent = 1;
  /// Whether the weights that series keep make up for those they drop.
  bool isCompensated = false;
  /// The name of the file of scores that weights were pruned by; empty if there
  /// was none.
  std::string pruningScores;
  /// The least quality, as a share of the dense model's.
  double minQuality = 0;
  std::vector<SearchedLayer> layers;
  /// The share of the objective that a better choice could save at most within
  /// the same bound on the summed error; none where the strategy proves
  /// nothing.
  std::optional<double> gap;
  std::vector<ScorePair> scores;
  std::vector<ProposerRow> proposers;
  /// In the order in which they were evaluated.
  std::vector<EvaluatedPlan> plans;
  /// Whether no proposer ran out of evaluations.
  bool isComplete = true;

  /// For each plan, whether no other one, nor the dense model, is as good and
  /// better in energy-delay product or quality.
  std::vector<bool> findFront() const;

  /// The sums over the layers that the machine computes.
  CostPair getTotals(std::optional<CostPair> SearchedLayer::*side) const;
};

void printSearchReport(llvm::raw_ostream &os, const SearchReport &report);

/// The same as JSON; what is unknown is null.
llvm::json::Value toJSON(const SearchReport &report);

/// The same as a page, docs/Report.md.
void writeHTML(llvm::raw_ostream &os, const SearchReport &report,
               const Provenance &provenance);

/// Of weights and of activations, from 0 to 1; none where nothing is known.
using OperandShares = std::pair<std::optional<double>, std::optional<double>>;

/// All candidates of a layer: costs beside dense, errors by every model, and
/// why those that were not chosen were not. `chosen` is the position of the one
/// that was; `densities` the shares of non-zeros; `kept` the shares of the
/// magnitude that each candidate keeps.
void printCandidates(llvm::raw_ostream &os, const search::Problem &problem,
                     size_t layer, uint32_t chosen,
                     const OperandShares &densities,
                     llvm::ArrayRef<OperandShares> kept);

/// "2:4+1:8", "2:4 x 1:8" for weights and activations, "- x 1:8" for
/// activations alone; empty if dense.
std::string getSeriesText(const search::Candidate &candidate);

} // namespace tasd::report

#endif // TASD_REPORT_SEARCHREPORT_H
