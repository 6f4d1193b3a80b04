//===- RunStats.cpp - What a run is beside the dense run ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/RunStats.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

#include <cmath>
#include <limits>
#include <map>

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

void RunStats::dropBaseline() {
  denseTimeMs = kUnknown;
  dropErrors();
}

void RunStats::dropErrors() {
  error.maxAbsError = error.relativeError = kUnknown;
}

double RunStats::getSpeedup() const { return denseTimeMs / timeMs; }

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// The table of the layers, and why planned ones were not measured.
static void printLayers(raw_ostream &os, ArrayRef<LayerResult> layers) {
  std::vector<report::LayerRow> rows;
  for (const LayerResult &layer : layers)
    rows.push_back(layer.row);
  report::printPlanTable(os, rows);
  for (const LayerResult &layer : layers)
    if (!layer.reason.empty() && !layer.row.series.empty())
      os << "layer '" << layer.row.name
         << "': output error not measured: " << layer.reason << "\n";
  os << "\n";
}

/// How much of the bound each layer's rounding takes.
static void printRounding(raw_ostream &os, ArrayRef<LayerRounding> layers) {
  for (const LayerRounding &layer : layers)
    if (layer.shareOfBound)
      os << format("%6.2f %%", 100 * *layer.shareOfBound)
         << " of the bound on rounding, " << layer.numProducts
         << " products: layer '" << layer.name << "'\n";
    else
      os << "layer '" << layer.name
         << "': rounding not measured: " << layer.reason << "\n";
  os << "\n";
}

static void printAccuracy(raw_ostream &os, StringRef title,
                          const Accuracy &accuracy) {
  os << left_justify(title, 16) << accuracy.numCorrect << " of "
     << accuracy.numTotal << format(" (%.2f %%)", 100 * accuracy.getShare())
     << "\n";
}

static void printErrors(raw_ostream &os, const ErrorStats &error) {
  os << "max abs error   " << format("%.6g", error.maxAbsError) << "\n"
     << "relative error  " << format("%.6g", error.relativeError) << "\n";
  if (error.numNonFiniteMismatches > 0)
    os << "non-finite mismatches " << error.numNonFiniteMismatches << "\n";
}

void RunStats::printText(raw_ostream &os) const {
  if (layers)
    printLayers(os, *layers);
  if (rounding)
    printRounding(os, *rounding);
  if (accelerator) {
    report::printSimulatedModule(os, *accelerator);
    os << "\n";
  }
  if (accuracy)
    printAccuracy(os, "accuracy", *accuracy);
  if (denseAccuracy)
    printAccuracy(os, "dense accuracy", *denseAccuracy);
  os << "time            " << format("%.4g ms", timeMs) << "\n";
  if (std::isnan(denseTimeMs))
    return;
  os << "dense time      " << format("%.4g ms", denseTimeMs) << "\n"
     << "speedup         " << format("%.2f", getSpeedup()) << "\n";
  if (!std::isnan(error.maxAbsError))
    printErrors(os, error);
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

/// JSON has no word for Inf and NaN.
static json::Value toJSON(double value) {
  return std::isfinite(value) ? json::Value(value) : json::Value(nullptr);
}

static json::Value toJSON(const Accuracy &accuracy) {
  return json::Object{{"num_correct", accuracy.numCorrect},
                      {"num_total", accuracy.numTotal},
                      {"share", accuracy.getShare()}};
}

static json::Value toJSON(const LayerRounding &layer) {
  return json::Object{
      {"name", layer.name},
      {"products", layer.numProducts},
      {"share_of_bound",
       layer.shareOfBound ? toJSON(*layer.shareOfBound) : nullptr},
      {"reason", layer.reason.empty() ? json::Value(nullptr)
                                      : json::Value(layer.reason)}};
}

static json::Object toJSON(const LayerResult &layer) {
  json::Value rows = report::toJSON(layer.row);
  json::Object object = std::move(*rows.getAsArray()->front().getAsObject());
  object["output_error_reason"] =
      layer.reason.empty() ? json::Value(nullptr) : json::Value(layer.reason);
  return object;
}

/// The layers as those of both tables, which have the same in the same order.
static std::vector<json::Object>
getLayerObjects(const std::optional<std::vector<LayerResult>> &layers,
                const std::optional<report::SimulatedModule> &accelerator) {
  std::vector<json::Object> objects;
  if (accelerator)
    for (const report::SimulatedRow &row : accelerator->rows)
      objects.push_back(report::getLayerObject(*accelerator, row));
  if (!layers)
    return objects;
  objects.resize(layers->size());
  for (auto [object, layer] : llvm::zip_equal(objects, *layers))
    for (auto &[key, value] : toJSON(layer))
      object[key] = std::move(value);
  return objects;
}

/// Writes the attributes in the order of their keys.
static void writeAttributes(json::OStream &json, json::Object object) {
  std::map<std::string, json::Value> sorted;
  for (auto &[key, value] : object)
    sorted.emplace(key.str(), std::move(value));
  for (const auto &[key, value] : sorted)
    json.attribute(key, value);
}

void RunStats::printJSON(raw_ostream &os) const {
  json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("time_ms", toJSON(timeMs));
    json.attribute("dense_time_ms", toJSON(denseTimeMs));
    json.attribute("speedup", toJSON(getSpeedup()));
    json.attribute("max_abs_error", toJSON(error.maxAbsError));
    json.attribute("rel_error", toJSON(error.relativeError));
    json.attribute("non_finite_mismatches", error.numNonFiniteMismatches);
    if (accuracy)
      json.attribute("accuracy", toJSON(*accuracy));
    if (denseAccuracy)
      json.attribute("dense_accuracy", toJSON(*denseAccuracy));
    if (accelerator)
      writeAttributes(json, report::getTotalsObject(*accelerator));
    if (layers || accelerator)
      json.attributeArray("layers", [&] {
        for (json::Object &layer : getLayerObjects(layers, accelerator))
          json.value(std::move(layer));
      });
    if (rounding)
      json.attributeArray("rounding", [&] {
        for (const LayerRounding &layer : *rounding)
          json.value(toJSON(layer));
      });
  });
  os << "\n";
}

//===----------------------------------------------------------------------===//
// Page
//===----------------------------------------------------------------------===//

void RunStats::printHTML(raw_ostream &os, StringRef title,
                         const report::Provenance &provenance) const {
  std::string text;
  raw_string_ostream json(text);
  printJSON(json);
  report::writeHTMLPage(os,
                        {title.str(), provenance, cantFail(json::parse(text)),
                         report::getSections("tasd-run")});
}
