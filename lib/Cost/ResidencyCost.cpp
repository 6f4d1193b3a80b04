//===- ResidencyCost.cpp - What an element costs, by residency ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SplitCost.h"

#include "Energy.h"
#include "Lanes.h"

#include "llvm/Support/MathExtras.h"

#include <numeric>

using namespace tasd::cost;
using namespace tasd::machine;

static size_t getIndex(Operand operand) { return static_cast<size_t>(operand); }

double tasd::cost::getLeastImageShare(const Window &window) {
  double share = 1;
  for (const WindowDim &dim : window.dims) {
    double apart = dim.stride / std::gcd(dim.stride, dim.dilation);
    apart = std::min(apart, static_cast<double>(dim.input) / dim.output);
    share *= std::min(1.0, apart / dim.kernel);
  }
  return share;
}

Dim tasd::cost::getPixelDim(const Window &window) {
  return window.image == Operand::A ? Dim::M : Dim::N;
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

/// The least share of K in what a spread pads it to: products along the padding
/// take nothing of an image.
static double getLeastKShare(const Work &work, const Machine &machine) {
  double share = 1;
  for (const Spread &spread : listSpreads(work, machine, Dim::K))
    share = std::min(share,
                     static_cast<double>(work.extents.k) / spread.getPadded());
  return share;
}

ResidencyCost::ResidencyCost(const Work &work, const Machine &machine,
                             const Residency &residency)
    : work(work), machine(machine), residency(residency),
      terms(getStorages(machine, Operand::A, work)),
      allTerms(sumStorages(terms)),
      storageB(sumStorages(getStorages(machine, Operand::B, work))),
      laneLevel(getLaneLevel(machine)),
      accumulators(findAccumulators(residency)),
      rings(findRings([&](size_t level) { return residency[level]; },
                      accumulators)) {
  macDensity = terms.front().skipDensity * storageB.skipDensity;
  macPj = getMacPj(terms, macDensity, work, machine);
  if (work.window)
    leastImageShare =
        getLeastKShare(work, machine) * getLeastImageShare(*work.window);
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
