//===- ComparisonJSON.cpp - The comparison as JSON ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComparisonReport.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

using namespace tasd::published;
using llvm::json::Array;
using llvm::json::Object;

static llvm::StringRef getName(Distribution distribution) {
  switch (distribution) {
  case Distribution::Normal:
    return "normal";
  case Distribution::Magnitudes:
    return "magnitudes";
  case Distribution::Relu:
    return "relu";
  case Distribution::Gelu:
    return "gelu";
  case Distribution::Softmax:
    return "softmax";
  }
  llvm_unreachable("all distributions handled");
}

static llvm::StringRef getName(Side side) {
  switch (side) {
  case Side::None:
    return "none";
  case Side::Weights:
    return "weights";
  case Side::Activations:
    return "activations";
  }
  llvm_unreachable("all sides handled");
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

static Object toObject(const NetworkLayer &layer) {
  Object object{{"name", layer.name},
                {"count", layer.count},
                {"m", layer.work.extents.m},
                {"n", layer.work.extents.n},
                {"k", layer.work.extents.k},
                {"products", layer.work.numProducts},
                {"activations", getName(layer.activations)},
                {"activation_density_share", layer.activationDensity},
                {"pruned_density_share", nullptr}};
  if (layer.prunedDensity)
    object["pruned_density_share"] = *layer.prunedDensity;
  return object;
}

static Object toObject(const Network &network) {
  Array layers;
  for (const NetworkLayer &layer : network.layers)
    layers.push_back(toObject(layer));
  return Object{{"name", network.name},
                {"pruned_density_source", network.prunedDensitySource},
                {"activation_source", network.activationSource},
                {"layers", std::move(layers)}};
}

static Object toObject(const Setting &setting) {
  Object reluDensities;
  for (const ReluDensity &replaced : setting.reluDensities)
    reluDensities[replaced.network] = replaced.density;
  return Object{
      {"name", setting.name},
      {"max_dropped_magnitude_share", setting.maxDropped},
      {"on_average", setting.isOnAverage},
      {"strategy", setting.strategy},
      {"equal_scales", setting.weights.hasEqualScales},
      {"row_spread", setting.weights.rowSpread},
      {"activation_density_factor", setting.activations.densityFactor},
      {"uneven_rows", setting.activations.hasUnevenRows},
      {"relu_density_shares", std::move(reluDensities)},
      {"buffer_rate_factor", setting.bufferRateFactor},
      {"bills_outer_metadata", setting.billsOuterMetadata},
      {"batch", setting.batch}};
}

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

/// What one of the equal layers costs, by level.
static Object toObject(const LayerRun &run) {
  const tasd::cost::Cost &cost = run.run.mapped.cost;
  Object energies;
  for (const tasd::cost::LevelCost &level : cost.levels)
    energies[level.name] = level.energyPj;
  energies["MAC"] = cost.compute.energyPj;
  energies["TASD"] = cost.decompose.energyPj;
  return Object{
      {"side", getName(run.side)},
      {"series", run.series.getText()},
      {"dropped_magnitude_share", run.metrics.getDroppedMagnitudeShare()},
      {"cycles", cost.cycles},
      {"binding_level", cost.bindingLevel},
      {"energy_pj", cost.energyPj},
      {"energy_by_level_pj", std::move(energies)}};
}

static Object toObject(const MachineResult &result,
                       const VariantResult &variant, bool hasLayers) {
  const MachineResult &baseline = variant.machines.front();
  Object object{
      {"machine", result.machine},
      {"sides", getName(result.sides)},
      {"cycles", result.cycles},
      {"energy_pj", result.energyPj},
      {"energy_share", result.energyPj / baseline.energyPj},
      {"delay_share", static_cast<double>(result.cycles) / baseline.cycles},
      {"edp_share", result.getEdp() / baseline.getEdp()}};
  if (!hasLayers)
    return object;
  Array layers;
  for (const LayerRun &run : result.layers)
    layers.push_back(toObject(run));
  object["layers"] = std::move(layers);
  return object;
}

static Object toObject(const VariantResult &variant, bool hasLayers) {
  Array machines, densities;
  for (const MachineResult &result : variant.machines)
    machines.push_back(toObject(result, variant, hasLayers));
  for (const LayerOperands &operands : variant.operands)
    densities.push_back(
        Object{{"weights_share", operands.weightDensity},
               {"activations_share", operands.activationDensity}});
  return Object{{"network", variant.network->name},
                {"sparsity_share", variant.sparsity},
                {"density_share", variant.density},
                {"densities", std::move(densities)},
                {"machines", std::move(machines)}};
}

static Object toObject(const Summary &summary) {
  return Object{{"machine", summary.machine},
                {"sides", getName(summary.sides)},
                {"best_share", summary.best},
                {"mean_share", summary.mean},
                {"pruned_mean_share", summary.prunedMean},
                {"sparsest_mean_share", summary.sparsestMean}};
}

static Object toObject(const SettingResults &results, bool hasLayers) {
  Array variants, summaries;
  for (const VariantResult &variant : results.variants)
    variants.push_back(toObject(variant, hasLayers));
  for (const Summary &summary : summarize(results.variants))
    summaries.push_back(toObject(summary));
  Object object = toObject(results.setting);
  object["variants"] = std::move(variants);
  object["summaries"] = std::move(summaries);
  return object;
}

void tasd::published::printJson(const Study &study,
                                llvm::ArrayRef<SettingResults> results,
                                llvm::raw_ostream &os) {
  Array networks, settings;
  for (const Network &network : study.networks)
    networks.push_back(toObject(network));
  for (auto [index, result] : llvm::enumerate(results))
    settings.push_back(toObject(result, /*hasLayers=*/index == 0));
  Object object{{"baseline", study.machines.front().label},
                {"published_best_share", study.publishedBest},
                {"published_mean_share", study.publishedMean},
                {"networks", std::move(networks)},
                {"settings", std::move(settings)}};
  os << llvm::formatv("{0:2}", llvm::json::Value(std::move(object))) << "\n";
}
