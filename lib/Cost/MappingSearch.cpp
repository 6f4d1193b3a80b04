//===- MappingSearch.cpp - The best mapping of a layer --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Descent from a nest whose temporal loops all stand outermost: a step moves a
// factor of a loop to another level and turns the order of both, or changes
// what a level keeps, as long as that gains.
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/MappingSearch.h"

#include "Storage.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>
#include <tuple>

using namespace tasd::cost;
using namespace tasd::machine;

namespace {
class Descent {
public:
  Descent(const Work &work, const Machine &machine, Objective objective)
      : work(work), machine(machine), objective(objective) {}

  llvm::Expected<MappedCost> run();

private:
  using Rank = std::tuple<double, double, int64_t>;
  using Change = llvm::function_ref<void(Mapping &)>;

  int64_t getReach(size_t level, Dim dim) const;
  Mapping getStart(bool spread) const;
  llvm::Expected<MappedCost> evaluate(Mapping mapping) const;
  Rank getRank(const Cost &cost) const;
  void propose(Change change);
  void proposeMoves();
  void proposeKeeps();

  const Work &work;
  const Machine &machine;
  Objective objective;
  MappedCost current, best;
};
} // namespace

/// Instances along `dim` that the loops of `level` may spread over; along K
/// only the kept elements of a term take a lane.
int64_t Descent::getReach(size_t level, Dim dim) const {
  int64_t fanout = getExtent(machine.getFanout(level), dim);
  if (dim != Dim::K || fanout == 1)
    return fanout;
  double share = 0;
  for (const Storage &storage : getStorages(machine, Operand::A, work))
    share = std::max(share, storage.laneShare);
  return std::floor(fanout / share + 1e-6);
}

Mapping Descent::getStart(bool spread) const {
  Mapping mapping;
  for (const MemoryLevel &level : machine.levels)
    mapping.levels.push_back({level.name, std::nullopt, {}, {}});
  for (Dim dim : kDims) {
    int64_t rest = getExtent(work.extents, dim);
    for (size_t level = machine.levels.size(); level--;) {
      int64_t reach = spread ? getReach(level, dim) : 1;
      // As few instances as save the same steps.
      int64_t lanes =
          llvm::divideCeil(rest, llvm::divideCeil(rest, std::min(reach, rest)));
      rest = llvm::divideCeil(rest, lanes);
      LoopKind kind = dim == Dim::M ? LoopKind::SpatialY : LoopKind::SpatialX;
      if (lanes > 1)
        mapping.levels[level].loops.push_back({dim, lanes, kind});
    }
    for (LevelNest &nest : mapping.levels)
      nest.loops.insert(nest.loops.begin(), {dim, 1});
    for (Loop &loop : mapping.levels.front().loops)
      if (loop.dim == dim && !loop.isSpatial())
        loop.bound = rest;
  }
  return mapping;
}

llvm::Expected<MappedCost> Descent::evaluate(Mapping mapping) const {
  auto cost = computeCost(work, mapping, machine);
  if (!cost)
    return cost.takeError();
  return MappedCost{std::move(mapping), std::move(*cost)};
}

Descent::Rank Descent::getRank(const Cost &cost) const {
  return {getValue(objective, cost), cost.getEdpPjCycles(), cost.cycles};
}

void Descent::propose(Change change) {
  Mapping mapping = current.mapping;
  change(mapping);
  auto proposed = evaluate(std::move(mapping));
  if (!proposed)
    return llvm::consumeError(proposed.takeError());
  if (getRank(proposed->cost) < getRank(best.cost))
    best = std::move(*proposed);
}

static Loop &findTemporal(LevelNest &nest, Dim dim) {
  return *llvm::find_if(nest.loops, [&](const Loop &loop) {
    return loop.dim == dim && !loop.isSpatial();
  });
}

static llvm::SmallVector<int64_t> findDivisors(int64_t number) {
  llvm::SmallVector<int64_t> divisors;
  for (int64_t low = 1; low <= number / low; ++low)
    if (number % low == 0) {
      divisors.push_back(low);
      divisors.push_back(number / low);
    }
  return divisors;
}

/// Of the order of a level, only which loop stands innermost matters.
static void turn(LevelNest &nest, size_t innermost) {
  std::swap(nest.loops[innermost], nest.loops[2]);
}

static constexpr std::pair<size_t, size_t> kOrders[] = {
    {0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {2, 0}, {2, 1}, {2, 2}};

void Descent::proposeMoves() {
  size_t numLevels = machine.levels.size();
  for (Dim dim : kDims)
    for (size_t from = 0; from != numLevels; ++from) {
      int64_t bound = findTemporal(current.mapping.levels[from], dim).bound;
      for (int64_t factor : findDivisors(bound))
        for (size_t to = 0; to != numLevels; ++to)
          if (from != to && factor > 1)
            for (auto [outer, inner] : kOrders)
              propose([&, outer = outer, inner = inner](Mapping &mapping) {
                findTemporal(mapping.levels[from], dim).bound /= factor;
                findTemporal(mapping.levels[to], dim).bound *= factor;
                turn(mapping.levels[from], outer);
                turn(mapping.levels[to], inner);
              });
    }
}

void Descent::proposeKeeps() {
  for (size_t level = 0; level != machine.levels.size(); ++level)
    for (Operand operand : kOperands)
      if (machine.levels[level].mayBypass.contains(operand))
        propose([&](Mapping &mapping) {
          OperandSet keeps = getKeeps(mapping, machine, level);
          bool &member = operand == Operand::A   ? keeps.a
                         : operand == Operand::B ? keeps.b
                                                 : keeps.z;
          member = !member;
          mapping.levels[level].keeps = keeps;
        });
}

llvm::Expected<MappedCost> Descent::run() {
  auto start = evaluate(getStart(/*spread=*/true));
  if (!start) {
    llvm::consumeError(start.takeError());
    start = evaluate(getStart(/*spread=*/false));
  }
  if (!start)
    return start.takeError();
  best = std::move(*start);
  Rank before;
  do {
    before = getRank(best.cost);
    current = best;
    proposeMoves();
    proposeKeeps();
  } while (getRank(best.cost) < before);
  for (LevelNest &nest : best.mapping.levels)
    llvm::erase_if(nest.loops, [](const Loop &loop) {
      return loop.bound == 1 && !loop.isSpatial();
    });
  return std::move(best);
}

llvm::Expected<MappedCost> tasd::cost::findBestMapping(const Work &work,
                                                       const Machine &machine,
                                                       Objective objective) {
  return Descent(work, machine, objective).run();
}
