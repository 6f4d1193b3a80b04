//===- Passes.cpp - How the array runs a multiplication -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd;
using namespace tasd::simulator;
using tasd::machine::Machine;

static bool isSpatial(const MicroLoop &loop) {
  return loop.kind != MicroLoopKind::Temporal;
}

/// Whether the elements of `operand` differ along a dimension; 0, 1, 2 stand
/// for M, N, K.
static bool isIndexedBy(Operand operand, uint8_t dim) {
  constexpr uint8_t others[] = {1, 0, 2};
  return dim != others[static_cast<size_t>(operand)];
}

using Nest = llvm::ArrayRef<MicroLoop>;

static double multiply(Nest nest,
                       llvm::function_ref<bool(const MicroLoop &)> include) {
  double product = 1;
  for (const MicroLoop &loop : nest)
    if (include(loop))
      product *= loop.bound;
  return product;
}

double tasd::simulator::countInstances(Nest nest, uint32_t level) {
  return multiply(nest, [&](const MicroLoop &loop) {
    return isSpatial(loop) && loop.level < level;
  });
}

double tasd::simulator::countCopies(Nest nest, Operand operand,
                                    uint32_t level) {
  return multiply(nest, [&](const MicroLoop &loop) {
    return isSpatial(loop) && loop.level < level &&
           !isIndexedBy(operand, loop.dim);
  });
}

/// Elements in one instance of `level`.
static double countTile(Nest nest, Operand operand, uint32_t level) {
  return multiply(nest, [&](const MicroLoop &loop) {
    return loop.level >= level && isIndexedBy(operand, loop.dim);
  });
}

/// How often an instance of `level` gets a new tile: the innermost loops that
/// do not index the operand leave it in place. The lanes read at each step.
static double countTiles(Nest nest, Operand operand, uint32_t level,
                         bool lanes) {
  double count = 1;
  bool stays = !lanes;
  for (const MicroLoop &loop : llvm::reverse(nest)) {
    if (isSpatial(loop) || loop.level >= level || loop.bound == 1)
      continue;
    stays &= !isIndexedBy(operand, loop.dim);
    if (!stays)
      count *= loop.bound;
  }
  return count;
}

/// Elements that leave all instances of level `from` for level `to`, or for the
/// lanes where that is the number of levels.
static double countDepartures(Nest nest, Operand operand, uint32_t from,
                              uint32_t to, uint32_t numLevels) {
  double between = multiply(nest, [&](const MicroLoop &loop) {
    return isSpatial(loop) && loop.level >= from && loop.level < to &&
           isIndexedBy(operand, loop.dim);
  });
  return countTile(nest, operand, to) *
         countTiles(nest, operand, to, to == numLevels) *
         countInstances(nest, from) * between;
}

static double countArrivals(Nest nest, Operand operand, uint32_t level) {
  return countTile(nest, operand, level) *
         countTiles(nest, operand, level, /*lanes=*/false) *
         countInstances(nest, level);
}

namespace {
/// Fills in a plan.
class Planner {
public:
  Planner(const Multiply &multiply, uint32_t accumulators,
          const Machine &machine)
      : nest(multiply.nest), accumulators(accumulators), machine(machine),
        numLevels(machine.levels.size()) {
    double places =
        ::multiply(nest, [](const MicroLoop &loop) { return loop.dim == 2; });
    filledShare = multiply.k / places;
  }

  void cutIntoPasses();
  void addInput(Operand operand, const InputStorage &input);
  void addSums(double words);

  PassPlan plan;

private:
  /// The levels at or inside the accumulators that keep `operand`, then the
  /// lanes.
  llvm::SmallVector<uint32_t, 3> getReaders(Operand operand) const;
  Amount getAmount(double elements, const InputStorage &input) const;

  Nest nest;
  uint32_t accumulators;
  const Machine &machine;
  uint32_t numLevels;
  /// The share of places along K that are not padding of a ragged last step.
  double filledShare;
};
} // namespace

llvm::SmallVector<uint32_t, 3> Planner::getReaders(Operand operand) const {
  llvm::SmallVector<uint32_t, 3> readers;
  for (uint32_t level = accumulators; level < numLevels; ++level)
    if (machine.levels[level].keep.contains(operand))
      readers.push_back(level);
  readers.push_back(numLevels);
  return readers;
}

void Planner::cutIntoPasses() {
  uint32_t innermost = numLevels;
  for (uint32_t level = accumulators; level < numLevels; ++level)
    if (machine.levels[level].keep.a)
      innermost = level;
  bool inside = true;
  double streamed = 1;
  for (const MicroLoop &loop : llvm::reverse(nest)) {
    if (isSpatial(loop) || loop.bound == 1)
      continue;
    bool stays = !isIndexedBy(Operand::A, loop.dim);
    inside &= loop.level >= innermost || stays;
    if (!inside) {
      plan.outerLoops.push_back({loop.dim == 2, loop.bound});
      plan.numPasses *= loop.bound;
      continue;
    }
    plan.steps *= loop.bound;
    if (loop.dim == 2)
      streamed *= loop.bound;
  }
  plan.firstShare = 1 / streamed;
  if (machine.array.dataflow == tasd::machine::Dataflow::Systolic)
    plan.skew = 2 * machine.array.lanes.k + machine.array.lanes.m - 2;
}

Amount Planner::getAmount(double elements, const InputStorage &input) const {
  double share = elements * filledShare / plan.numPasses;
  return {share * input.storage.keptShare * input.words,
          share * input.storage.metadataBits};
}

/// The way of an input from its source to the lanes. What goes into a level
/// that A stays in belongs to the fetch.
void Planner::addInput(Operand operand, const InputStorage &input) {
  uint32_t from = input.level;
  bool fetched = operand == Operand::A;
  for (uint32_t to : getReaders(operand)) {
    double elements = countDepartures(nest, operand, from, to, numLevels);
    Amount reads = getAmount(elements, input);
    bool first = from == input.level;
    if (first && operand == Operand::A)
      plan.elementsOfA = elements * filledShare;
    fetched &= to != numLevels;
    auto &list = fetched ? plan.fetch : plan.stream;
    list.push_back({from, operand, reads, {}, 0});
    if (first && input.decomposed)
      list.back().reads = {};
    if (to != numLevels)
      list.push_back({to,
                      operand,
                      {},
                      getAmount(countArrivals(nest, operand, to), input),
                      0});
    from = to;
  }
}

void Planner::addSums(double words) {
  double updates =
      countDepartures(nest, Operand::Z, accumulators, numLevels, numLevels);
  plan.sumWords = updates * words / plan.numPasses;
}

bool PassPlan::isFirstAlongK(int64_t pass) const {
  for (auto [alongK, bound] : outerLoops) {
    if (alongK && pass % bound != 0)
      return false;
    pass /= bound;
  }
  return true;
}

PassPlan tasd::simulator::planPasses(const Multiply &multiply,
                                     const InputStorage &a,
                                     const InputStorage &b, double sumWords,
                                     uint32_t accumulators,
                                     const Machine &machine) {
  Planner planner(multiply, accumulators, machine);
  planner.cutIntoPasses();
  planner.addInput(Operand::A, a);
  planner.addInput(Operand::B, b);
  planner.addSums(sumWords);
  planner.plan.denseMacs =
      static_cast<double>(multiply.m) * multiply.n * multiply.k;
  planner.plan.macs = planner.plan.denseMacs * a.storage.laneShare;
  return std::move(planner.plan);
}
