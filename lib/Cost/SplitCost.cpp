//===- SplitCost.cpp - The cost of the split of a dimension ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SplitCost.h"

#include "tasd/Cost/TermPasses.h"

#include "llvm/Support/MathExtras.h"

using namespace tasd::cost;
using namespace tasd::machine;

static size_t getIndex(Operand operand) { return static_cast<size_t>(operand); }

/// What the loops of one level add to those outside.
void ResidencyCost::enterLevel(Reuse &reuse, Dim dim, size_t level,
                               int64_t steps, const LevelOrder &order) const {
  reuse.all *= steps;
  if (order.empty)
    return;
  // A term may have no loop over K where the mapping has one.
  bool mayContinue =
      getTermLevel() == level && level != accumulators && dim != Dim::K;
  if (order.innermost == dim || mayContinue)
    reuse.inPlace = (order.alone || mayContinue ? reuse.inPlace : 1) * steps;
  else
    reuse.inPlace = 1;
}

ResidencyCost::Reuse ResidencyCost::countReuse(Dim dim,
                                               const PerLevel<int64_t> &steps,
                                               const Order &order,
                                               size_t level) const {
  Reuse reuse;
  for (size_t outer = 0; outer != level; ++outer) {
    // The terms of A pass outside the loops of the accumulators.
    if (isSeries() && dim == Dim::N && outer == accumulators &&
        level > accumulators)
      reuse.inPlace = 1;
    enterLevel(reuse, dim, outer, steps[outer], order[outer]);
  }
  return reuse;
}

/// The steps along K of all terms together, each of which takes as many lanes
/// as it can.
double ResidencyCost::countStepsOfTerms(const Spread &spread,
                                        int64_t loopsOverLanes) const {
  if (!getTermLevel())
    return static_cast<double>(spread.steps) * terms.size();
  int64_t length = loopsOverLanes * spread.instances[*laneLevel];
  double steps = 0;
  for (const Storage &term : terms)
    steps += llvm::divideCeil(length,
                              countPlaces(machine, *laneLevel, length, term));
  return steps * (spread.steps / loopsOverLanes);
}

llvm::SmallVector<double, 3>
ResidencyCost::countReloads(Dim dim, const Spread &spread,
                            const PerLevel<int64_t> &steps,
                            const Order &order) const {
  llvm::SmallVector<double, 3> reloads;
  for (const Edge &edge : edges[getIndex(getReused(dim))]) {
    Reuse reuse = countReuse(dim, steps, order, edge.inner);
    reloads.push_back(reuse.all / reuse.inPlace);
  }
  // The lanes read at each step.
  reloads.back() = spread.steps;
  if (dim == Dim::K)
    reloads.back() =
        countStepsOfTerms(spread, laneLevel ? steps[*laneLevel] : 1);
  return reloads;
}

double ResidencyCost::countCycleFactor(Dim dim, const Spread &spread,
                                       const PerLevel<int64_t> &steps,
                                       const Order &order) const {
  if (dim == Dim::K)
    return countStepsOfTerms(spread, laneLevel ? steps[*laneLevel] : 1);
  if (dim == Dim::M)
    return spread.steps;
  return countCycles(machine.array, spread.steps,
                     countReuse(dim, steps, order, steps.size()).inPlace);
}

/// The density by which the lanes skip zeros along `dim`.
double ResidencyCost::getSkipDensity(Dim dim) const {
  return dim == Dim::M   ? terms.front().skipDensity
         : dim == Dim::N ? storageB.skipDensity
                         : 1;
}

SkipEffect ResidencyCost::getSkipEffect(Dim dim, const Spread &spread,
                                        int64_t innermostSteps) const {
  int64_t lanes = spread.instances.back();
  return cost::getSkipEffect(lanes * innermostSteps, lanes,
                             getSkipDensity(dim));
}

/// The product of the instances of levels [begin, end).
static double multiply(const Spread &spread, size_t begin, size_t end) {
  double product = 1;
  for (size_t level = begin; level < end; ++level)
    product *= spread.instances[level];
  return product;
}

/// What the loops outside reload that do not index the operand moves.
void ResidencyCost::addMoves(Moves &moves, Operand operand, const Edge &edge,
                             const Spread &spread, double reloads,
                             double readShare) const {
  bool isResult = operand == Operand::Z;
  bool toLanes = edge.inner == residency.size();
  double leaving = reloads * multiply(spread, 0, edge.outer);
  double arriving = reloads * multiply(spread, 0, edge.inner);
  // The lanes along K add up before they update.
  double updateShare = 1;
  if (isResult && toLanes)
    updateShare =
        getUpdateShare(macDensity, multiply(spread, edge.outer, edge.inner));
  if (!toLanes)
    readShare = 1;
  // The first product of a sum that starts from zeros reads nothing.
  double firsts = work.accumulates ? 0 : 1;
  double read = isResult ? (leaving - firsts) * updateShare : leaving;
  moves.reads[edge.outer] +=
      read * (readShare * edge.readWords + edge.metadataWords);
  moves.writes[edge.outer] += leaving * updateShare * edge.updateWords;
  moves.writes[edge.inner] += arriving * edge.fillWords;
  moves.blocks += leaving * edge.blocks;
  moves.pj += read * (readShare * edge.readPj + edge.metadataPj) +
              leaving * (updateShare * edge.updatePj + edge.blockPj) +
              arriving * edge.fillPj;
}

