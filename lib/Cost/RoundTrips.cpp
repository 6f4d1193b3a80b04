//===- RoundTrips.cpp - How long tiles are on their way -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RoundTrips.h"

#include "Energy.h"
#include "Traffic.h"

using namespace tasd::cost;
using namespace tasd::machine;

Rings tasd::cost::findRings(llvm::function_ref<OperandSet(size_t)> keeps,
                            size_t accumulators) {
  Rings rings;
  if (accumulators)
    rings.z = accumulators;
  for (size_t level = 1; level < accumulators; ++level) {
    OperandSet kept = keeps(level);
    if (kept.a && !rings.a)
      rings.a = level;
    if (kept.b && !rings.b)
      rings.b = level;
    // Sums of a level in between come from there.
    if (kept.z)
      rings.z.reset();
  }
  return rings;
}

/// Moves of the other input that are asked for at the same times stand
/// `besides`.
static void addInput(RoundTripCycles &cycles, const RingTiles &tiles,
                     double besides, double useCycles, const Machine &machine,
                     const MemoryLevel &level) {
  double waits = tiles.count * machine.dmaLatencyCycles;
  // Whenever the one that stays longer is loaded, so is the other.
  if (!level.doubleBuffered)
    cycles.apart = std::max(cycles.apart, waits);
  else
    cycles.slowest = std::max(cycles.slowest,
                              (waits + tiles.moveCycles + besides + useCycles) /
                                  kInputSlots);
}

/// Sums that start from zeros wait for nothing.
static void addSums(RoundTripCycles &cycles, const RoundTrips &trips,
                    const Machine &machine, const MemoryLevel &level) {
  double slots = level.doubleBuffered ? kSumSlots : 1;
  double waits = trips.z.count * machine.dmaLatencyCycles;
  double share = trips.unloadedShare + (1 - trips.unloadedShare) / slots;
  cycles.slowest =
      std::max(cycles.slowest,
               trips.useCycles * share + (waits + trips.z.moveCycles) / slots);
}

RoundTripCycles tasd::cost::countCycles(const RoundTrips &trips,
                                        const Rings &rings,
                                        const Machine &machine) {
  RoundTripCycles cycles;
  if (machine.dmaLatencyCycles == 0)
    return cycles;
  bool together = trips.together && rings.a == rings.b;
  if (rings.a)
    addInput(cycles, trips.a, together ? trips.b.moveCycles : 0,
             trips.useCycles, machine, machine.levels[*rings.a]);
  if (rings.b)
    addInput(cycles, trips.b, together ? trips.a.moveCycles : 0,
             trips.useCycles, machine, machine.levels[*rings.b]);
  if (rings.z)
    addSums(cycles, trips, machine, machine.levels[*rings.z]);
  return cycles;
}

//===----------------------------------------------------------------------===//
// Of a mapping
//===----------------------------------------------------------------------===//

/// Cycles of all inside the outermost level, and of what passes tiles by.
static double countUse(const Cost &cost, const Rings &rings,
                       const Machine &machine) {
  Pace pace;
  pace.add(cost.compute.cycles);
  pace.add(cost.decompose.cycles);
  for (const LevelCost &level : llvm::drop_begin(cost.levels))
    pace.add(level.getCycles());
  double streamed = 0;
  for (const OperandTraffic &traffic : cost.levels.front().operands)
    if ((traffic.operand == Operand::A && !rings.a) ||
        (traffic.operand == Operand::B && !rings.b))
      streamed += getWordsRead(traffic);
  pace.add(streamed / machine.levels.front().readWordsPerCycle);
  return pace.getSlowest();
}

/// Of the visits of a tile of sums the first loads nothing, unless sums start
/// from what is there. What is loaded is written as well.
void Flow::addSums(RoundTrips &trips, size_t level, double words) const {
  const MemoryLevel &memory = machine.levels.front();
  double tiles = 1;
  for (size_t outer = 0; outer != level; ++outer)
    for (Dim dim : {Dim::M, Dim::N})
      tiles *= whole.getFactor(outer, dim, /*spatial=*/false);
  double visits = whole.countTiles(Operand::Z, level) / tiles;
  double unloaded = work.accumulates ? 0 : 1;
  trips.z.count = tiles * (visits - unloaded);
  trips.z.moveCycles =
      words * (1 / memory.readWordsPerCycle + 1 / memory.writeWordsPerCycle);
  trips.unloadedShare = unloaded / visits;
}

RoundTripCycles Flow::countRoundTrips(const Cost &cost) const {
  Rings rings =
      findRings([&](size_t level) { return getKeeps(mapping, machine, level); },
                accumulators);
  RoundTrips trips;
  trips.useCycles = countUse(cost, rings, machine);
  for (const OperandTraffic &traffic : cost.levels.front().operands) {
    RingTiles tiles;
    tiles.moveCycles =
        getWordsRead(traffic) / machine.levels.front().readWordsPerCycle;
    if (traffic.operand == Operand::A && rings.a) {
      tiles.count = whole.countTiles(Operand::A, *rings.a);
      trips.a = tiles;
    } else if (traffic.operand == Operand::B && rings.b) {
      tiles.count = whole.countTiles(Operand::B, *rings.b);
      trips.b = tiles;
    } else if (traffic.operand == Operand::Z && rings.z) {
      addSums(trips, *rings.z, traffic.reads);
    }
  }
  trips.together = trips.a.count == trips.b.count;
  return countCycles(trips, rings, machine);
}
