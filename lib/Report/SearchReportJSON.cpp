//===- SearchReportJSON.cpp - Reports of searches for programs ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/SearchReport.h"

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
  return text.empty() ? Value(nullptr) : Value(text.str());
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

static Object getObject(const SearchedLayer &layer) {
  Object object{
      {"name", layer.name},
      {"series", toValue(layer.series)},
      {"kept_weights_share", toValue(layer.keptWeights)},
      {"kept_activations_share", toValue(layer.keptActivations)},
      {"next_best", toValue(layer.nextBest)},
      {"next_best_increase_share",
       layer.nextBest.empty() ? Value(nullptr) : Value(layer.nextBestIncrease)},
      {"reason", toValue(layer.reason)}};
  addCosts(object, "", layer.planned);
  addCosts(object, "dense_", layer.dense);
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

Value tasd::report::toJSON(const SearchReport &report) {
  Object object{{"machine", report.machine},
                {"energy_profile", report.energyProfile},
                {"objective", getName(report.objective)},
                {"dynamic_extent", report.dynamicExtent},
                {"compensated", report.isCompensated},
                {"metric", report.metric},
                {"min_quality_share", report.minQuality},
                {"gap_share", toValue(report.gap)},
                {"plans_evaluated", report.numEvaluated},
                {"complete", report.isComplete},
                {"scores", getArray(report.scores)},
                {"proposers", getArray(report.proposers)},
                {"layers", getArray(report.layers)}};
  addCosts(object, "", report.getTotals(&SearchedLayer::planned));
  addCosts(object, "dense_", report.getTotals(&SearchedLayer::dense));
  return object;
}
