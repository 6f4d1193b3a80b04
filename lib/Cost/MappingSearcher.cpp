//===- MappingSearcher.cpp - Branch and bound over mappings ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MappingSearcher.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::cost;
using namespace tasd::machine;

/// Values that differ by less are equal: sums in another order.
static constexpr double kRounding = 1e-9;

static size_t getIndex(Dim dim) { return static_cast<size_t>(dim); }

MappingSearcher::MappingSearcher(const Work &work, const Machine &machine,
                                 Objective objective)
    : work(work), machine(machine), objective(objective) {
  for (Dim dim : kDims)
    spreads[getIndex(dim)] = listSpreads(work, machine, dim);
}

MappingSearcher::Rank MappingSearcher::getRank(const Totals &totals) const {
  double edp = totals.energyPj * totals.cycles;
  double value = objective == Objective::Latency  ? totals.cycles
                 : objective == Objective::Energy ? totals.energyPj
                                                  : edp;
  return {value, edp, totals.cycles};
}

/// -1, 0 or 1.
static int compare(double value, double other) {
  if (value < other * (1 - kRounding))
    return -1;
  return value > other * (1 + kRounding);
}

bool MappingSearcher::mayImprove(const Totals &totals) const {
  if (!best)
    return true;
  auto [value, edp, cycles] = getRank(totals);
  auto [bestValue, bestEdp, bestCycles] = bestRank;
  if (int order = compare(value, bestValue))
    return order < 0;
  if (int order = compare(edp, bestEdp))
    return order < 0;
  return compare(cycles, bestCycles) < 0;
}

MappingSearcher::SpreadCosts
MappingSearcher::computeSpreadCosts(const ResidencyCost &cost, Dim dim) const {
  SpreadCosts result;
  for (const Spread &spread : spreads[getIndex(dim)]) {
    result.sequence.push_back(result.costs.size());
    result.costs.push_back(cost.computeLeast(dim, spread));
    if (result.costs.size() == 1)
      result.least = result.costs.front();
    else
      takeLeast(result.least, result.costs.back());
  }
  return result;
}

/// By what each spread costs at least, with the least of the other dimensions.
void MappingSearcher::sortSpreads(Scope &scope) const {
  for (Dim dim : kDims) {
    std::vector<Rank> ranks;
    SpreadCosts &candidates = scope.spreads[getIndex(dim)];
    for (const SplitCost &cost : candidates.costs) {
      Costs costs;
      for (Dim other : kDims)
        costs[getIndex(other)] = &scope.spreads[getIndex(other)].least;
      costs[getIndex(dim)] = &cost;
      ranks.push_back(getRank(scope.cost.computeTotals(costs, false)));
    }
    llvm::sort(candidates.sequence, [&](size_t a, size_t b) {
      return std::tie(ranks[a], a) < std::tie(ranks[b], b);
    });
  }
}

/// Splits are those of an order that is the same as seen by the dimension.
const SplitList &MappingSearcher::getList(Scope &scope, Dim dim, size_t spread,
                                          const Order &order) {
  std::vector<char> view;
  for (const LevelOrder &level : order)
    view.push_back((level.innermost == dim) | (level.alone << 1) |
                   (level.empty << 2));
  auto [entry, isNew] = scope.lists.try_emplace({dim, spread, view});
  if (isNew)
    entry->second =
        listSplits(scope.cost, dim, spreads[getIndex(dim)][spread], order);
  return entry->second;
}

void MappingSearcher::consider(Scope &scope, const SpreadChoice &choice,
                               const Order &order, const Costs &costs) {
  if (!scope.cost.fits(costs))
    return;
  Totals totals = scope.cost.computeTotals(costs);
  if (!mayImprove(totals))
    return;
  std::array<const Spread *, 3> chosen;
  std::array<PerLevel<int64_t>, 3> splits;
  for (Dim dim : kDims) {
    size_t index = getIndex(dim);
    chosen[index] = &spreads[index][choice[index]];
    splits[index] = costs[index]->steps;
  }
  best = {createMapping(machine, chosen, splits, scope.cost.getResidency(),
                        order, scope.cost.getTermLevel()),
          totals};
  bestRank = getRank(totals);
}

/// Goes through the splits of N, K and M, in that sequence: the first two
/// decide the tiles of images of B.
void MappingSearcher::searchSplits(
    Scope &scope, const SpreadChoice &choice, const Order &order,
    const std::array<const SplitList *, 3> &lists) {
  auto [listM, listN, listK] = lists;
  auto leads = [&](const Costs &costs, bool knowsTiles) {
    return mayImprove(scope.cost.computeTotals(costs, knowsTiles)) &&
           scope.cost.fits(costs);
  };
  bool knowsTiles = !work.window || work.window->image == Operand::B;
  for (const SplitCost &n : listN->splits) {
    if (!leads({&listM->least, &n, &listK->least}, !work.window))
      continue;
    for (const SplitCost &k : listK->splits) {
      if (!leads({&listM->least, &n, &k}, knowsTiles))
        continue;
      for (const SplitCost &m : listM->splits)
        consider(scope, choice, order, {&m, &n, &k});
    }
  }
}

void MappingSearcher::searchOrder(Scope &scope, const SpreadChoice &choice,
                                  const Order &order) {
  std::array<const SplitList *, 3> lists;
  Costs least;
  for (Dim dim : {Dim::N, Dim::M, Dim::K}) {
    size_t index = getIndex(dim);
    lists[index] = &getList(scope, dim, choice[index], order);
    if (lists[index]->splits.empty())
      return;
    least[index] = &lists[index]->least;
  }
  if (scope.cost.fits(least) &&
      mayImprove(scope.cost.computeTotals(least, !work.window)))
    searchSplits(scope, choice, order, lists);
}

void MappingSearcher::searchSpreads(Scope &scope) {
  auto &[m, n, k] = scope.spreads;
  auto leads = [&](const Costs &costs) {
    return mayImprove(scope.cost.computeTotals(costs, false));
  };
  for (size_t spreadM : m.sequence) {
    if (!leads({&m.costs[spreadM], &n.least, &k.least}))
      continue;
    for (size_t spreadK : k.sequence) {
      if (!leads({&m.costs[spreadM], &n.least, &k.costs[spreadK]}))
        continue;
      for (size_t spreadN : n.sequence)
        for (const Order &order : scope.orders)
          if (leads({&m.costs[spreadM], &n.costs[spreadN], &k.costs[spreadK]}))
            searchOrder(scope, {spreadM, spreadN, spreadK}, order);
    }
  }
}

void MappingSearcher::searchResidency(const Residency &residency) {
  ResidencyCost cost(work, machine, residency);
  llvm::SmallVector<size_t, 2> mayHoldLoops;
  if (cost.getTermLevel())
    mayHoldLoops.push_back(*cost.getTermLevel());
  if (cost.skipsZeros())
    mayHoldLoops.push_back(residency.size() - 1);
  Scope scope{cost, listOrders(machine, residency, mayHoldLoops), {}, {}};
  for (Dim dim : kDims)
    scope.spreads[getIndex(dim)] = computeSpreadCosts(cost, dim);
  sortSpreads(scope);
  searchSpreads(scope);
}

std::optional<FoundMapping> MappingSearcher::run() {
  for (const Residency &residency : listResidencies(machine))
    searchResidency(residency);
  return std::move(best);
}
