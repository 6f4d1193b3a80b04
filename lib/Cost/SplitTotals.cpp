//===- SplitTotals.cpp - The totals of three splits
//-------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SplitCost.h"

#include "Energy.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace tasd::cost;
using namespace tasd::machine;

static size_t getIndex(Operand operand) { return static_cast<size_t>(operand); }
static size_t getIndex(Dim dim) { return static_cast<size_t>(dim); }

void tasd::cost::takeLeast(SplitCost &cost, const SplitCost &other) {
  auto take = [](auto &least, auto value) { least = std::min(least, value); };
  take(cost.padded, other.padded);
  take(cost.cycles, other.cycles);
  for (auto [least, value] : llvm::zip(cost.tile, other.tile))
    take(least, value);
  for (auto [most, value] : llvm::zip(cost.instances, other.instances))
    most = std::max(most, value);
  for (auto [least, value] : llvm::zip(cost.edges, other.edges)) {
    take(least.readWords, value.readWords);
    take(least.outerWrites, value.outerWrites);
    take(least.innerWrites, value.innerWrites);
    take(least.pj, value.pj);
    take(least.blocks, value.blocks);
  }
  for (auto [least, value] : llvm::zip(cost.terms, other.terms)) {
    take(least.stretch, value.stretch);
    for (auto [packing, other] : llvm::zip(least.packing, value.packing))
      take(packing, other);
  }
}

Extents ResidencyCost::getTile(const Costs &costs, size_t level,
                               double stretch) const {
  Extents tile;
  for (Dim dim : kDims)
    getExtent(tile, dim) = costs[getIndex(dim)]->tile[level];
  if (laneLevel && level <= *laneLevel)
    tile.k = std::llround(tile.k * stretch);
  return tile;
}

/// The distinct elements of an image that an edge moves, as a share of those
/// that its products take.
double ResidencyCost::getImageShare(const Edge &edge,
                                    const Costs &costs) const {
  // Inside the accumulators each term has tiles of its own.
  if (isSeries() && edge.inner > accumulators)
    return leastImageShare;
  Extents tile = getTile(costs, edge.inner, 1);
  double pixels = work.window->image == Operand::A ? tile.m : tile.n;
  return countElements(work, work.window->image, tile) / (pixels * tile.k);
}

double ResidencyCost::countCyclesOfLanes(const Costs &costs) const {
  double cycles = macDensity;
  for (const SplitCost *cost : costs)
    cycles *= cost->cycles;
  return finishCycles(machine.array, cycles);
}

Totals ResidencyCost::computeTotals(const Costs &costs, bool knowsTiles) const {
  const auto &[m, n, k] = costs;
  std::array<double, 3> sizes = {m->padded * k->padded, k->padded * n->padded,
                                 m->padded * n->padded};
  Totals totals;
  totals.energyPj = macPj * sizes[0] * n->padded;
  PerLevel<double> reads(residency.size(), 0), writes(residency.size() + 1, 0);
  double blocks = 0;
  for (Dim dim : kDims) {
    Operand operand = getReused(dim);
    bool isImage = work.window && work.window->image == operand;
    for (auto [edge, moves] :
         llvm::zip(edges[getIndex(operand)], costs[getIndex(dim)]->edges)) {
      double elements = sizes[getIndex(operand)];
      if (isImage && edge.inner != residency.size())
        elements *= knowsTiles ? getImageShare(edge, costs) : leastImageShare;
      reads[edge.outer] += elements * moves.readWords;
      writes[edge.outer] += elements * moves.outerWrites;
      writes[edge.inner] += elements * moves.innerWrites;
      totals.energyPj += elements * moves.pj;
      blocks += elements * moves.blocks;
    }
  }
  Pace pace;
  pace.add(countCyclesOfLanes(costs));
  pace.add(countCyclesOfUnits(machine, blocks));
  for (size_t level = 0; level != residency.size(); ++level) {
    const MemoryLevel &memory = machine.levels[level];
    double instances = std::min(m->instances[level] * n->instances[level] *
                                    k->instances[level],
                                numInstances[level]);
    pace.add(reads[level] / (memory.readWordsPerCycle * instances),
             writes[level] / (memory.writeWordsPerCycle * instances), memory);
  }
  totals.cycles = pace.getCycles();
  return totals;
}

