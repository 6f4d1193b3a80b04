//===- Traffic.cpp - What a layer moves between the levels ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Traffic.h"

#include "Occupancy.h"

#include <cmath>

using namespace tasd::cost;
using namespace tasd::machine;

Flow::Flow(const Work &work, const Mapping &mapping, const Machine &machine)
    : work(work), mapping(mapping), machine(machine),
      accumulators(getAccumulatorLevel(mapping, machine)),
      passes(getTermPasses(work, mapping, machine)),
      storageB(sumStorages(getStorages(machine, Operand::B, work))),
      whole(work, mapping, std::nullopt) {
  std::optional<size_t> termLevel;
  if (passes.size() > 1)
    termLevel = accumulators;
  for (const TermPass &pass : passes)
    nests.emplace_back(work, pass.mapping, termLevel);
  skipA = getSkipEffect(Dim::M, passes.front().storage.skipDensity);
  skipB = getSkipEffect(Dim::N, storageB.skipDensity);
}

/// The lanes take the non-zeros of the innermost tile in turns.
SkipEffect Flow::getSkipEffect(Dim dim, double density) const {
  if (density >= 1)
    return {};
  size_t innermost = machine.levels.size() - 1;
  int64_t lanes = whole.getFactor(innermost, dim, /*spatial=*/true);
  int64_t group = getExtent(mapping.getTile(innermost), dim);
  Occupancy occupancy = computeOccupancy(group, lanes, density);
  return {occupancy.utilization, occupancy.turns * lanes / group};
}

/// The level, or the lanes, that read `operand` from `level`.
size_t Flow::findNextKeeper(Operand operand, size_t level) const {
  size_t next = level + 1;
  while (next != mapping.levels.size() &&
         !getKeeps(mapping, machine, next).contains(operand))
    ++next;
  return next;
}

/// TASD units stand inside the accumulators' level.
bool Flow::staysDense(Operand operand, size_t level) const {
  return operand == Operand::A && work.a.decomposedAtRunTime &&
         level <= accumulators;
}

/// What all passes move. Tiles of B at and outside the accumulators stay while
/// the terms pass.
double Flow::sumOverTerms(Operand operand, size_t level, Count count,
                          double Storage::*share) const {
  if (operand == Operand::B && level <= accumulators)
    return count(whole) * storageB.*share;
  double sum = 0;
  for (auto [pass, nest] : llvm::zip(passes, nests))
    sum += count(nest) * pass.filledShare *
           (operand == Operand::A ? pass.storage : storageB).*share;
  return sum;
}

OperandTraffic Flow::countInput(Operand operand, size_t level) const {
  size_t next = findNextKeeper(operand, level);
  auto departures = [&](const LoopNest &nest) {
    return nest.countDepartures(operand, level, next);
  };
  auto arrivals = [&](const LoopNest &nest) {
    return level ? nest.countArrivals(operand, level) : 0;
  };
  double words = work.getElementWords(operand);
  OperandTraffic traffic;
  traffic.operand = operand;
  if (staysDense(operand, level)) {
    traffic.reads = departures(whole) * words;
    traffic.fills = arrivals(whole) * words;
    return traffic;
  }
  auto sum = [&](size_t level, Count count, double Storage::*share) {
    return sumOverTerms(operand, level, count, share);
  };
  traffic.reads = sum(next, departures, &Storage::keptShare) * words;
  traffic.fills = sum(level, arrivals, &Storage::keptShare) * words;
  traffic.metadataReadBits = sum(next, departures, &Storage::metadataBits);
  traffic.metadataFillBits = sum(level, arrivals, &Storage::metadataBits);
  if (next == mapping.levels.size())
    traffic.reads *= (operand == Operand::A ? skipB : skipA).readShare;
  return traffic;
}

/// The share of sums over the lanes along K that have a product to add.
double Flow::getUpdateShare(size_t level) const {
  double products = passes.front().storage.skipDensity * storageB.skipDensity;
  double summands = 1;
  for (size_t inner = level; inner != mapping.levels.size(); ++inner)
    summands *= whole.getFactor(inner, Dim::K, /*spatial=*/true);
  return 1 - std::pow(1 - products, summands);
}