SplitCost ResidencyCost::create(Dim dim, const Spread &spread,
                                llvm::ArrayRef<double> reloads, double cycles,
                                double readShare) const {
  SplitCost cost;
  cost.padded = spread.getPadded();
  cost.cycles = cycles;
  for (size_t level = 0; level != residency.size(); ++level)
    cost.instanceShare.push_back(1 / multiply(spread, 0, level));
  cost.outside.resize(residency.size(), 1);
  cost.reloads = reloads.front();
  Operand operand = getReused(dim);
  bool isImage = work.window && work.window->image == operand;
  Moves none;
  none.reads.resize(residency.size() + 1);
  none.writes.resize(residency.size() + 1);
  cost.moves = none;
  for (auto [edge, count] : llvm::zip(edges[getIndex(operand)], reloads)) {
    bool isOfTiles = isImage && edge.inner != residency.size();
    Moves &moves = isOfTiles ? cost.tileMoves.emplace_back(none) : cost.moves;
    addMoves(moves, operand, edge, spread, count, readShare);
  }
  return cost;
}

/// Of the loops over lanes of a series only the length counts.
void ResidencyCost::shareLanes(SplitCost &cost, const Spread &spread,
                               int64_t loopsOverLanes) const {
  if (!getTermLevel())
    return;
  int64_t instances = spread.instances[*laneLevel], places = 1;
  for (const Storage &term : terms)
    places = std::max(places, countPlaces(machine, *laneLevel,
                                          loopsOverLanes * instances, term));
  for (size_t level = *laneLevel + 1; level != residency.size(); ++level)
    cost.instanceShare[level] *= static_cast<double>(instances) / places;
}

/// How far a ragged last step of each term reaches, and how its places along K
/// share lanes.
void ResidencyCost::addTermTiles(SplitCost &cost, const Spread &spread,
                                 int64_t loopsOverLanes) const {
  for (const Storage &term : terms) {
    PerLevel<int64_t> places = spread.instances;
    TermTile &tile = cost.terms.emplace_back();
    if (getTermLevel()) {
      int64_t length = loopsOverLanes * places[*laneLevel];
      int64_t filled = countPlaces(machine, *laneLevel, length, term);
      places[*laneLevel] = filled;
      tile.stretch =
          static_cast<double>(llvm::alignTo(length, filled)) / length;
    }
    for (size_t level = 0; level != places.size(); ++level) {
      double &packing = tile.packing.emplace_back(1);
      for (int64_t count : llvm::ArrayRef(places).take_front(level))
        packing *= getPacking(count, getStorage(Operand::A, level, term));
    }
  }
}

SplitCost ResidencyCost::compute(Dim dim, const Spread &spread,
                                 const PerLevel<int64_t> &steps,
                                 const Order &order) const {
  auto reloads = countReloads(dim, spread, steps, order);
  double cycles = countCycleFactor(dim, spread, steps, order);
  SkipEffect skip = getSkipEffect(dim, spread, steps.back());
  SplitCost cost =
      create(dim, spread, reloads, cycles / skip.utilization, skip.readShare);
  cost.steps = steps;
  for (size_t level = 1; level != steps.size(); ++level)
    cost.outside[level] = cost.outside[level - 1] * steps[level - 1];
  cost.firstShare = 1 / cost.reloads;
  size_t inner = edges[getIndex(getReused(dim))].front().inner;
  cost.staysInPlace =
      inner == steps.size() || cost.reloads < cost.outside[inner];
  cost.tile.resize(steps.size());
  int64_t tile = 1;
  for (size_t level = steps.size(); level--;)
    cost.tile[level] = tile *= steps[level] * spread.instances[level];
  if (dim == Dim::K) {
    int64_t loopsOverLanes = laneLevel ? steps[*laneLevel] : 1;
    addTermTiles(cost, spread, loopsOverLanes);
    shareLanes(cost, spread, loopsOverLanes);
  }
  if (work.window && dim == getPixelDim(*work.window))
    for (int64_t pixels : cost.tile)
      cost.imageShares.push_back(getLeastImageShare(*work.window, pixels));
  return cost;
}

SplitCost ResidencyCost::computeLeast(Dim dim, const Spread &spread) const {
  llvm::SmallVector<double, 3> reloads(edges[getIndex(getReused(dim))].size(),
                                       1);
  // With all loops over the lanes, the least is padding.
  reloads.back() =
      dim == Dim::K ? countStepsOfTerms(spread, spread.steps) : spread.steps;
  double cycles = reloads.back();
  if (dim == Dim::N)
    cycles = countCycles(machine.array, cycles, cycles);
  SplitCost cost = create(dim, spread, reloads, cycles, getSkipDensity(dim));
  if (dim == Dim::K)
    shareLanes(cost, spread, spread.steps);
  return cost;
}
