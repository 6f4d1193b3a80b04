//===- Knapsack.cpp - The multiple-choice knapsack problem ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::search;

namespace {
/// A smaller problem of the same selections: taken from each group is what all
/// its items have, and costs are counted in what divides all of them, so that
/// bounds round up to what a selection may cost.
struct Reduction {
  Int128 cost = 0, error = 0;
  Int128 costUnit = 0;
  /// The largest error of what is left.
  Int128 mostError = 0;

  explicit Reduction(Knapsack &problem) {
    std::vector<Group> &groups = problem.groups;
    for (auto [group, error] : llvm::zip(groups, problem.knownErrors))
      error -= group.front().error;
    for (Group &group : groups)
      takeLeast(group);
    if (costUnit > 1)
      for (Group &group : groups)
        for (Item &item : group)
          item.cost /= costUnit;
  }

  Int128 getCost(Int128 reduced) const { return reduced * costUnit + cost; }

private:
  void takeLeast(Group &group) {
    Int128 leastCost = group.back().cost, leastError = group.front().error;
    cost += leastCost;
    error += leastError;
    for (Item &item : group) {
      item.cost -= leastCost;
      item.error -= leastError;
      costUnit = getGcd(item.cost, costUnit);
    }
    mostError += group.back().error;
  }
};
} // namespace

/// What a selection, given as positions of items, sums up to.
static Item getSum(const Knapsack &problem, const Choice &positions) {
  Item sum = {};
  for (auto [group, position] : llvm::zip(problem.groups, positions)) {
    sum.cost += group[position].cost;
    sum.error += group[position].error;
  }
  return sum;
}

/// Moves every group to an item `pick` gives if that fits into the budget.
template <typename Pick>
static void moveWhereItFits(const Knapsack &problem, Choice &positions,
                            Pick pick) {
  Int128 slack = problem.budget - getSum(problem, positions).error;
  for (size_t i = 0; i < problem.groups.size(); ++i) {
    const Group &group = problem.groups[i];
    Int128 error = group[positions[i]].error;
    uint32_t next = pick(i, error + slack);
    if (group[next].error > error + slack)
      continue;
    slack += error - group[next].error;
    positions[i] = next;
  }
}

/// The cheapest item of at most an error.
static uint32_t findCheapest(const Group &group, Int128 mostError) {
  auto end = llvm::partition_point(
      group, [&](const Item &item) { return item.error <= mostError; });
  return static_cast<uint32_t>(end - group.begin() - 1);
}

/// A selection close to the relaxation's: the bases that fit, then whatever
/// else saves cost.
static Choice getFirstSelection(const Knapsack &problem,
                                const Relaxation &relaxation) {
  Choice positions(problem.groups.size(), 0);
  moveWhereItFits(problem, positions, [&](size_t group, Int128) {
    return static_cast<uint32_t>(relaxation.getBase(group));
  });
  moveWhereItFits(problem, positions, [&](size_t group, Int128 most) {
    return findCheapest(problem.groups[group], most);
  });
  return positions;
}

/// The better of that and the known one.
static Choice getStart(const Knapsack &problem, const Relaxation &relaxation) {
  Choice first = getFirstSelection(problem, relaxation), known;
  for (auto [group, error] : llvm::zip(problem.groups, problem.knownErrors))
    known.push_back(findCheapest(group, error));
  if (known.size() == first.size() &&
      getSum(problem, known).cost < getSum(problem, first).cost)
    return known;
  return first;
}

/// Solves a problem whose least error is 0 and within the budget. The choice is
/// of positions.
static KnapsackSolution solveReduced(const Knapsack &problem, Effort &effort) {
  Relaxation relaxation(problem);
  Choice best = getStart(problem, relaxation);
  Int128 cost = getSum(problem, best).cost;
  Core core(problem, relaxation, effort);
  std::optional<Int128> lost = core.improve(best, cost);
  Int128 bound = lost ? std::min(cost, relaxation.getMinCost(*lost)) : cost;
  return {std::move(best), cost, bound};
}

std::optional<KnapsackSolution> tasd::search::solveKnapsack(Knapsack problem,
                                                            Effort &effort) {
  Reduction reduction(problem);
  problem.budget =
      std::min(problem.budget - reduction.error, reduction.mostError);
  if (problem.budget < 0)
    return std::nullopt;
  for (Group &group : problem.groups)
    llvm::erase_if(
        group, [&](const Item &item) { return item.error > problem.budget; });
  KnapsackSolution solution = solveReduced(problem, effort);
  for (auto [group, position] : llvm::zip(problem.groups, solution.choice))
    position = group[position].number;
  solution.cost = reduction.getCost(solution.cost);
  solution.lowerBound = reduction.getCost(solution.lowerBound);
  return solution;
}
