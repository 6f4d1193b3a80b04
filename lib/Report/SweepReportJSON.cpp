//===- SweepReportJSON.cpp - Comparisons for programs
//----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/SweepReport.h"

using namespace tasd::report;
using llvm::json::Object;
using llvm::json::ObjectMapper;
using llvm::json::Path;
using llvm::json::Value;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

namespace tasd::report {

static bool fromJSON(const Value &value, ScorePair &score, Path path) {
  ObjectMapper mapper(value, path);
  return mapper && mapper.map("data", score.data) &&
         mapper.map("rows", score.numRows) &&
         mapper.map("score", score.planned) &&
         mapper.map("dense_score", score.dense);
}

namespace {
/// Whether the machine computes a layer.
struct LayerRow {
  std::string name;
  std::optional<int64_t> denseCycles;
};

bool fromJSON(const Value &value, LayerRow &layer, Path path) {
  ObjectMapper mapper(value, path);
  return mapper && mapper.map("name", layer.name) &&
         mapper.map("dense_cycles", layer.denseCycles);
}
} // namespace

bool fromJSON(const Value &value, SearchOutcome &outcome, Path path) {
  std::vector<LayerRow> layers;
  ObjectMapper mapper(value, path);
  if (!mapper || !mapper.map("cycles", outcome.planned.cycles) ||
      !mapper.map("energy_pj", outcome.planned.energyPj) ||
      !mapper.map("dense_cycles", outcome.dense.cycles) ||
      !mapper.map("dense_energy_pj", outcome.dense.energyPj) ||
      !mapper.map("scores", outcome.scores) ||
      !mapper.map("plans_evaluated", outcome.numEvaluated) ||
      !mapper.map("complete", outcome.isComplete) ||
      !mapper.map("gap_share", outcome.gap) || !mapper.map("layers", layers))
    return false;
  for (LayerRow &layer : layers)
    if (layer.denseCycles)
      outcome.computed.push_back(std::move(layer.name));
  return true;
}

} // namespace tasd::report

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

static Value getBudget(const SweepRow &row) {
  if (!row.budget)
    return nullptr;
  return Object{{"strategy", row.budget->strategy},
                {"min_quality_share", row.budget->minQuality},
                {"max_evaluations", row.budget->maxEvaluations}};
}

Value tasd::report::toJSON(const SweepReport &report) {
  llvm::json::Array tasks;
  for (const SweepRow &row : report.rows)
    tasks.push_back(Object{{"task", row.task},
                           {"model", row.model},
                           {"machine", row.machine},
                           {"budget", getBudget(row)},
                           {"edp_left_share", report.getEdpLeft(row)},
                           {"report", row.report}});
  return Object{{"baseline", report.baseline.empty() ? Value(nullptr)
                                                     : Value(report.baseline)},
                {"tasks", std::move(tasks)}};
}
