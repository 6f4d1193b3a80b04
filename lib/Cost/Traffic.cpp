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

SkipEffect tasd::cost::getSkipEffect(int64_t group, int64_t lanes,
                                     double density) {
  if (density >= 1)
    return {};
  Occupancy occupancy = computeOccupancy(group, lanes, density);
  return {occupancy.utilization, occupancy.turns * lanes / group};
}

double tasd::cost::getUpdateShare(double products, double summands) {
  return 1 - std::pow(1 - products, summands);
}

void tasd::cost::addReads(OperandTraffic &traffic, double elements,
                          const Storage &storage, double elementWords) {
  traffic.reads += elements * storage.keptShare * elementWords;
  traffic.metadataReadBits += elements * storage.metadataBits;
}

void tasd::cost::addFills(OperandTraffic &traffic, double elements,
                          const Storage &storage, double elementWords) {
  traffic.fills += elements * storage.keptShare * elementWords;
  traffic.metadataFillBits += elements * storage.metadataBits;
}

double tasd::cost::getWordsRead(const OperandTraffic &traffic) {
  return traffic.reads + traffic.metadataReadBits / 8;
}

double tasd::cost::getWordsWritten(const OperandTraffic &traffic) {
  return traffic.fills + traffic.updates + traffic.metadataFillBits / 8;
}

/// A systolic array is filled and drained for each tile of A in its lanes.
double tasd::cost::countCycles(const MacArray &array, double steps,
                               double streamed) {
  if (array.dataflow == Dataflow::Broadcast)
    return steps;
  double skew = 2 * array.lanes.k + array.lanes.m - 2;
  return steps / streamed * (streamed + skew);
}

double tasd::cost::finishCycles(const MacArray &array, double cycles) {
  return array.dataflow == Dataflow::Systolic ? cycles - 1 : cycles;
}

double tasd::cost::countBlocks(const Work &work, double elements) {
  std::optional<int64_t> blockSize = work.a.series.getBlockSize();
  bool decomposes =
      work.a.decomposedAtRunTime && blockSize && work.a.series.size() > 0;
  return decomposes ? elements / *blockSize : 0;
}

double tasd::cost::countCyclesOfUnits(const Machine &machine, double blocks) {
  const TasdUnits &units = machine.tasdUnits;
  return blocks > 0 ? blocks * units.cyclesPerBlock / units.count : 0;
}

Flow::Flow(const Work &work, const Mapping &mapping, const Machine &machine)
    : work(work), mapping(mapping), machine(machine),
      accumulators(getAccumulatorLevel(mapping, machine)),
      passes(getTermPasses(work, mapping, machine)),
      storageB(sumStorages(getStorages(machine, Operand::B, work))),
      termLevel(passes.size() > 1 ? std::optional(accumulators) : std::nullopt),
      whole(work, mapping, termLevel) {
  for (const TermPass &pass : passes)
    nests.emplace_back(work, pass.mapping, termLevel);
  skipA = findSkipEffect(Dim::M, passes.front().storage.skipDensity);
  skipB = findSkipEffect(Dim::N, storageB.skipDensity);
}

/// The lanes take the non-zeros of the innermost tile in turns.
SkipEffect Flow::findSkipEffect(Dim dim, double density) const {
  size_t innermost = machine.levels.size() - 1;
  return getSkipEffect(getExtent(mapping.getTile(innermost), dim),
                       whole.getFactor(innermost, dim, /*spatial=*/true),
                       density);
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

/// What each pass moves into `level`, or the lanes. Tiles of B at and outside
/// the accumulators stay while the terms pass.
void Flow::forEachPass(Operand operand, size_t level, Count count,
                       Add add) const {
  if (operand == Operand::B && level <= accumulators)
    return add(count(whole), storageB);
  for (auto [pass, nest] : llvm::zip(passes, nests))
    add(count(nest) * pass.filledShare,
        operand == Operand::A ? pass.storage : storageB);
}

/// Words of the places along `dim` that go with the tiles of an operand from
/// the outermost level or to it, once for the tiles of all instances.
double Flow::countPlaceWords(Operand operand, Dim dim) const {
  size_t next = findNextKeeper(operand, 0);
  double places = getExtent(mapping.getTile(next), dim);
  for (size_t level = 0; level != next; ++level)
    places *= whole.getFactor(level, dim, /*spatial=*/true);
  return whole.countTiles(operand, next) * places *
         tasd::machine::kWordsOfPlace;
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
    addReads(traffic, departures(whole), Storage(), words);
    addFills(traffic, arrivals(whole), Storage(), words);
    return traffic;
  }
  forEachPass(operand, next, departures,
              [&](double elements, const Storage &storage) {
                addReads(traffic, elements, storage, words);
              });
  forEachPass(operand, level, arrivals,
              [&](double elements, const Storage &storage) {
                addFills(traffic, elements, storage, words);
              });
  if (next == mapping.levels.size())
    traffic.reads *= (operand == Operand::A ? skipB : skipA).readShare;
  if (level == 0 && operand == Operand::B && work.gathersB)
    traffic.reads += countPlaceWords(Operand::B, Dim::K);
  return traffic;
}

