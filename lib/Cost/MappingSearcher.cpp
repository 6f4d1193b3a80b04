//===- MappingSearcher.cpp - Branch and bound over mappings ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MappingSearcher.h"

#include "llvm/ADT/STLExtras.h"

#include <numeric>

using namespace tasd::cost;
using namespace tasd::machine;

static size_t getIndex(Dim dim) { return static_cast<size_t>(dim); }

MappingSearcher::MappingSearcher(const Work &work, const Machine &machine,
                                 Objective objective)
    : work(work), machine(machine), objective(objective) {
  for (Dim dim : kDims)
    spreads[getIndex(dim)] = listSpreads(work, machine, dim);
}

void MappingSearcher::assumeNoWorseThan(const Totals &known) {
  // Far above what rounding makes of equal costs, so that the best is better.
  constexpr double margin = 1 + 1e-6;
  bestRank = getRank({known.cycles * margin, known.energyPj * margin});
}

Rank MappingSearcher::getRank(const Totals &totals) const {
  return cost::getRank(objective, totals.cycles, totals.energyPj);
}

bool MappingSearcher::mayImprove(const Totals &totals) const {
  return limits.allow(totals.cycles, totals.energyPj, totals.words) &&
         (!bestRank || getRank(totals).isBetterThan(*bestRank));
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
      ranks.push_back(
          getRank(scope.cost.computeTotals(costs, ImageTiles::Unknown)));
    }
    llvm::sort(candidates.sequence, [&](size_t a, size_t b) {
      return std::tie(ranks[a].parts, a) < std::tie(ranks[b].parts, b);
    });
  }
}

/// Whether a split may improve on the best with the least of the others.
bool MappingSearcher::mayImprove(const Scope &scope, Dim dim,
                                 const SplitCost &split) const {
  bool hasPixels = !split.imageShares.empty();
  Costs costs;
  for (Dim other : kDims)
    costs[getIndex(other)] = &scope.spreads[getIndex(other)].least;
  costs[getIndex(dim)] = &split;
  return mayImprove(scope.cost.computeTotals(
      costs, hasPixels ? ImageTiles::Pixels : ImageTiles::Unknown));
}

const SplitList &MappingSearcher::getList(Scope &scope, Dim dim, size_t spread,
                                          size_t order) const {
  size_t index = getIndex(dim), view = scope.views[index][order];
  std::unique_ptr<SplitList> &list = scope.lists[index][spread][view];
  if (!list)
    list = std::make_unique<SplitList>(listSplits(
        scope.cost, dim, spreads[index][spread], scope.orders[view],
        [&](const SplitCost &split) { return mayImprove(scope, dim, split); }));
  return *list;
}

Mapping MappingSearcher::createMapping(const Branch &branch,
                                       const Costs &costs) const {
  std::array<const Spread *, 3> chosen;
  std::array<PerLevel<int64_t>, 3> splits;
  for (Dim dim : kDims) {
    size_t index = getIndex(dim);
    chosen[index] = &spreads[index][branch.choice[index]];
    splits[index] = costs[index]->steps;
  }
  const ResidencyCost &cost = branch.scope.cost;
  // The length of loops that terms fill lanes of is all that counts of them.
  Spread spreadK = *chosen[getIndex(Dim::K)];
  chosen[getIndex(Dim::K)] = &spreadK;
  if (std::optional<size_t> level = cost.getTermLevel()) {
    int64_t &steps = splits[getIndex(Dim::K)][*level];
    int64_t &places = spreadK.instances[*level];
    int64_t length = steps * places;
    places = std::gcd(length, cost.getReachOfTerm());
    steps = length / places;
  }
  return tasd::cost::createMapping(machine, chosen, splits, cost.getResidency(),
                                   branch.order, cost.getTermLevel());
}

void MappingSearcher::consider(const Branch &branch, const Costs &costs,
                               Totals totals) {
  Mapping mapping = createMapping(branch, costs);
  if (!branch.scope.cost.isExact()) {
    Cost cost = llvm::cantFail(computeCost(work, mapping, machine));
    totals = {static_cast<double>(cost.cycles), cost.energyPj,
              cost.levels.front().getWords()};
    if (!mayImprove(totals))
      return;
  }
  best = {std::move(mapping), totals};
  bestRank = getRank(totals);
}

/// The first two decide the tiles of images of B.
static constexpr std::array<Dim, 3> kSequence = {Dim::N, Dim::K, Dim::M};

/// What is known of the tiles of an image once the split of `dim` is chosen.
ImageTiles MappingSearcher::getKnownTiles(Dim dim) const {
  if (!work.window || dim == Dim::M ||
      (dim == Dim::K && work.window->image == Operand::B))
    return ImageTiles::Known;
  return ImageTiles::Pixels;
}

