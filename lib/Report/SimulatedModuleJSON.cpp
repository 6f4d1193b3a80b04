//===- SimulatedModuleJSON.cpp - A module's layers as simulated, in JSON --===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/MachineFacts.h"
#include "tasd/Report/SimulatedModule.h"

using namespace tasd::report;
using namespace tasd::simulator;

static void addTotals(llvm::json::Object &object, llvm::StringRef prefix,
                      const SimulatedTotals &totals) {
  object[(prefix + "cycles").str()] = totals.cycles;
  object[(prefix + "energy_pj").str()] = totals.energyPj;
  object[(prefix + "edp_pj_cycles").str()] = totals.getEdpPjCycles();
}

llvm::json::Object
tasd::report::getTotalsObject(const SimulatedModule &module) {
  llvm::json::Object object{{"machine", module.machine.name},
                            {"energy_profile", module.machine.energyProfile},
                            {"objective", getName(module.objective)}};
  addRoofline(object, getRoofline(module.machine));
  addMachineFacts(object, module.machine);
  addTotals(object, "", module.getTotals());
  if (!module.baseline)
    return object;
  object["baseline"] = module.baseline->name;
  addTotals(object, "dense_", module.getDenseTotals());
  return object;
}

/// What a layer took on one machine.
static void addLayer(llvm::json::Object &object, llvm::StringRef prefix,
                     const SimulatedRow &row, const SimulatedLayer &layer,
                     const tasd::machine::Machine &machine) {
  llvm::json::Object stalls;
  for (size_t cause = 0; cause != kNumStallCauses; ++cause)
    stalls[getName(static_cast<StallCause>(cause))] =
        layer.result.stallCycles[cause];
  SimulatedTotals totals = layer.getTotals();
  addTotals(object, prefix, totals);
  addCostParts(object, prefix, layer.parts, row.macs, totals.cycles,
               layer.numLaunches);
  object[(prefix + "time_ms").str()] = totals.getTimeMs(machine);
  object[(prefix + "busy_cycles").str()] = layer.result.busyCycles;
  object[(prefix + "stall_cycles").str()] = std::move(stalls);
  object[(prefix + "utilization_share").str()] = layer.utilization;
  object[(prefix + "binding_resource").str()] = layer.getBindingResource();
  object[(prefix + "statistics").str()] = toJSON(layer.result.statistics);
}

static void addDense(llvm::json::Object &object, const SimulatedRow &row,
                     const SimulatedModule &module) {
  addLayer(object, "dense_", row, *row.dense, *module.baseline);
  object["speedup"] = row.dense->getTotals().getTimeMs(*module.baseline) /
                      row.planned->getTotals().getTimeMs(module.machine);
}

llvm::json::Object tasd::report::getLayerObject(const SimulatedModule &module,
                                                const SimulatedRow &row) {
  llvm::json::Object object{{"name", llvm::json::fixUTF8(row.name)},
                            {"op", row.op},
                            {"series", nullptr},
                            {"macs", nullptr}};
  if (!row.series.empty())
    object["series"] = row.series;
  if (row.macs)
    object["macs"] = *row.macs;
  if (!row.planned) {
    object["obstacle"] = row.obstacle;
    return object;
  }
  object["launches"] = row.planned->numLaunches;
  addLayer(object, "", row, *row.planned, module.machine);
  if (row.dense)
    addDense(object, row, module);
  return object;
}
