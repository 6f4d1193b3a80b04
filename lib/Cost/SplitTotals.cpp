//===- SplitTotals.cpp - The totals of three splits -----------------------===//
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

template <typename T> static void takeLesser(T &least, const T &other) {
  least = std::min(least, other);
}

static void takeLesser(Moves &least, const Moves &other);
static void takeLesser(TermTile &least, const TermTile &other);

template <typename T, unsigned N>
static void takeLesser(llvm::SmallVector<T, N> &least,
                       const llvm::SmallVector<T, N> &other) {
  for (auto [mine, theirs] : llvm::zip(least, other))
    takeLesser(mine, theirs);
}

static void takeLesser(Moves &least, const Moves &other) {
  takeLesser(least.reads, other.reads);
  takeLesser(least.writes, other.writes);
  takeLesser(least.pj, other.pj);
  takeLesser(least.blocks, other.blocks);
}

static void takeLesser(TermTile &least, const TermTile &other) {
  takeLesser(least.stretch, other.stretch);
  takeLesser(least.packing, other.packing);
}

void tasd::cost::takeLeast(SplitCost &cost, const SplitCost &other) {
  takeLesser(cost.tile, other.tile);
  takeLesser(cost.instanceShare, other.instanceShare);
  takeLesser(cost.outside, other.outside);
  takeLesser(cost.reloads, other.reloads);
  takeLesser(cost.firstShare, other.firstShare);
  cost.staysInPlace |= other.staysInPlace;
  takeLesser(cost.padded, other.padded);
  takeLesser(cost.cycles, other.cycles);
  takeLesser(cost.moves, other.moves);
  takeLesser(cost.tileMoves, other.tileMoves);
  takeLesser(cost.imageShares, other.imageShares);
  takeLesser(cost.terms, other.terms);
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

/// The distinct elements of an image in tiles of `level`, as a share of those
/// that their products take.
double ResidencyCost::getImageShare(size_t level, const Costs &costs) const {
  Operand image = work.window->image;
  auto getShare = [&](double stretch) {
    Extents tile = getTile(costs, level, stretch);
    double pixels = image == Operand::A ? tile.m : tile.n;
    return countElements(work, image, tile) / (pixels * tile.k);
  };
  double share = getShare(1);
  // The terms have tiles of their own, B only inside the accumulators.
  if (isSeries() && (image == Operand::A || level > accumulators))
    for (const TermTile &term : costs[getIndex(Dim::K)]->terms)
      share = std::min(share, getShare(term.stretch));
  return share;
}

double ResidencyCost::getImageShare(size_t level, const Costs &costs,
                                    ImageTiles tiles) const {
  switch (tiles) {
  case ImageTiles::Unknown:
    return leastImageShare;
  case ImageTiles::Pixels:
    // Of the least of several spreads the padding is the least: then the bound
    // is that of K itself.
    return work.extents.k / costs[getIndex(Dim::K)]->padded *
           costs[getIndex(getPixelDim(*work.window))]->imageShares[level];
  case ImageTiles::Known:
    return getImageShare(level, costs);
  }
  llvm_unreachable("all knowledge handled");
}

double ResidencyCost::countCyclesOfLanes(const Costs &costs) const {
  double cycles = macDensity;
  for (const SplitCost *cost : costs)
    cycles *= cost->cycles;
  return finishCycles(machine.array, cycles);
}

double ResidencyCost::getLeastPj(const SplitCost &cost) const {
  double pj = cost.moves.pj;
  for (const Moves &moves : cost.tileMoves)
    pj += leastImageShare * moves.pj;
  return pj;
}

/// What moves of an image: distinct elements into levels, all to the lanes.
void ResidencyCost::addImage(Moves &moves, const Costs &costs,
                             ImageTiles tiles) const {
  Dim dim = work.window->image == Operand::A ? Dim::N : Dim::M;
  const SplitCost &cost = *costs[getIndex(dim)];
  for (auto [level, added] : llvm::zip(imageLevels, cost.tileMoves)) {
    double share = getImageShare(level, costs, tiles);
    for (size_t each = 0; each != residency.size(); ++each) {
      moves.reads[each] += share * added.reads[each];
      moves.writes[each] += share * added.writes[each];
    }
    moves.pj += share * added.pj;
    moves.blocks += share * added.blocks;
  }
}

/// Words are those of the outermost level. Along K the sums come back, along
/// the others tiles are counted.
RoundTripCycles ResidencyCost::countRoundTrips(const Costs &costs,
                                               double useCycles,
                                               double wordsOfA, double wordsOfB,
                                               double wordsOfZ) const {
  const auto &[m, n, k] = costs;
  RoundTrips trips;
  trips.useCycles = useCycles;
  trips.together = !m->staysInPlace && !n->staysInPlace;
  double perWord = cyclesPerWordRead.front();
  if (rings.a)
    trips.a = {m->outside[*rings.a] * k->outside[*rings.a] * n->reloads,
               wordsOfA * perWord};
  if (rings.b)
    trips.b = {n->outside[*rings.b] * k->outside[*rings.b] * m->reloads,
               wordsOfB * perWord};
  if (rings.z) {
    double unloaded = work.accumulates ? 0 : 1;
    trips.z = {m->outside[*rings.z] * n->outside[*rings.z] *
                   (k->reloads - unloaded),
               wordsOfZ * (perWord + cyclesPerWordWritten.front())};
    trips.unloadedShare = unloaded * k->firstShare;
  }
  return countCycles(trips, rings, machine);
}

Totals ResidencyCost::computeTotals(const Costs &costs,
                                    ImageTiles tiles) const {
  const auto &[m, n, k] = costs;
  double sizeA = m->padded * k->padded, sizeB = k->padded * n->padded,
         sizeZ = m->padded * n->padded;
  const Moves *movesA = &n->moves, *movesB = &m->moves, &movesZ = k->moves;
  Moves image;
  if (work.window) {
    const Moves *&moves = work.window->image == Operand::A ? movesA : movesB;
    image = *moves;
    addImage(image, costs, tiles);
    moves = &image;
  }
  auto sum = [&](double a, double b, double z) {
    return sizeA * a + sizeB * b + sizeZ * z;
  };
  Totals totals;
  totals.energyPj =
      macPj * sizeA * n->padded + sum(movesA->pj, movesB->pj, movesZ.pj);
  Pace pace;
  pace.add(countCyclesOfLanes(costs));
  pace.add(countCyclesOfUnits(machine, sizeA * movesA->blocks));
  // From the inside, since round trips wait for all but the outermost level.
  for (size_t level = residency.size(); level--;) {
    double reads =
        sum(movesA->reads[level], movesB->reads[level], movesZ.reads[level]);
    double writes =
        sum(movesA->writes[level], movesB->writes[level], movesZ.writes[level]);
    double instanceShare =
        std::max(leastInstanceShare[level], m->instanceShare[level] *
                                                n->instanceShare[level] *
                                                k->instanceShare[level]);
    if (level == 0) {
      double wordsOfA = sizeA * movesA->reads[0],
             wordsOfB = sizeB * movesB->reads[0];
      double streamed = (rings.a ? 0 : wordsOfA) + (rings.b ? 0 : wordsOfB);
      RoundTripCycles trips = countRoundTrips(
          costs, std::max(pace.getSlowest(), streamed * cyclesPerWordRead[0]),
          wordsOfA, wordsOfB, sizeZ * movesZ.reads[0]);
      pace.add(trips.slowest);
      pace.addApart(trips.apart);
      totals.words = reads + writes;
    }
    pace.add(reads * cyclesPerWordRead[level] * instanceShare,
             writes * cyclesPerWordWritten[level] * instanceShare,
             machine.levels[level]);
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

/// Of sums those that may be loaded.
bool ResidencyCost::hasRoundTrips(size_t level, Dim dim) const {
  auto has = [&](std::optional<size_t> ring, Operand operand) {
    return ring == level && isIndexedBy(operand, dim);
  };
  return machine.dmaLatencyCycles > 0 &&
         (has(rings.a, Operand::A) || has(rings.b, Operand::B) ||
          has(rings.z, Operand::Z));
}

bool ResidencyCost::hasImageTile(size_t level, Dim dim) const {
  return work.window && level &&
         residency[level].contains(work.window->image) &&
         isIndexedBy(work.window->image, dim);
}

/// Channels stand innermost along K, and no two products share an element
/// within one tap. The terms of a series have tiles of their own.
int64_t ResidencyCost::getImageTileClass(Dim dim, int64_t tile) const {
  return dim == Dim::K && !isSeries() ? std::max(tile, work.window->channels)
                                      : tile;
}

bool ResidencyCost::dependsOnTile(size_t level, Dim dim) const {
  bool skips = level + 1 == residency.size() && getSkipDensity(dim) < 1;
  return skips || hasImageTile(level, dim);
}
