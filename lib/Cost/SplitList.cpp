//===- SplitList.cpp - The splits of a dimension worth a look -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SplitList.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::cost;

namespace {
/// A split, and by what it is compared with others.
struct Candidate {
  PerLevel<int64_t> steps;
  /// What has to be equal.
  llvm::SmallVector<int64_t, 4> alike;
  /// What is better if less.
  llvm::SmallVector<double, 12> less;

  /// Of one that is alike.
  bool isAsGoodAs(const Candidate &other) const {
    return llvm::all_of(llvm::zip(less, other.less), [](auto pair) {
      return std::get<0>(pair) <= std::get<1>(pair);
    });
  }
};

/// Enumerates factors, from the innermost level outwards.
class Lister {
public:
  Lister(const ResidencyCost &cost, Dim dim, const Spread &spread,
         const Order &order);

  std::vector<Candidate> run();

private:
  bool mayHoldLoop(size_t level) const;
  bool takesAll(size_t level) const;
  void visit(size_t level, int64_t rest, int64_t tile);
  bool keepsBlocksWhole() const;
  void add();

  const ResidencyCost &cost;
  Dim dim;
  const Spread &spread;
  const Order &order;
  /// The divisors of the steps, ascending.
  std::vector<int64_t> divisors;
  PerLevel<int64_t> steps, tiles;
  /// Of the innermost steps.
  SkipEffect skip;
  std::vector<Candidate> candidates;
};
} // namespace

static std::vector<int64_t> findDivisors(int64_t number) {
  std::vector<int64_t> low, high;
  for (int64_t divisor = 1; divisor <= number / divisor; ++divisor)
    if (number % divisor == 0) {
      low.push_back(divisor);
      if (divisor != number / divisor)
        high.push_back(number / divisor);
    }
  low.insert(low.end(), high.rbegin(), high.rend());
  return low;
}

Lister::Lister(const ResidencyCost &cost, Dim dim, const Spread &spread,
               const Order &order)
    : cost(cost), dim(dim), spread(spread), order(order),
      divisors(findDivisors(spread.steps)), steps(order.size(), 1),
      tiles(order.size(), 1) {}

bool Lister::mayHoldLoop(size_t level) const {
  const LevelOrder &each = order[level];
  return !each.empty && (!each.alone || each.innermost == dim);
}

/// Whether a loop at the level outside costs no less than at `level`: moved
/// inwards it makes the tile of `level` longer alone, and reloads no edge more
/// often. Where the terms of a series fill lanes, it would change their loops.
bool Lister::takesAll(size_t level) const {
  bool hasTerms = dim == Dim::K && (cost.getTermLevel() == level ||
                                    cost.getTermLevel() == level - 1);
  return mayHoldLoop(level) && !hasTerms && !cost.bounds(level, dim) &&
         !cost.dependsOnTile(level, dim) && !cost.hasRoundTrips(level, dim);
}

/// Whether the steps cut K between blocks, or nowhere, at the accumulators.
bool Lister::keepsBlocksWhole() const {
  size_t accumulators = cost.getAccumulators();
  int64_t length = tiles[accumulators], times = 1;
  for (size_t level = 0; level != accumulators; ++level) {
    length *= spread.instances[level];
    times *= steps[level];
  }
  return times == 1 || hasWholeBlocks(cost.getWork(), length);
}

void Lister::add() {
  if (dim == Dim::K && !keepsBlocksWhole())
    return;
  Candidate candidate;
  candidate.steps = steps;
  candidate.less = cost.countReloads(dim, spread, steps, order);
  double cycles = cost.countCycleFactor(dim, spread, steps, order);
  candidate.less.append({cycles / skip.utilization, skip.readShare});
  double outside = 1;
  for (size_t level = 0; level != order.size(); ++level) {
    if (cost.hasImageTile(level, dim))
      candidate.alike.push_back(cost.getImageTileClass(dim, tiles[level]));
    if (cost.bounds(level, dim))
      candidate.less.push_back(tiles[level]);
    if (cost.hasRoundTrips(level, dim))
      candidate.less.push_back(outside);
    outside *= steps[level];
  }
  if (dim == Dim::K && cost.getTermLevel())
    candidate.alike.push_back(steps[*cost.getTermLevel()]);
  candidates.push_back(std::move(candidate));
}

/// The levels from `level` outwards share `rest` steps.
void Lister::visit(size_t level, int64_t rest, int64_t tile) {
  bool mayHold =
      mayHoldLoop(level) && !(level + 1 != order.size() && takesAll(level + 1));
  for (int64_t factor : divisors) {
    if (factor > rest || (factor > 1 && !mayHold))
      break;
    bool isShare = level ? rest % factor == 0 : rest == factor;
    if (!isShare)
      continue;
    steps[level] = factor;
    tiles[level] = tile * factor * spread.instances[level];
    if (!cost.mayFit(level, dim, tiles[level]))
      break;
    if (level + 1 == order.size())
      skip = cost.getSkipEffect(dim, spread, factor);
    if (level)
      visit(level - 1, rest / factor, tiles[level]);
    else
      add();
  }
}

std::vector<Candidate> Lister::run() {
  visit(order.size() - 1, spread.steps, 1);
  return std::move(candidates);
}

/// Those that no other is as good as, in the order of what is alike; the first
/// of equals stays.
static std::vector<const Candidate *>
findBest(llvm::ArrayRef<Candidate> candidates) {
  std::vector<const Candidate *> sorted, best;
  for (const Candidate &candidate : candidates)
    sorted.push_back(&candidate);
  llvm::sort(sorted, [](const Candidate *a, const Candidate *b) {
    return std::tie(a->alike, a->less, a->steps) <
           std::tie(b->alike, b->less, b->steps);
  });
  size_t firstAlike = 0;
  for (const Candidate *candidate : sorted) {
    if (!best.empty() && best.back()->alike != candidate->alike)
      firstAlike = best.size();
    if (llvm::none_of(llvm::ArrayRef(best).drop_front(firstAlike),
                      [&](const Candidate *other) {
                        return other->isAsGoodAs(*candidate);
                      }))
      best.push_back(candidate);
  }
  return best;
}

/// Moves the least energy to the front.
static void sortByEnergy(const ResidencyCost &cost,
                         std::vector<SplitCost> &splits) {
  std::vector<std::pair<double, size_t>> order;
  for (const SplitCost &split : splits)
    order.push_back({cost.getLeastPj(split), order.size()});
  llvm::sort(order);
  std::vector<SplitCost> sorted;
  for (auto [pj, index] : order)
    sorted.push_back(std::move(splits[index]));
  splits = std::move(sorted);
}

SplitList
tasd::cost::listSplits(const ResidencyCost &cost, Dim dim, const Spread &spread,
                       const Order &order,
                       llvm::function_ref<bool(const SplitCost &)> mayImprove) {
  std::vector<Candidate> candidates = Lister(cost, dim, spread, order).run();
  SplitList list;
  for (const Candidate *candidate : findBest(candidates)) {
    SplitCost split = cost.compute(dim, spread, candidate->steps, order);
    if (!mayImprove(split))
      continue;
    if (list.splits.empty())
      list.least = split;
    else
      takeLeast(list.least, split);
    list.splits.push_back(std::move(split));
  }
  sortByEnergy(cost, list.splits);
  return list;
}
