//===- SearchReportJSON.cpp - Reports of searches for programs ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/MachineFacts.h"
#include "tasd/Report/SearchReport.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace tasd::report;
using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

/// Null where there is none; JSON knows no other way to say so.
static Value toValue(std::optional<double> number) {
  return number && std::isfinite(*number) ? Value(*number) : Value(nullptr);
}
static Value toValue(llvm::StringRef text) {
  return text.empty() ? Value(nullptr) : Value(llvm::json::fixUTF8(text));
}

static void addCosts(Object &object, llvm::StringRef prefix,
                     const std::optional<CostPair> &cost) {
  auto set = [&](llvm::StringRef key, Value value) {
    object[(prefix + key).str()] = std::move(value);
  };
  set("cycles", cost ? Value(cost->cycles) : nullptr);
  set("energy_pj", cost ? Value(cost->energyPj) : nullptr);
  set("edp_pj_cycles", cost ? Value(cost->getEdpPjCycles()) : nullptr);
}

static void addParts(Object &object, llvm::StringRef prefix,
                     const SearchedLayer &layer, const CostPair &cost,
                     const CostParts &parts) {
  object[(prefix + "binding_level").str()] = parts.bindingLevel;
  addCostParts(object, prefix, parts, layer.macs, cost.cycles);
}

static Array getArray(const std::vector<KeptShare> &shares) {
  Array array;
  for (const KeptShare &kept : shares)
    array.push_back(Object{{"name", kept.series.getText()},
                           {"kept_share", toValue(kept.share)}});
  return array;
}

static Object getObject(const SearchedLayer &layer) {
  Object object{
      {"name", llvm::json::fixUTF8(layer.name)},
      {"op", layer.op},
      {"macs", layer.macs ? Value(*layer.macs) : nullptr},
      {"series", toValue(layer.series)},
      {"weight_series", toValue(layer.weightSeries)},
      {"activation_series", toValue(layer.activationSeries)},
      {"weight_candidates", getArray(layer.weightShares)},
      {"activation_candidates", getArray(layer.activationShares)},
      {"kept_weights_share", toValue(layer.keptWeights)},
      {"kept_activations_share", toValue(layer.keptActivations)},
      {"next_best", toValue(layer.nextBest)},
      {"next_best_increase_share",
       layer.nextBest.empty() ? Value(nullptr) : Value(layer.nextBestIncrease)},
      {"reason", toValue(layer.reason)}};
  addCosts(object, "", layer.planned);
  addCosts(object, "dense_", layer.dense);
  if (layer.planned)
    addParts(object, "", layer, *layer.planned, layer.plannedParts);
  if (layer.dense)
    addParts(object, "dense_", layer, *layer.dense, layer.denseParts);
  return object;
}

static Object getObject(const ScorePair &score) {
  return Object{{"data", score.data},
                {"rows", score.numRows},
                {"score", score.planned},
                {"dense_score", score.dense}};
}

static Object getObject(const ProposerRow &row) {
  return Object{{"strategy", row.strategy},
                {"error_model", row.errorModel},
                {"plans_evaluated", row.numEvaluated},
                {"objective_share", toValue(row.objectiveShare)},
                {"quality", toValue(row.quality)}};
}

template <typename T> static Array getArray(const std::vector<T> &elements) {
  Array array;
  for (const T &element : elements)
    array.push_back(getObject(element));
  return array;
}

/// With the names of the proposers, for whoever looks at the plans alone.
static Array getPlans(const SearchReport &report) {
  Array array;
  for (auto [plan, isOnFront] :
       llvm::zip_equal(report.plans, report.findFront())) {
    const ProposerRow &proposer = report.proposers[plan.proposer];
    Object object{{"strategy", proposer.strategy},
                  {"error_model", proposer.errorModel},
                  {"quality", toValue(plan.quality)},
                  {"chosen", plan.isChosen},
                  {"on_front", bool(isOnFront)}};
    addCosts(object, "", plan.cost);
    array.push_back(std::move(object));
  }
  return array;
}

Value tasd::report::toJSON(const SearchReport &report) {
  Object object{{"module", llvm::json::fixUTF8(report.module)},
                {"machine", report.machine.name},
                {"energy_profile", report.machine.energyProfile},
                {"objective", getName(report.objective)},
                {"dynamic_extent", report.dynamicExtent},
                {"compensated", report.isCompensated},
                {"pruned_by_scores", toValue(report.pruningScores)},
                {"metric", report.metric},
                {"min_quality_share", report.minQuality},
                {"gap_share", toValue(report.gap)},
                {"plans_evaluated", int64_t(report.plans.size())},
                {"plans", getPlans(report)},
                {"complete", report.isComplete},
                {"scores", getArray(report.scores)},
                {"proposers", getArray(report.proposers)},
                {"layers", getArray(report.layers)}};
  if (!report.scores.empty()) {
    double dense = report.scores.front().dense;
    object["dense_quality"] = toValue(dense);
    object["least_quality"] = toValue(report.minQuality * dense);
  }
  addRoofline(object, getRoofline(report.machine));
  addMachineFacts(object, report.machine);
  addCosts(object, "", report.getTotals(&SearchedLayer::planned));
  addCosts(object, "dense_", report.getTotals(&SearchedLayer::dense));
  return object;
}
