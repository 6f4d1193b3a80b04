//===- Cost.cpp - What a layer costs on a machine -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/Cost.h"

#include "Traffic.h"

#include <cmath>

using namespace tasd::cost;
using namespace tasd::machine;

double LevelCost::getWords() const {
  double words = 0;
  for (const OperandTraffic &traffic : operands)
    words += traffic.reads + traffic.fills + traffic.updates +
             traffic.getMetadataBits() / 8;
  return words;
}

/// Up to here every number of cycles is exact in a double, and in JSON.
static constexpr double kMaxCycles = int64_t(1) << 53;

/// A line's energy is shared by its words, and a metadata access' by its bits.
static double getEnergy(const OperandTraffic &traffic,
                        const MemoryLevel &memory, const LevelEnergy &energy) {
  double words = traffic.reads * energy.readPj +
                 (traffic.fills + traffic.updates) * energy.writePj;
  double pj = words / memory.lineWords;
  if (memory.metadata.widthBits)
    pj += (traffic.metadataReadBits * energy.metadataReadPj +
           traffic.metadataFillBits * energy.metadataWritePj) /
          memory.metadata.widthBits;
  return pj;
}

static void addEnergies(std::vector<LevelCost> &levels,
                        const Machine &machine) {
  for (auto [cost, memory, energy] :
       llvm::zip(levels, machine.levels, machine.getEnergy().levels))
    for (OperandTraffic &traffic : cost.operands) {
      traffic.energyPj = getEnergy(traffic, memory, energy);
      cost.energyPj += traffic.energyPj;
    }
}

/// A multiply-add has the type of the wider input.
static llvm::Error addEnergy(ComputeCost &cost, const Work &work,
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
  cost.energyPj = cost.macs * energy->energyPj +
                  cost.macsSkipped * machine.getEnergy().skippedMacPj;
  return llvm::Error::success();
}

static void addEnergy(DecomposeCost &cost, const Work &work,
                      const Machine &machine, double keptShare) {
  double kept =
      cost.blocks * work.a.series.getBlockSize().value_or(0) * keptShare;
  const TasdEnergy &energy = machine.getEnergy().tasd;
  cost.energyPj = (cost.blocks * energy.blockPj + kept * energy.keptPj) *
                  work.getElementWords(Operand::A);
}

/// The slowest part of a product sets the pace; where a level does not overlap
/// moves with work, its writes come on top.
static llvm::Error setCycles(Cost &cost, const Machine &machine,
                             double numProducts) {
  double slowest = cost.compute.cycles;
  double apart = 0;
  cost.bindingLevel = "MAC";
  auto consider = [&](double cycles, llvm::StringRef name) {
    if (cycles <= slowest)
      return;
    slowest = cycles;
    cost.bindingLevel = name.str();
  };
  consider(cost.decompose.cycles, "TASD");
  for (auto [level, memory] : llvm::zip(cost.levels, machine.levels)) {
    consider(level.getCycles(), level.name);
    if (!memory.doubleBuffered)
      apart += level.writeCycles;
  }
  // Sums of fractions may end a hair above a whole number.
  double cycles = std::ceil((slowest + apart) * (1 - 1e-12)) * numProducts;
  if (!(cycles < kMaxCycles))
    return llvm::createStringError("expected at most 2^53 cycles but got more");
  cost.cycles = cycles;
  return llvm::Error::success();
}

static double sumEnergies(const Cost &cost) {
  double sum = cost.compute.energyPj + cost.decompose.energyPj;
  for (const LevelCost &level : cost.levels)
    sum += level.energyPj;
  return sum;
}

/// Multiplies what one product takes, energies and totals aside.
static void multiply(Cost &cost, double count) {
  llvm::SmallVector<double *, 32> parts = {
      &cost.compute.macs,        &cost.compute.macsSkipped,
      &cost.compute.idealCycles, &cost.compute.cycles,
      &cost.decompose.blocks,    &cost.decompose.cycles};
  for (LevelCost &level : cost.levels) {
    parts.append({&level.readCycles, &level.writeCycles});
    for (OperandTraffic &traffic : level.operands)
      parts.append({&traffic.reads, &traffic.fills, &traffic.updates,
                    &traffic.metadataReadBits, &traffic.metadataFillBits});
  }
  for (double *part : parts)
    *part *= count;
}

llvm::Expected<Cost> tasd::cost::computeCost(const Work &work,
                                             const Mapping &mapping,
                                             const Machine &machine) {
  if (llvm::Error error = verifyMapping(work, mapping, machine))
    return std::move(error);
  Flow flow(work, mapping, machine);
  Cost cost;
  cost.levels = flow.countTraffic();
  cost.compute = flow.countCompute();
  cost.decompose = flow.countDecompose();
  if (llvm::Error error = setCycles(cost, machine, work.numProducts))
    return std::move(error);
  multiply(cost, work.numProducts);
  addEnergies(cost.levels, machine);
  if (llvm::Error error = addEnergy(cost.compute, work, machine))
    return std::move(error);
  addEnergy(cost.decompose, work, machine, flow.getKeptShare());
  cost.energyPj = sumEnergies(cost);
  return cost;
}
