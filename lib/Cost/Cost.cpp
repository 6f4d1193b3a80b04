//===- Cost.cpp - What a layer costs on a machine -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Energy.h"
#include "LoopNestModel.h"
#include "Traffic.h"

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

static void addEnergies(std::vector<LevelCost> &levels,
                        const Machine &machine) {
  for (auto [cost, memory, energy] :
       llvm::zip(levels, machine.levels, machine.getEnergy().levels))
    for (OperandTraffic &traffic : cost.operands) {
      traffic.energyPj = getEnergy(traffic, memory, energy);
      cost.energyPj += traffic.energyPj;
    }
}

/// The slowest part of a product sets the pace.
static llvm::Error setCycles(Cost &cost, const Flow &flow,
                             const Machine &machine, double numProducts) {
  Pace pace;
  pace.add(cost.compute.cycles);
  cost.bindingLevel = "MAC";
  if (pace.add(cost.decompose.cycles))
    cost.bindingLevel = "TASD";
  for (auto [level, memory] : llvm::zip(cost.levels, machine.levels))
    if (pace.add(level.readCycles, level.writeCycles, memory))
      cost.bindingLevel = level.name;
  RoundTripCycles trips = flow.countRoundTrips(cost);
  cost.dma.cycles = trips.slowest + trips.apart;
  pace.addApart(trips.apart);
  if (pace.add(trips.slowest))
    cost.bindingLevel = "DMA";
  double cycles = pace.getCycles() * numProducts;
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
      &cost.decompose.blocks,    &cost.decompose.cycles,
      &cost.dma.cycles};
  for (LevelCost &level : cost.levels) {
    parts.append({&level.readCycles, &level.writeCycles});
    for (OperandTraffic &traffic : level.operands)
      parts.append({&traffic.reads, &traffic.fills, &traffic.updates,
                    &traffic.metadataReadBits, &traffic.metadataFillBits});
  }
  for (double *part : parts)
    *part *= count;
}

llvm::Expected<Cost> LoopNestModel::computeCost(const Work &work,
                                                const Mapping &mapping,
                                                const Machine &machine) const {
  if (llvm::Error error = verifyMapping(work, mapping, machine))
    return std::move(error);
  Flow flow(work, mapping, machine);
  Cost cost;
  cost.levels = flow.countTraffic();
  cost.compute = flow.countCompute();
  cost.decompose = flow.countDecompose();
  if (llvm::Error error = setCycles(cost, flow, machine, work.numProducts))
    return std::move(error);
  multiply(cost, work.numProducts);
  addEnergies(cost.levels, machine);
  auto computePj = getEnergy(cost.compute, work, machine);
  if (!computePj)
    return computePj.takeError();
  cost.compute.energyPj = *computePj;
  cost.decompose.energyPj =
      getEnergy(cost.decompose, work, machine, flow.getKeptShare());
  cost.energyPj = sumEnergies(cost);
  return cost;
}
