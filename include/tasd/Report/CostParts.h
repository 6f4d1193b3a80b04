//===- CostParts.h - Where a layer's cycles and energy go -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What reports show of a layer beside its totals, by the cost model or as it
// was simulated, and of the machine that bounds it.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_REPORT_COSTPARTS_H
#define TASD_REPORT_COSTPARTS_H

#include "tasd/Cost/Cost.h"
#include "tasd/Simulator/Energy.h"
#include "tasd/Simulator/Simulator.h"

namespace tasd::report {

/// What a level of memory spends, or "MAC" or "TASD".
struct EnergyPart {
  std::string name;
  double energyPj = 0;
};

struct CostParts {
  /// Levels outermost first, then the units; TASD units only where they work.
  std::vector<EnergyPart> energies;
  /// What sets the pace.
  std::string bindingLevel;
  /// Bytes that the outermost level moves, metadata included: of its two ways,
  /// which move at the same time, the busier one's, times what the rate of
  /// reads is of that way's rate. None where nothing bounds the rates.
  std::optional<double> offchipBytes;
};

CostParts getCostParts(const cost::Cost &cost, const machine::Machine &machine);

/// The same of a program that was simulated, but for what sets the pace.
CostParts getCostParts(const simulator::Result &result,
                       const simulator::EnergyMeter &energy,
                       const machine::Machine &machine);

/// The least time of a layer, by what limits it.
struct Roof {
  /// A series of operand A; empty for dense.
  std::string series;
  /// Multiplications of the dense layer that lanes get through at most.
  double macsPerCycle = 0;
};

struct Roofline {
  /// Dense, then the densest and the sparsest series that the machine runs.
  std::vector<Roof> roofs;
  /// Of reads from the outermost level; none where nothing bounds them.
  std::optional<double> offchipBytesPerCycle;
};

Roofline getRoofline(const machine::Machine &machine);

/// Of a layer that took `cycles`, sets energy_by_level, [{name, energy_pj}],
/// and, where they are known, macs_per_cycle and macs_per_offchip_byte, after
/// `prefix`. The parts are those of one of `numLaunches`.
void addCostParts(llvm::json::Object &object, llvm::StringRef prefix,
                  const CostParts &parts, std::optional<int64_t> macs,
                  int64_t cycles, int64_t numLaunches = 1);
/// Sets roofs, [{series, macs_per_cycle}], and offchip_bytes_per_cycle.
void addRoofline(llvm::json::Object &object, const Roofline &roofline);

} // namespace tasd::report

#endif // TASD_REPORT_COSTPARTS_H