/// The share of sums over the lanes along K that have a product to add.
double Flow::findUpdateShare(size_t level) const {
  double products = passes.front().storage.skipDensity * storageB.skipDensity;
  double summands = 1;
  for (size_t inner = level; inner != mapping.levels.size(); ++inner)
    summands *= whole.getFactor(inner, Dim::K, /*spatial=*/true);
  return getUpdateShare(products, summands);
}

/// Each store takes the places of its tile along M with it, and each load of
/// sums that are not the first reads them.
void Flow::addPlaces(OperandTraffic &sums) const {
  double stores = countPlaceWords(Operand::Z, Dim::M);
  sums.reads += sums.updates > 0 ? stores * sums.reads / sums.updates : 0;
  sums.updates += stores;
}

/// The first product of a sum that starts from zeros reads nothing; the zeros
/// are a fill.
OperandTraffic Flow::countResult(size_t level) const {
  size_t next = findNextKeeper(Operand::Z, level);
  bool fromLanes = next == mapping.levels.size();
  double updates = 0;
  if (!fromLanes)
    updates = whole.countDepartures(Operand::Z, level, next);
  else
    for (const LoopNest &nest : nests)
      updates += nest.countDepartures(Operand::Z, level, next);
  double share = fromLanes ? findUpdateShare(level) : 1;
  double words = work.getElementWords(Operand::Z);
  OperandTraffic traffic;
  traffic.operand = Operand::Z;
  traffic.updates = updates * share * words;
  double firsts = work.accumulates ? 0 : whole.countTile(Operand::Z, 0);
  traffic.reads = (updates - firsts) * share * words;
  if (level)
    traffic.fills = whole.countArrivals(Operand::Z, level) * words;
  if (level == 0 && work.scattersZ)
    addPlaces(traffic);
  return traffic;
}

void Flow::countLevelCycles(LevelCost &cost, size_t level) const {
  const MemoryLevel &memory = machine.levels[level];
  double reads = 0, writes = 0;
  for (const OperandTraffic &traffic : cost.operands) {
    reads += getWordsRead(traffic);
    writes += getWordsWritten(traffic);
  }
  // Of a series only the length of the loops over lanes counts.
  double instances = 1;
  for (const LoopNest &nest : nests)
    instances = std::max(instances, nest.countInstances(level));
  instances = std::min<double>(instances, machine.getNumInstances(level));
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

ComputeCost Flow::countCompute() const {
  ComputeCost cost;
  double density = passes.front().storage.skipDensity * storageB.skipDensity;
  Extents extents = mapping.getExtents();
  double all = static_cast<double>(extents.m) * extents.n * extents.k;
  for (auto [pass, nest] : llvm::zip(passes, nests)) {
    cost.macs += all * pass.storage.laneShare * density;
    double cycles = countCycles(machine.array, nest.countSteps(),
                                nest.countStationarySteps(Operand::A));
    cost.cycles += cycles * density / (skipA.utilization * skipB.utilization);
  }
  cost.cycles = finishCycles(machine.array, cost.cycles);
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
  size_t level = accumulators;
  while (!getKeeps(mapping, machine, level).a)
    --level;
  double elements = whole.countDepartures(Operand::A, level,
                                          findNextKeeper(Operand::A, level));
  DecomposeCost cost;
  cost.blocks = countBlocks(work, elements);
  cost.cycles = countCyclesOfUnits(machine, cost.blocks);
  return cost;
}
