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

#include "tasd/Search/Problem.h"

#include "llvm/Support/JSON.h"

namespace tasd::report {

struct CostPair {
  int64_t cycles = 0;
  double energyPj = 0;

  double getEdpPjCycles() const { return energyPj * double(cycles); }
};

/// A layer, and what was decided for it.
struct SearchedLayer {
  std::string name;
  /// As getSeriesText gives it.
  std::string series;
  /// Shares of the magnitude that the series keep of the weights, and of the
  /// activations on calibration data.
  std::optional<double> keptWeights, keptActivations;
  /// As planned, and dense; none where the machine does not compute the layer.
  std::optional<CostPair> planned, dense;
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

struct SearchReport {
  std::string machine, energyProfile, metric;
  cost::Objective objective = cost::Objective::Edp;
  int64_t dynamicExtent = 1;
  /// Whether the weights that series keep make up for those they drop.
  bool isCompensated = false;
  /// The least quality, as a share of the dense model's.
  double minQuality = 0;
  std::vector<SearchedLayer> layers;
  /// The share of the objective that a better choice could save at most within
  /// the same bound on the summed error; none where the strategy proves
  /// nothing.
  std::optional<double> gap;
  std::vector<ScorePair> scores;
  std::vector<ProposerRow> proposers;
  int64_t numEvaluated = 0;
  /// Whether no proposer ran out of evaluations.
  bool isComplete = true;

  /// The sums over the layers that the machine computes.
  CostPair getTotals(std::optional<CostPair> SearchedLayer::*side) const;
};

void printSearchReport(llvm::raw_ostream &os, const SearchReport &report);

/// The same as JSON; what is unknown is null.
llvm::json::Value toJSON(const SearchReport &report);

/// All candidates of a layer: costs beside dense, errors by every model, and
/// why those that were not chosen were not. `chosen` is the position of the one
/// that was; `kept` the shares of the magnitude that candidates keep of weights
/// and activations.
using KeptShares = std::pair<std::optional<double>, std::optional<double>>;
void printCandidates(llvm::raw_ostream &os, const search::Problem &problem,
                     size_t layer, uint32_t chosen,
                     llvm::ArrayRef<KeptShares> kept);

/// "2:4+1:8", "2:4 x 1:8" for weights and activations, "- x 1:8" for
/// activations alone; empty if dense.
std::string getSeriesText(const search::Candidate &candidate);

} // namespace tasd::report

#endif // TASD_REPORT_SEARCHREPORT_H
