//===- CostParts.cpp - Where a layer's cycles and energy go ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/CostParts.h"

#include "tasd/Search/SeriesList.h"

#include "llvm/ADT/STLExtras.h"

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

/// Adds up what moves each way at the outermost level.
static std::pair<double, double>
getOffchipBytes(const simulator::Result &result) {
  double reads = 0, writes = 0;
  for (const simulator::Traffic &traffic : result.traffic)
    if (traffic.level == 0) {
      reads += traffic.reads.getTotal();
      writes += traffic.fills.getTotal() + traffic.updates;
    }
  return {reads, writes};
}

CostParts tasd::report::getCostParts(const simulator::Result &result,
                                     const simulator::EnergyMeter &energy,
                                     const machine::Machine &machine) {
  CostParts parts;
  for (auto [id, level] : llvm::enumerate(machine.levels)) {
    double pj = 0;
    for (machine::Operand operand : cost::kOperands)
      pj += energy.getLevelPj(id, operand);
    parts.energies.push_back({level.name, pj});
  }
  parts.energies.push_back({"MAC", energy.getMacPj()});
  if (energy.getTasdPj() > 0)
    parts.energies.push_back({"TASD", energy.getTasdPj()});
  const machine::MemoryLevel &outermost = machine.levels.front();
  auto [reads, writes] = getOffchipBytes(result);
  if (getOffchipRate(machine))
    parts.offchipBytes = std::max(reads, writes / outermost.writeWordsPerCycle *
                                             outermost.readWordsPerCycle);
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

void tasd::report::addCostParts(llvm::json::Object &object,
                                llvm::StringRef prefix, const CostParts &parts,
                                std::optional<int64_t> macs, int64_t cycles,
                                int64_t numLaunches) {
  llvm::json::Array energies;
  for (const EnergyPart &part : parts.energies)
    energies.push_back(llvm::json::Object{
        {"name", part.name}, {"energy_pj", part.energyPj * numLaunches}});
  object[(prefix + "energy_by_level").str()] = std::move(energies);
  if (macs && cycles > 0)
    object[(prefix + "macs_per_cycle").str()] = double(*macs) / cycles;
  if (macs && parts.offchipBytes.value_or(0) > 0)
    object[(prefix + "macs_per_offchip_byte").str()] =
        *macs / (*parts.offchipBytes * numLaunches);
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