bool ResidencyCost::fits(const Costs &costs, const Limit &limit,
                         size_t term) const {
  const TermTile &loops = costs[getIndex(Dim::K)]->terms[term];
  Extents tile = getTile(costs, limit.level, loops.stretch);
  Demand demand;
  for (Operand operand : kOperands) {
    if (!residency[limit.level].contains(operand))
      continue;
    double elements = countElements(work, operand, tile);
    if (operand == Operand::A)
      elements *= loops.packing[limit.level];
    const Demand &unit = limit.units[term][getIndex(operand)];
    demand += {elements * unit.capacity, elements * unit.metadataBits};
  }
  const MemoryLevel &memory = machine.levels[limit.level];
  return fitsCapacity(demand, memory) && fitsMetadata(demand, memory);
}

bool ResidencyCost::fits(const Costs &costs) const {
  for (const Limit &limit : limits)
    for (size_t term = 0; term != terms.size(); ++term)
      if (!fits(costs, limit, term))
        return false;
  return true;
}

static llvm::Error createRoomError(const MemoryLevel &memory, double needed,
                                   double capacity, llvm::StringRef unit) {
  return llvm::createStringError(
      "expected " + memory.name + " to hold at least " +
      llvm::Twine(static_cast<int64_t>(std::ceil(needed))) + " " + unit +
      ", for one element of each operand it keeps, but got " +
      llvm::Twine(static_cast<int64_t>(capacity)));
}

llvm::Error ResidencyCost::checkRoom() const {
  for (const Limit &limit : limits) {
    const MemoryLevel &memory = machine.levels[limit.level];
    for (const std::array<Demand, 3> &units : limit.units) {
      Demand demand;
      for (const Demand &unit : units)
        demand += unit;
      if (!fitsCapacity(demand, memory))
        return createRoomError(memory, demand.capacity, memory.capacity,
                               memory.capacityUnit == CapacityUnit::Elements
                                   ? "elements"
                                   : "words");
      if (!fitsMetadata(demand, memory))
        return createRoomError(memory, demand.metadataBits,
                               getMetadataCapacity(memory), "bits of metadata");
    }
  }
  return llvm::Error::success();
}

/// Of a matrix, a tile has as many elements at least.
bool ResidencyCost::mayFit(size_t level, Dim dim, int64_t tile) const {
  for (const Limit &limit : limits) {
    if (limit.level != level)
      continue;
    for (Operand operand : kOperands) {
      bool isImage = work.window && work.window->image == operand;
      if (isImage || !isIndexedBy(operand, dim))
        continue;
      Demand demand = limit.units.front()[getIndex(operand)];
      demand = {demand.capacity * tile, demand.metadataBits * tile};
      if (!fitsCapacity(demand, machine.levels[level]) ||
          !fitsMetadata(demand, machine.levels[level]))
        return false;
    }
  }
  return true;
}

bool ResidencyCost::bounds(size_t level, Dim dim) const {
  return machine.levels[level].capacity != kUnlimitedCapacity &&
         llvm::any_of(kOperands, [&](Operand operand) {
           return residency[level].contains(operand) &&
                  isIndexedBy(operand, dim);
         });
}

bool ResidencyCost::dependsOnTile(size_t level, Dim dim) const {
  if (level + 1 == residency.size() && getSkipDensity(dim) < 1)
    return true;
  return work.window && level &&
         residency[level].contains(work.window->image) &&
         isIndexedBy(work.window->image, dim);
}
