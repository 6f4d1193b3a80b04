//===- CostParts.cpp - Where a layer's cycles and energy go ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/CostParts.h"

#include "tasd/Search/SeriesList.h"

#include <cmath>

using namespace tasd;
using namespace tasd::report;

static std::optional<double> getOffchipRate(const machine::Machine &machine) {
  double rate = machine.levels.front().readWordsPerCycle;
  if (!std::isfinite(rate))
    return std::nullopt;
  return rate * machine.getNumInstances(0);
}

CostParts tasd::report::getCostParts(const cost::Cost &cost,
                                     const machine::Machine &machine) {
  CostParts parts;
  for (const cost::LevelCost &level : cost.levels)
    parts.energies.push_back({level.name, level.energyPj});
  parts.energies.push_back({"MAC", cost.compute.energyPj});
  if (cost.decompose.blocks > 0)
    parts.energies.push_back({"TASD", cost.decompose.energyPj});
  parts.bindingLevel = cost.bindingLevel;
  if (std::optional<double> rate = getOffchipRate(machine))
    parts.offchipBytes = cost.levels.front().getCycles() * *rate;
  return parts;
}

//===----------------------------------------------------------------------===//
// Roofs
//===----------------------------------------------------------------------===//

/// The roofs of the densest and the sparsest series that leave anything out.
static std::vector<Roof> getSeriesRoofs(const machine::Machine &machine) {
  const double numMacs = machine.array.getNumMacs();
  std::optional<Roof> lowest, highest;
  for (const sparsity::Series &series : search::listSeries(machine)) {
    std::optional<double> density = series.getMaxDensity();
    if (!density || *density >= 1)
      continue;
    Roof roof{series.getText(), numMacs / *density};
    if (!lowest || roof.macsPerCycle < lowest->macsPerCycle)
      lowest = roof;
    if (!highest || roof.macsPerCycle > highest->macsPerCycle)
      highest = roof;
  }
  if (!lowest)
    return {};
  if (lowest->series == highest->series)
    return {*lowest};
  return {*lowest, *highest};
}

Roofline tasd::report::getRoofline(const machine::Machine &machine) {
  Roofline roofline;
  roofline.roofs = getSeriesRoofs(machine);
  roofline.roofs.insert(roofline.roofs.begin(),
                        {"", double(machine.array.getNumMacs())});
  roofline.offchipBytesPerCycle = getOffchipRate(machine);
  return roofline;
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

llvm::json::Value tasd::report::toJSON(llvm::ArrayRef<EnergyPart> energies,
                                       double factor) {
  llvm::json::Array array;
  for (const EnergyPart &part : energies)
    array.push_back(llvm::json::Object{{"name", part.name},
                                       {"energy_pj", part.energyPj * factor}});
  return array;
}

void tasd::report::addRoofline(llvm::json::Object &object,
                               const Roofline &roofline) {
  llvm::json::Array roofs;
  for (const Roof &roof : roofline.roofs)
    roofs.push_back(llvm::json::Object{
        {"series", roof.series.empty() ? "dense" : roof.series},
        {"macs_per_cycle", roof.macsPerCycle}});
  object["roofs"] = std::move(roofs);
  object["offchip_bytes_per_cycle"] = nullptr;
  if (roofline.offchipBytesPerCycle)
    object["offchip_bytes_per_cycle"] = *roofline.offchipBytesPerCycle;
}
