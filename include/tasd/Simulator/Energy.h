//===- Energy.h - What a simulation spends -------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Energy is a listener: it adds up what accesses, multiply-adds and TASD units
// take, by the profile of the machine in use and the formulas of docs/Cost.md.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SIMULATOR_ENERGY_H
#define TASD_SIMULATOR_ENERGY_H

#include "tasd/Simulator/Listener.h"
#include "tasd/Simulator/Program.h"
#include "tasd/Simulator/Statistics.h"

#include <map>

namespace tasd::simulator {

class EnergyMeter : public Listener {
public:
  /// Of one run of `program`; both outlive this object.
  EnergyMeter(const Program &program, const machine::Machine &machine);

  void onTraffic(const Traffic &traffic) override;
  void onMacs(const MacCount &count) override;
  void onDecompose(const DecomposeCount &count) override;

  /// Of a level for an operand, over all instances.
  double getLevelPj(uint32_t level, Operand operand) const;
  double getMacPj() const;
  double getTasdPj() const { return tasdPj; }
  double getTotalPj() const;
  StatisticGroup getStatistics() const;

private:
  const Program &program;
  const machine::Machine &machine;
  std::map<std::pair<uint32_t, Operand>, double> levelPj;
  MacCount macs;
  double tasdPj = 0;
};

/// Whether the machine knows the energy of the program's multiply-adds. Errors
/// name the type.
llvm::Error verifyEnergy(const Program &program,
                         const machine::Machine &machine);

} // namespace tasd::simulator

#endif // TASD_SIMULATOR_ENERGY_H
