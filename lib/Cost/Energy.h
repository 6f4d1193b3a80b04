//===- Energy.h - Energies and cycles of counted work --------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What counted words, multiply-adds and blocks take: energies, and the total of
// cycles.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_ENERGY_H
#define TASD_LIB_COST_ENERGY_H

#include "tasd/Cost/Cost.h"

namespace tasd::cost {

/// The energy of what an operand moves at a level, in pJ.
double getEnergy(const OperandTraffic &traffic,
                 const machine::MemoryLevel &memory,
                 const machine::LevelEnergy &energy);

/// The energy of multiply-adds done and skipped, in pJ. Errors: the machine
/// does not multiply the types of `work`.
llvm::Expected<double> getEnergy(const ComputeCost &cost, const Work &work,
                                 const machine::Machine &machine);

/// The energy of TASD units that keep the share `keptShare` of blocks of the
/// series of A, in pJ.
double getEnergy(const DecomposeCost &cost, const Work &work,
                 const machine::Machine &machine, double keptShare);

/// Finds the total cycles of parts that run beside each other.
class Pace {
public:
  /// Whether nothing before was as slow.
  bool add(double cycles) {
    if (cycles <= slowest)
      return false;
    slowest = cycles;
    return true;
  }
  /// A level that does not overlap moves with work takes its writes apart.
  bool add(double readCycles, double writeCycles,
           const machine::MemoryLevel &memory) {
    if (!memory.doubleBuffered)
      apart += writeCycles;
    return add(std::max(readCycles, writeCycles));
  }
  /// Cycles in which nothing else happens.
  void addApart(double cycles) { apart += cycles; }
  /// The slowest part.
  double getSlowest() const { return slowest; }
  /// The slowest part and what is apart, rounded up.
  double getCycles() const;

private:
  double slowest = -1, apart = 0;
};

} // namespace tasd::cost

#endif // TASD_LIB_COST_ENERGY_H
