//===- SimulatedModule.h - A module's layers as simulated -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One row for each layer: what its programs took on one machine, beside what
// the dense layer's took, on the same machine or another one.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_REPORT_SIMULATEDMODULE_H
#define TASD_REPORT_SIMULATEDMODULE_H

#include "tasd/Cost/MappingSearch.h"
#include "tasd/Report/CostParts.h"

namespace tasd::report {

/// Of launches, one after the other.
struct SimulatedTotals {
  int64_t cycles = 0;
  double energyPj = 0;

  double getEdpPjCycles() const { return energyPj * cycles; }
  double getTimeMs(const machine::Machine &machine) const {
    return cycles / machine.clockGHz / 1e6;
  }
};

/// What a layer took in one call of the function.
struct SimulatedLayer {
  /// All of them alike; data makes no difference.
  int64_t numLaunches = 1;
  /// Of one launch, or of those of all parts, the energy in pJ, and the share
  /// of the machine's multiply-adds that it used, empty slots of terms
  /// included.
  simulator::Result result;
  double launchEnergyPj = 0;
  double utilization = 0;
  /// Of one launch too.
  CostParts parts;

  /// Adds another launch of the layer, that of a part of it.
  void addPart(const SimulatedLayer &part);

  SimulatedTotals getTotals() const {
    return {numLaunches * result.cycles, numLaunches * launchEnergyPj};
  }
  /// What was at work for the longest time: "MAC", "TASD" or a level.
  std::string getBindingResource() const;
  /// Why the array stood still for the longest time; none if it never did.
  std::optional<simulator::StallCause> getMainStall() const;
};

struct SimulatedRow {
  std::string name;
  /// The op without its dialect.
  std::string op;
  /// As in "2:4+1:8"; empty if dense.
  std::string series;
  /// Multiplications of the dense layer; none where extents are dynamic.
  std::optional<int64_t> macs;
  /// As planned; none if the host computes the layer.
  std::optional<SimulatedLayer> planned;
  /// Dense on the machine it is compared with; none if `planned` is, and where
  /// nothing is compared.
  std::optional<SimulatedLayer> dense;
  /// Why the host computes it, where it does.
  std::string obstacle;
};

struct SimulatedModule {
  machine::Machine machine;
  /// What it is compared with, if with anything.
  std::optional<machine::Machine> baseline;
  /// What mappings minimise that plans do not have.
  cost::Objective objective = cost::Objective::Edp;
  std::vector<SimulatedRow> rows;

  /// Sums over the layers that the machines compute.
  SimulatedTotals getTotals() const;
  SimulatedTotals getDenseTotals() const;
};

/// Writes an aligned table with totals; the layers that the host computes stand
/// below it, and are in no total.
void printSimulatedModule(llvm::raw_ostream &os, const SimulatedModule &module);

/// The names of the machines and of their energies, what the machine is
/// (addRoofline, addMachineFacts), the objective, and the totals: cycles,
/// energy_pj and edp_pj_cycles; of the dense layers after `dense_`.
llvm::json::Object getTotalsObject(const SimulatedModule &module);

/// What a layer is, its totals and their parts (addCostParts), time_ms,
/// speedup, launches, and of one launch busy_cycles, stall_cycles by cause,
/// utilization_share, binding_resource and the tree of statistics; of the dense
/// layer after `dense_`. One that the host computes has an obstacle instead.
llvm::json::Object getLayerObject(const SimulatedModule &module,
                                  const SimulatedRow &row);

} // namespace tasd::report

#endif // TASD_REPORT_SIMULATEDMODULE_H