/// The first product of a sum reads nothing; the zeros are a fill.
OperandTraffic Flow::countResult(size_t level) const {
  size_t next = findNextKeeper(Operand::Z, level);
  bool fromLanes = next == mapping.levels.size();
  double updates = 0;
  if (!fromLanes)
    updates = whole.countDepartures(Operand::Z, level, next);
  else
    for (const LoopNest &nest : nests)
      updates += nest.countDepartures(Operand::Z, level, next);
  double share = fromLanes ? getUpdateShare(level) : 1;
  double words = work.getElementWords(Operand::Z);
  OperandTraffic traffic;
  traffic.operand = Operand::Z;
  traffic.updates = updates * share * words;
  traffic.reads = (updates - whole.countTile(Operand::Z, 0)) * share * words;
  if (level)
    traffic.fills = whole.countArrivals(Operand::Z, level) * words;
  return traffic;
}

/// Metadata shares the rates of the words beside it.
void Flow::countLevelCycles(LevelCost &cost, size_t level) const {
  const MemoryLevel &memory = machine.levels[level];
  double reads = 0, writes = 0;
  for (const OperandTraffic &traffic : cost.operands) {
    reads += traffic.reads + traffic.metadataReadBits / 8;
    writes += traffic.fills + traffic.updates + traffic.metadataFillBits / 8;
  }
  double instances = std::min<double>(whole.countInstances(level),
                                      machine.getNumInstances(level));
  cost.readCycles = reads / (memory.readWordsPerCycle * instances);
  cost.writeCycles = writes / (memory.writeWordsPerCycle * instances);
}

std::vector<LevelCost> Flow::countTraffic() const {
  std::vector<LevelCost> costs;
  for (size_t level = 0; level != mapping.levels.size(); ++level) {
    LevelCost &cost = costs.emplace_back();
    cost.name = machine.levels[level].name;
    for (Operand operand : kOperands)
      if (getKeeps(mapping, machine, level).contains(operand))
        cost.operands.push_back(operand == Operand::Z
                                    ? countResult(level)
                                    : countInput(operand, level));
    countLevelCycles(cost, level);
  }
  return costs;
}

/// A systolic array is filled and drained for each tile of A in its lanes.
double Flow::countCycles(const LoopNest &nest) const {
  double steps = nest.countSteps();
  if (machine.array.dataflow == Dataflow::Broadcast)
    return steps;
  double streamed = nest.countStationarySteps(Operand::A);
  double skew = 2 * machine.array.lanes.k + machine.array.lanes.m - 2;
  return steps / streamed * (streamed + skew);
}

ComputeCost Flow::countCompute() const {
  ComputeCost cost;
  double density = passes.front().storage.skipDensity * storageB.skipDensity;
  Extents extents = mapping.getExtents();
  double all = static_cast<double>(extents.m) * extents.n * extents.k;
  for (auto [pass, nest] : llvm::zip(passes, nests)) {
    cost.macs += all * pass.storage.laneShare * density;
    cost.cycles +=
        countCycles(nest) * density / (skipA.utilization * skipB.utilization);
  }
  if (machine.array.dataflow == Dataflow::Systolic)
    cost.cycles -= 1;
  cost.macsSkipped = std::max(0.0, all - cost.macs);
  cost.idealCycles = cost.macs / machine.array.getNumMacs();
  return cost;
}

double Flow::getKeptShare() const {
  double share = 0;
  for (const TermPass &pass : passes)
    share += pass.storage.keptShare;
  return share;
}

DecomposeCost Flow::countDecompose() const {
  DecomposeCost cost;
  std::optional<int64_t> blockSize = work.a.series.getBlockSize();
  if (!work.a.decomposedAtRunTime || !blockSize || work.a.series.size() == 0)
    return cost;
  size_t level = accumulators;
  while (!getKeeps(mapping, machine, level).a)
    --level;
  double elements = whole.countDepartures(Operand::A, level,
                                          findNextKeeper(Operand::A, level));
  cost.blocks = elements / *blockSize;
  cost.cycles =
      cost.blocks * machine.tasdUnits.cyclesPerBlock / machine.tasdUnits.count;
  return cost;
}
