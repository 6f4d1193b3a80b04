//===- SweepReportJSON.cpp - Comparisons for programs and browsers --------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/SweepReport.h"

#include "llvm/ADT/SetVector.h"

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

static void addBudget(Object &object,
                      const std::optional<SweepBudget> &budget) {
  object["strategy"] = budget ? Value(budget->strategy) : nullptr;
  object["min_quality_share"] = budget ? Value(budget->minQuality) : nullptr;
  object["max_evaluations"] = budget ? Value(budget->maxEvaluations) : nullptr;
}

/// What the table has of a row.
static Object getObject(const SweepReport &report, const SweepRow &row,
                        bool isOnFront) {
  const SearchOutcome &outcome = row.outcome;
  Object object{
      {"task", row.task},
      {"model", row.model},
      {"machine", row.machine},
      {"calibration_quality_share", outcome.getQualityShare("calibration")},
      {"test_quality_share", outcome.getQualityShare("test")},
      {"quality_share", outcome.getQualityShare()},
      {"cycles", outcome.planned.cycles},
      {"energy_pj", outcome.planned.energyPj},
      {"edp_pj_cycles", outcome.planned.getEdpPjCycles()},
      {"edp_left_share", report.getEdpLeft(row)},
      {"gap_share", outcome.gap},
      {"plans_evaluated", outcome.numEvaluated},
      {"complete", outcome.isComplete},
      {"on_front", isOnFront}};
  addBudget(object, row.budget);
  return object;
}

static Value getBaseline(const SweepReport &report) {
  return report.baseline.empty() ? Value(nullptr) : Value(report.baseline);
}

Value tasd::report::toJSON(const SweepReport &report) {
  llvm::json::Array tasks;
  for (auto [row, isOnFront] :
       llvm::zip_equal(report.rows, report.findFront())) {
    Object task = getObject(report, row, isOnFront);
    task["report"] = row.report;
    tasks.push_back(std::move(task));
  }
  return Object{{"baseline", getBaseline(report)}, {"tasks", std::move(tasks)}};
}

//===----------------------------------------------------------------------===//
// The page
//===----------------------------------------------------------------------===//

/// The key of the rows of a model.
static std::string getModelKey(llvm::StringRef model) {
  return ("tasks of " + model).str();
}

/// The rows without the reports of the searches, all and by model.
static Object getPageData(const SweepReport &report) {
  Object data{{"baseline", getBaseline(report)}};
  auto add = [&](llvm::StringRef key, Object row) {
    auto [entry, isNew] = data.try_emplace(key.str(), llvm::json::Array());
    entry->second.getAsArray()->push_back(std::move(row));
  };
  for (auto [row, isOnFront] :
       llvm::zip_equal(report.rows, report.findFront())) {
    Object object = getObject(report, row, isOnFront);
    object["label"] = row.budget ? row.budget->strategy : "dense";
    add(getModelKey(row.model), object);
    add("tasks", std::move(object));
  }
  return data;
}

/// A section of points for one model.
static Value getModelSection(const Value &described, llvm::StringRef model) {
  Object section = *described.getAsObject();
  section["title"] =
      (section.getString("title").value_or("") + ": " + model).str();
  for (Value &points : *section.getArray("points"))
    (*points.getAsObject())["rows"] = getModelKey(model);
  return section;
}

/// Points are compared within a model, so that each has a section of them.
static Value getPageSections(const SweepReport &report) {
  llvm::SetVector<llvm::StringRef> models;
  for (const SweepRow &row : report.rows)
    models.insert(row.model);
  const Value described = getSections("sweep");
  llvm::json::Array sections;
  for (const Value &section : *described.getAsArray()) {
    if (section.getAsObject()->getString("kind") != "scatter") {
      sections.push_back(section);
      continue;
    }
    for (llvm::StringRef model : models)
      sections.push_back(getModelSection(section, model));
  }
  return sections;
}

void tasd::report::writeHTML(llvm::raw_ostream &os, const SweepReport &report,
                             const Provenance &provenance) {
  writeHTMLPage(
      os, {"Sweep", provenance, getPageData(report), getPageSections(report)});
}
