//===- Energy.cpp - Energies and cycles of counted work -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Energy.h"

#include <cmath>

using namespace tasd::cost;
using namespace tasd::machine;

/// A line's energy is shared by its words, and a metadata access' by its bits.
double tasd::cost::getEnergy(const OperandTraffic &traffic,
                             const MemoryLevel &memory,
                             const LevelEnergy &energy) {
  double words = traffic.reads * energy.readPj +
                 (traffic.fills + traffic.updates) * energy.writePj;
  double pj = words / memory.lineWords;
  if (memory.metadata.widthBits)
    pj += (traffic.metadataReadBits * energy.metadataReadPj +
           traffic.metadataFillBits * energy.metadataWritePj) /
          memory.metadata.widthBits;
  return pj;
}

/// A multiply-add has the type of the wider input.
llvm::Expected<double> tasd::cost::getEnergy(const ComputeCost &cost,
                                             const Work &work,
                                             const Machine &machine) {
  Operand wider =
      work.getElementWords(Operand::B) > work.getElementWords(Operand::A)
          ? Operand::B
          : Operand::A;
  const MacEnergy *energy = machine.getMacEnergy(work.getType(wider));
  if (!energy)
    return llvm::createStringError("expected a type that machine " +
                                   machine.name + " multiplies but got " +
                                   work.getType(wider));
  return cost.macs * energy->energyPj +
         cost.macsSkipped * machine.getEnergy().skippedMacPj;
}

double tasd::cost::getEnergy(const DecomposeCost &cost, const Work &work,
                             const Machine &machine, double keptShare) {
  double kept =
      cost.blocks * work.a.series.getBlockSize().value_or(0) * keptShare;
  const TasdEnergy &energy = machine.getEnergy().tasd;
  return (cost.blocks * energy.blockPj + kept * energy.keptPj) *
         work.getElementWords(Operand::A);
}

double Pace::getCycles() const {
  // Sums of fractions may end a hair above a whole number.
  return std::ceil((slowest + apart) * (1 - 1e-12));
}
