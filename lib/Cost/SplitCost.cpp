//===- SplitCost.cpp - The cost of the split of a dimension
//-----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SplitCost.h"

#include "Energy.h"
#include "Lanes.h"

#include "tasd/Cost/TermPasses.h"

#include "llvm/Support/MathExtras.h"

#include <numeric>

using namespace tasd::cost;
using namespace tasd::machine;

static size_t getIndex(Operand operand) { return static_cast<size_t>(operand); }

/// No tile of an image has a smaller share of distinct elements. Along a
/// dimension, a window of as many taps as a stride is long shares none of its
/// pixels with others, as long as the image has so many.
static double getLeastImageShare(const Window &window) {
  double share = 1;
  for (const WindowDim &dim : window.dims) {
    double apart = dim.stride / std::gcd(dim.stride, dim.dilation);
    apart = std::min(apart, static_cast<double>(dim.input) / dim.output);
    share *= std::min(1.0, apart / dim.kernel);
  }
  return share;
}

static size_t findAccumulators(const Residency &residency) {
  size_t level = residency.size() - 1;
  while (level && !residency[level].z)
    --level;
  return level;
}

/// The energy of the multiply-adds of a product of two elements.
static double getMacPj(llvm::ArrayRef<Storage> terms, double density,
                       const Work &work, const Machine &machine) {
  ComputeCost cost;
  for (const Storage &term : terms)
    cost.macs += term.laneShare * density;
  cost.macsSkipped = std::max(0.0, 1 - cost.macs);
  return llvm::cantFail(getEnergy(cost, work, machine));
}

ResidencyCost::ResidencyCost(const Work &work, const Machine &machine,
                             const Residency &residency)
    : work(work), machine(machine), residency(residency),
      terms(getStorages(machine, Operand::A, work)),
      allTerms(sumStorages(terms)),
      storageB(sumStorages(getStorages(machine, Operand::B, work))),
      laneLevel(getLaneLevel(machine)),
      accumulators(findAccumulators(residency)) {
  macDensity = terms.front().skipDensity * storageB.skipDensity;
  macPj = getMacPj(terms, macDensity, work, machine);
  if (work.window)
    leastImageShare = getLeastImageShare(*work.window);
  for (auto [level, memory] : llvm::enumerate(machine.levels)) {
    cyclesPerWordRead.push_back(1 / memory.readWordsPerCycle);
    cyclesPerWordWritten.push_back(1 / memory.writeWordsPerCycle);
    leastInstanceShare.push_back(1.0 / machine.getNumInstances(level));
    if (work.window && level && residency[level].contains(work.window->image))
      imageLevels.push_back(level);
  }
  for (Operand operand : kOperands)
    addEdges(operand);
  addLimits();
}

/// As what `level` keeps an operand, all terms together.
const Storage &ResidencyCost::getStorage(Operand operand, size_t level) const {
  if (operand == Operand::B)
    return storageB;
  bool isDense = operand == Operand::Z ||
                 (work.a.decomposedAtRunTime && level <= accumulators);
  return isDense ? dense : allTerms;
}

/// Inside the accumulators one term stands at a time.
const Storage &ResidencyCost::getStorage(Operand operand, size_t level,
                                         const Storage &term) const {
  return operand == Operand::A && level > accumulators
             ? term
             : getStorage(operand, level);
}

void ResidencyCost::addEdges(Operand operand) {
  size_t outer = 0;
  for (size_t inner = 1; inner <= residency.size(); ++inner)
    if (inner == residency.size() || residency[inner].contains(operand)) {
      edges[getIndex(operand)].push_back(createEdge(operand, outer, inner));
      outer = inner;
    }
}

Edge ResidencyCost::createEdge(Operand operand, size_t outer,
                               size_t inner) const {
  const MemoryLevel &memory = machine.levels[outer];
  const auto &energies = machine.getEnergy().levels;
  double words = work.getElementWords(operand);
  // Inside the accumulators B passes once for each term.
  bool isRepeated = operand == Operand::B && inner > accumulators;
  double times = isRepeated ? terms.size() : 1;
  Edge edge;
  edge.outer = outer;
  edge.inner = inner;
  OperandTraffic read, metadata;
  addReads(read, times, getStorage(operand, outer), words);
  std::swap(metadata.metadataReadBits, read.metadataReadBits);
  edge.readWords = getWordsRead(read);
  edge.readPj = getEnergy(read, memory, energies[outer]);
  edge.metadataWords = getWordsRead(metadata);
  edge.metadataPj = getEnergy(metadata, memory, energies[outer]);
  if (operand == Operand::Z) {
    OperandTraffic update;
    update.updates = words;
    edge.updateWords = getWordsWritten(update);
    edge.updatePj = getEnergy(update, memory, energies[outer]);
  }
  if (inner != residency.size()) {
    OperandTraffic fill;
    addFills(fill, times, getStorage(operand, inner), words);
    edge.fillWords = getWordsWritten(fill);
    edge.fillPj = getEnergy(fill, machine.levels[inner], energies[inner]);
  }
  if (operand == Operand::A && outer <= accumulators && inner > accumulators)
    addBlocks(edge);
  return edge;
}

void ResidencyCost::addBlocks(Edge &edge) const {
  DecomposeCost cost;
  cost.blocks = countBlocks(work, 1);
  edge.blocks = cost.blocks;
  edge.blockPj = getEnergy(cost, work, machine, allTerms.keptShare);
}

void ResidencyCost::addLimits() {
  for (size_t level = 1; level != residency.size(); ++level) {
    const MemoryLevel &memory = machine.levels[level];
    if (memory.capacity == kUnlimitedCapacity)
      continue;
    Limit limit{level, {}};
    for (const Storage &term : terms) {
      std::array<Demand, 3> &units = limit.units.emplace_back();
      for (Operand operand : kOperands)
        if (residency[level].contains(operand))
          units[getIndex(operand)] = getDemand(
              work, operand, 1, getStorage(operand, level, term), memory);
    }
    limits.push_back(std::move(limit));
  }
}

int64_t ResidencyCost::getReachOfTerm() const {
  return getReach(machine, *laneLevel, Dim::K, terms.front().laneShare);
}

bool ResidencyCost::isExact() const {
  if (!isSeries())
    return true;
  bool keepsBInside =
      llvm::any_of(llvm::ArrayRef(residency).drop_front(accumulators + 1),
                   [](const OperandSet &keeps) { return keeps.b; });
  bool hasImage =
      work.window && (work.window->image == Operand::A || keepsBInside);
  return !hasImage && (!laneLevel || laneLevel == accumulators);
}

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
  // The first product of a sum reads nothing.
  double read = isResult ? (leaving - 1) * updateShare : leaving;
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
  int64_t lanes = spread.instances.back();
  SkipEffect skip =
      getSkipEffect(lanes * steps.back(), lanes, getSkipDensity(dim));
  SplitCost cost =
      create(dim, spread, reloads, cycles / skip.utilization, skip.readShare);
  cost.steps = steps;
  cost.tile.resize(steps.size());
  int64_t tile = 1;
  for (size_t level = steps.size(); level--;)
    cost.tile[level] = tile *= steps[level] * spread.instances[level];
  if (dim == Dim::K)
    addTermTiles(cost, spread, laneLevel ? steps[*laneLevel] : 1);
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
  return create(dim, spread, reloads, cycles, getSkipDensity(dim));
}
