//===- SearchReport.cpp - What a search of plans found, and why -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/SearchReport.h"

#include "tasd/Report/Table.h"

#include "Format.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace tasd::report;
using llvm::formatv;

CostPair
SearchReport::getTotals(std::optional<CostPair> SearchedLayer::*side) const {
  CostPair totals;
  for (const SearchedLayer &layer : layers)
    if (const std::optional<CostPair> &cost = layer.*side) {
      totals.cycles += cost->cycles;
      totals.energyPj += cost->energyPj;
    }
  return totals;
}

std::vector<bool> SearchReport::findFront() const {
  std::vector<EvaluatedPlan> all = plans;
  if (!scores.empty())
    all.push_back({0, scores.front().dense, getTotals(&SearchedLayer::dense)});
  auto beats = [](const EvaluatedPlan &a, const EvaluatedPlan &b) {
    double edp = a.cost.getEdpPjCycles(), other = b.cost.getEdpPjCycles();
    return edp <= other && a.quality >= b.quality &&
           (edp < other || a.quality > b.quality);
  };
  std::vector<bool> isOnFront;
  for (const EvaluatedPlan &plan : plans)
    isOnFront.push_back(
        llvm::none_of(all, [&](auto &other) { return beats(other, plan); }));
  return isOnFront;
}

std::string tasd::report::getSeriesText(const search::Candidate &candidate) {
  auto [weights, activations] = candidate.getSeriesTexts();
  if (activations.empty())
    return weights;
  return (weights.empty() ? "-" : weights) + " x " + activations;
}

//===----------------------------------------------------------------------===//
// Cells
//===----------------------------------------------------------------------===//

/// "-" where there is nothing to have a share of.
static std::string getPercent(double share) {
  return std::isfinite(share) ? formatv("{0:f2} %", share * 100).str() : "-";
}

static std::string getNextBest(const SearchedLayer &layer) {
  if (layer.nextBest.empty())
    return "-";
  return formatv("{0} ({1}{2})", layer.nextBest,
                 layer.nextBestIncrease < 0 ? "" : "+",
                 getPercent(layer.nextBestIncrease))
      .str();
}

static void addCosts(std::vector<std::string> &cells, const CostPair &planned,
                     const CostPair &dense) {
  cells.push_back(formatv("{0:n}", planned.cycles).str());
  cells.push_back(formatv("{0:n}", dense.cycles).str());
  cells.push_back(formatv("{0:f3}", planned.energyPj / 1e6).str());
  cells.push_back(formatv("{0:f3}", dense.energyPj / 1e6).str());
  cells.push_back(
      getPercent(planned.getEdpPjCycles() / dense.getEdpPjCycles()));
}

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

static void printLayers(llvm::raw_ostream &os, const SearchReport &report) {
  Table table;
  for (const char *title : {"layer", "series"})
    table.addColumn(title, Align::Left);
  for (const char *title : {"kept magnitude", "cycles", "dense cycles",
                            "energy uJ", "dense uJ", "EDP left"})
    table.addColumn(title, Align::Right);
  table.addColumn("next best", Align::Left);
  for (const SearchedLayer &layer : report.layers) {
    if (!layer.planned)
      continue;
    std::vector<std::string> cells = {
        layer.name, layer.series.empty() ? "-" : layer.series,
        formatKept(layer.keptWeights, layer.keptActivations)};
    addCosts(cells, *layer.planned, *layer.dense);
    cells.push_back(getNextBest(layer));
    table.addRow(std::move(cells));
  }
  std::vector<std::string> cells = {"total", "", ""};
  addCosts(cells, report.getTotals(&SearchedLayer::planned),
           report.getTotals(&SearchedLayer::dense));
  cells.push_back("");
  table.addRow(std::move(cells));
  table.print(os);
}

static void printReasons(llvm::raw_ostream &os, const SearchReport &report) {
  for (const SearchedLayer &layer : report.layers) {
    if (!layer.planned)
      os << formatv("not computed by the machine, and in no total: {0}: {1}\n",
                    layer.name, layer.reason);
    else if (layer.series.empty() && !layer.reason.empty())
      os << formatv("dense: {0}: {1}\n", layer.name, layer.reason);
  }
}

static void printProposers(llvm::raw_ostream &os, const SearchReport &report) {
  Table table;
  for (const char *title : {"proposer", "error model"})
    table.addColumn(title, Align::Left);
  for (const char *title : {"plans", "best", "quality"})
    table.addColumn(title, Align::Right);
  for (const ProposerRow &row : report.proposers)
    table.addRow({row.strategy, row.errorModel,
                  std::to_string(row.numEvaluated),
                  row.objectiveShare ? getPercent(*row.objectiveShare) : "-",
                  row.quality ? formatv("{0:f4}", *row.quality).str() : "-"});
  table.print(os);
  os << formatv("\n{0} plans evaluated{1}\n", report.plans.size(),
                report.isComplete ? ""
                                  : "; more evaluations may find a better one");
  if (report.gap)
    os << formatv("gap {0}: what a better choice could save at most within the "
                  "same sum of errors\n",
                  getPercent(*report.gap));
}

static void printScores(llvm::raw_ostream &os, const SearchReport &report) {
  for (const ScorePair &score : report.scores)
    os << formatv("{0} on {1} data, {2} rows: {3:f4}, dense {4:f4} ({5} of "
                  "it)\n",
                  report.metric, score.data, score.numRows, score.planned,
                  score.dense, getPercent(score.planned / score.dense));
}

/// What was done to weights, behind a comma.
static std::string getWeightsText(const SearchReport &report) {
  if (report.isCompensated)
    return ", weights compensated";
  return report.pruningScores.empty()
             ? ""
             : ", pruned by scores of " + report.pruningScores;
}

void tasd::report::printSearchReport(llvm::raw_ostream &os,
                                     const SearchReport &report) {
  os << formatv("least {0} on {1} that keeps {2} of the dense {3}; energies of "
                "{4}, dynamic extents of {5}{6}\n\n",
                getName(report.objective), report.machine.name,
                getPercent(report.minQuality), report.metric,
                report.machine.energyProfile, report.dynamicExtent,
                getWeightsText(report));
  printLayers(os, report);
  os << "\n";
  printReasons(os, report);
  os << "\n";
  printProposers(os, report);
  os << "\n";
  printScores(os, report);
}

//===----------------------------------------------------------------------===//
// Page
//===----------------------------------------------------------------------===//

void tasd::report::writeHTML(llvm::raw_ostream &os, const SearchReport &report,
                             const Provenance &provenance) {
  std::string title = report.module + " on " + report.machine.name;
  writeHTMLPage(os, {title, provenance, toJSON(report), getSections("tasder")});
}
