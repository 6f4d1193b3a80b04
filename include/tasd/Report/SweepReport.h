//===- SweepReport.h - Searches beside each other ---------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The results of a sweep as one comparison, made of the reports of its searches
// in JSON. Nothing in it depends on who ran which search, or when.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_REPORT_SWEEPREPORT_H
#define TASD_REPORT_SWEEPREPORT_H

#include "tasd/Report/SearchReport.h"

namespace tasd::report {

/// What the report of a search says of the whole model.
struct SearchOutcome {
  CostPair planned, dense;
  std::vector<ScorePair> scores;
  int64_t numEvaluated = 0;
  bool isComplete = true;
  std::optional<double> gap;
  /// The layers that the machine computes, whose costs are in the totals.
  std::vector<std::string> computed;

  /// The score on "calibration" or "test" data as a share of the dense model's;
  /// none if there is no such data.
  std::optional<double> getQualityShare(llvm::StringRef data) const;
  /// That on the test data, or else on the calibration data.
  std::optional<double> getQualityShare() const;
};

/// Reads what toJSON wrote.
bool fromJSON(const llvm::json::Value &value, SearchOutcome &outcome,
              llvm::json::Path path);

/// What a strategy was asked for.
struct SweepBudget {
  std::string strategy;
  double minQuality = 0;
  int64_t maxEvaluations = 0;
};

struct SweepRow {
  std::string task, model, machine;
  /// None of a baseline.
  std::optional<SweepBudget> budget;
  /// As toJSON gives it.
  llvm::json::Value report = nullptr;
  SearchOutcome outcome;
};

struct SweepReport {
  /// The machine of the baselines; empty if each machine is its own.
  std::string baseline;
  std::vector<SweepRow> rows;

  /// The energy-delay product as a share of that of the same model, dense, on
  /// the baseline; none if that machine computes other layers.
  std::optional<double> getEdpLeft(const SweepRow &row) const;

  /// For each row, whether no other one of the same model is as good and better
  /// in energy-delay product left or quality.
  std::vector<bool> findFront() const;
};

void printSweepReport(llvm::raw_ostream &os, const SweepReport &report);

/// The same as JSON, with the whole report of each search.
llvm::json::Value toJSON(const SweepReport &report);

/// Writes a page that shows it.
void writeHTML(llvm::raw_ostream &os, const SweepReport &report,
               const Provenance &provenance);

} // namespace tasd::report

#endif // TASD_REPORT_SWEEPREPORT_H
