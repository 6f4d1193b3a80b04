//===- SweepReport.cpp - Searches beside each other -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/SweepReport.h"

#include "Format.h"

#include "tasd/Report/Table.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::report;
using llvm::StringRef;

std::optional<double> SearchOutcome::getQualityShare(StringRef data) const {
  for (const ScorePair &score : scores)
    if (score.data == data)
      return score.planned / score.dense;
  return std::nullopt;
}

std::optional<double> SearchOutcome::getQualityShare() const {
  std::optional<double> tested = getQualityShare("test");
  return tested ? tested : getQualityShare("calibration");
}

std::optional<double> SweepReport::getEdpLeft(const SweepRow &row) const {
  const SearchOutcome *dense = &row.outcome;
  for (const SweepRow &other : rows)
    if (!other.budget && other.model == row.model)
      dense = &other.outcome;
  if (dense->computed != row.outcome.computed || dense->computed.empty())
    return std::nullopt;
  return row.outcome.planned.getEdpPjCycles() / dense->dense.getEdpPjCycles();
}

/// Whether both can be compared, and `a` is nowhere worse and somewhere better.
static bool isBetter(const SweepReport &report, const SweepRow &a,
                     const SweepRow &b) {
  if (a.model != b.model)
    return false;
  std::optional<double> edp = report.getEdpLeft(a),
                        other = report.getEdpLeft(b);
  std::optional<double> quality = a.outcome.getQualityShare(),
                        otherQuality = b.outcome.getQualityShare();
  if (!edp || !other || !quality || !otherQuality)
    return false;
  return *edp <= *other && *quality >= *otherQuality &&
         (*edp < *other || *quality > *otherQuality);
}

std::vector<bool> SweepReport::findFront() const {
  std::vector<bool> isOnFront;
  for (const SweepRow &row : rows)
    isOnFront.push_back(getEdpLeft(row) &&
                        llvm::none_of(rows, [&](const SweepRow &other) {
                          return isBetter(*this, other, row);
                        }));
  return isOnFront;
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

static std::string formatOptional(std::optional<double> share) {
  return share ? formatShare(*share) : "-";
}

/// Strategy, least quality and most evaluations.
static void addBudget(std::vector<std::string> &cells, const SweepRow &row) {
  if (!row.budget) {
    cells.insert(cells.end(), {"dense", "-", "-"});
    return;
  }
  cells.push_back(row.budget->strategy);
  cells.push_back(formatShare(row.budget->minQuality));
  cells.push_back(std::to_string(row.budget->maxEvaluations));
}

static std::string describePlans(const SearchOutcome &outcome) {
  return std::to_string(outcome.numEvaluated) + (outcome.isComplete ? "" : "+");
}

static std::vector<std::string> getCells(const SweepReport &report,
                                         const SweepRow &row) {
  const SearchOutcome &outcome = row.outcome;
  std::vector<std::string> cells = {row.model, row.machine};
  addBudget(cells, row);
  for (StringRef data : {"calibration", "test"})
    cells.push_back(formatOptional(outcome.getQualityShare(data)));
  cells.push_back(formatCount(outcome.planned.cycles));
  cells.push_back(formatMicrojoules(outcome.planned.energyPj));
  cells.push_back(formatOptional(report.getEdpLeft(row)));
  cells.push_back(formatOptional(outcome.gap));
  cells.push_back(describePlans(outcome));
  return cells;
}

static void printTable(llvm::raw_ostream &os, const SweepReport &report) {
  Table table;
  for (const char *title : {"model", "machine", "strategy"})
    table.addColumn(title, Align::Left);
  for (const char *title : {"min quality", "max plans", "calibration", "test",
                            "cycles", "energy uJ", "EDP left", "gap", "plans"})
    table.addColumn(title, Align::Right);
  for (const SweepRow &row : report.rows)
    table.addRow(getCells(report, row));
  table.print(os);
}

//===----------------------------------------------------------------------===//
// Around it
//===----------------------------------------------------------------------===//

static void printNotes(llvm::raw_ostream &os, const SweepReport &report) {
  os << "\ncalibration, test: quality as a share of the dense model's\n"
     << "EDP left: beside the dense model on "
     << (report.baseline.empty() ? "the same machine" : report.baseline)
     << "\nplans: how many the model was run with; +: more may find a better "
        "one\n";
  for (const SweepRow &row : report.rows)
    if (!report.getEdpLeft(row))
      os << "no EDP left of " << row.task
         << ": the machines compute different layers, or none\n";
}

void tasd::report::printSweepReport(llvm::raw_ostream &os,
                                    const SweepReport &report) {
  printTable(os, report);
  printNotes(os, report);
}