/// With what of it a split never takes less energy than one before it: with
/// what the splits of `dim` do not change, and of one share where they move
/// several tiles.
ImageTiles MappingSearcher::getSortedTiles(const Scope &scope, Dim dim) const {
  if (!work.window)
    return ImageTiles::Known;
  if (dim == Dim::K)
    return ImageTiles::Pixels;
  bool isLast = dim == Dim::M && work.window->image == Operand::B;
  return isLast && scope.cost.getNumImageLevels() < 2 ? ImageTiles::Known
                                                      : ImageTiles::Unknown;
}

/// Goes through the splits of a dimension, the least energy first, as long as
/// with the fewest cycles they may improve on the best.
void MappingSearcher::searchSplits(const Branch &branch, size_t depth,
                                   Costs costs, double leastCycles) {
  Dim dim = kSequence[depth];
  const ResidencyCost &cost = branch.scope.cost;
  ImageTiles sorted = getSortedTiles(branch.scope, dim),
             known = getKnownTiles(dim);
  for (const SplitCost &split : branch.lists[getIndex(dim)]->splits) {
    costs[getIndex(dim)] = &split;
    Totals totals = cost.computeTotals(costs, sorted);
    if (!mayImprove({leastCycles, totals.energyPj}))
      return;
    if (known != sorted)
      totals = cost.computeTotals(costs, known);
    if (!mayImprove(totals) || !cost.fits(costs))
      continue;
    if (depth + 1 == kSequence.size())
      consider(branch, costs, totals);
    else
      searchSplits(branch, depth + 1, costs, totals.cycles);
  }
}

void MappingSearcher::searchOrder(Scope &scope, const SpreadChoice &choice,
                                  size_t order) {
  Branch branch{scope, choice, scope.orders[order], {}};
  Costs least;
  for (Dim dim : kDims) {
    size_t index = getIndex(dim);
    branch.lists[index] = &getList(scope, dim, choice[index], order);
    if (branch.lists[index]->splits.empty())
      return;
    least[index] = &branch.lists[index]->least;
  }
  Totals totals = scope.cost.computeTotals(least, ImageTiles::Pixels);
  if (mayImprove(totals) && scope.cost.fits(least))
    searchSplits(branch, 0, least, totals.cycles);
}

void MappingSearcher::searchSpreads(Scope &scope) {
  auto &[m, n, k] = scope.spreads;
  auto bound = [&](const Costs &costs) {
    return scope.cost.computeTotals(costs, ImageTiles::Unknown);
  };
  for (size_t spreadM : m.sequence) {
    const SplitCost &costM = m.costs[spreadM];
    if (!mayImprove(bound({&costM, &n.least, &k.least})))
      continue;
    for (size_t spreadK : k.sequence) {
      const SplitCost &costK = k.costs[spreadK];
      if (!mayImprove(bound({&costM, &n.least, &costK})))
        continue;
      for (size_t spreadN : n.sequence) {
        Totals least = bound({&costM, &n.costs[spreadN], &costK});
        for (size_t order = 0; order != scope.orders.size(); ++order)
          if (mayImprove(least))
            searchOrder(scope, {spreadM, spreadN, spreadK}, order);
      }
    }
  }
}

/// Whether the dimension stands alike in both: its splits cost the same.
static bool looksAlike(Dim dim, const Order &order, const Order &other) {
  return llvm::all_of(llvm::zip(order, other), [&](auto levels) {
    const auto &[a, b] = levels;
    return (a.innermost == dim) == (b.innermost == dim) && a.alone == b.alone &&
           a.empty == b.empty;
  });
}

MappingSearcher::Scope
MappingSearcher::createScope(const ResidencyCost &cost) const {
  llvm::SmallVector<size_t, 2> mayHoldLoops;
  if (cost.getTermLevel())
    mayHoldLoops.push_back(*cost.getTermLevel());
  if (cost.skipsZeros())
    mayHoldLoops.push_back(machine.levels.size() - 1);
  Scope scope{
      cost, listOrders(machine, cost.getResidency(), mayHoldLoops), {}, {}, {}};
  for (Dim dim : kDims) {
    size_t index = getIndex(dim);
    for (const Order &order : scope.orders) {
      auto first = llvm::find_if(scope.orders, [&](const Order &other) {
        return looksAlike(dim, order, other);
      });
      scope.views[index].push_back(first - scope.orders.begin());
    }
    scope.spreads[index] = computeSpreadCosts(cost, dim);
    scope.lists[index].resize(spreads[index].size());
    for (auto &list : scope.lists[index])
      list.resize(scope.orders.size());
  }
  sortSpreads(scope);
  return scope;
}

std::optional<FoundMapping> MappingSearcher::run() {
  for (const Residency &residency : listResidencies(work, machine)) {
    ResidencyCost cost(work, machine, residency);
    Scope scope = createScope(cost);
    searchSpreads(scope);
  }
  return std::move(best);
}
