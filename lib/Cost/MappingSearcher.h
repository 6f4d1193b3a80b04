//===- MappingSearcher.h - Branch and bound over mappings ----- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Objective: the least value, then the least energy-delay product, then the
// fewest cycles, all but for rounding.
//
// Optimality: exact over the space of MappingSpace.h. A mapping is a residency,
// a spread of each dimension, an order, and a split of each dimension, chosen
// in that sequence. What is not chosen yet counts with the least it can cost
// (SplitCost), so that a choice is left as soon as that is no better than the
// best mapping so far; energies and words are sums of products of parts that
// are not negative, cycles a maximum of such sums, so parts that are each the
// least bound them, and their product that of both. Splits that another one is
// as good as in all respects are left out (SplitList).
//
// Failure: where no mapping fits; the caller asks for it before.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_MAPPINGSEARCHER_H
#define TASD_LIB_COST_MAPPINGSEARCHER_H

#include "Rank.h"
#include "SplitList.h"

#include "tasd/Cost/MappingSearch.h"

#include <memory>

namespace tasd::cost {

/// What was found.
struct FoundMapping {
  Mapping mapping;
  /// The sum by dimensions, of one product.
  Totals totals;
};

class MappingSearcher {
public:
  /// All outlive this object. `work` is one that `machine` runs, of one
  /// product.
  MappingSearcher(const Work &work, const machine::Machine &machine,
                  Objective objective);

  /// Says what some mapping costs. Those that are clearly worse are passed
  /// over; the best, which is not, is found all the same.
  void assumeNoWorseThan(const Totals &known);

  /// Passes over mappings that cost more.
  void limit(const CostLimits &most) { limits = most; }

  /// None where no mapping fits within the limits.
  std::optional<FoundMapping> run();

private:
  using Costs = ResidencyCost::Costs;
  using SpreadChoice = std::array<size_t, 3>;
  /// The spreads of a dimension with the least that any split of each costs.
  struct SpreadCosts {
    std::vector<SplitCost> costs;
    /// The most promising first.
    std::vector<size_t> sequence;
    SplitCost least;
  };

  /// What is the same for all mappings of one residency.
  struct Scope {
    const ResidencyCost &cost;
    std::vector<Order> orders;
    /// For each order the first that the dimension cannot tell from it.
    std::array<std::vector<size_t>, 3> views;
    std::array<SpreadCosts, 3> spreads;
    /// By spread and view; null until somebody asks.
    std::array<std::vector<std::vector<std::unique_ptr<SplitList>>>, 3> lists;
  };

  /// What is left to choose splits for.
  struct Branch {
    const Scope &scope;
    const SpreadChoice &choice;
    const Order &order;
    std::array<const SplitList *, 3> lists;
  };

  Rank getRank(const Totals &totals) const;
  bool mayImprove(const Totals &totals) const;
  bool mayImprove(const Scope &scope, Dim dim, const SplitCost &split) const;
  SpreadCosts computeSpreadCosts(const ResidencyCost &cost, Dim dim) const;
  void sortSpreads(Scope &scope) const;
  const SplitList &getList(Scope &scope, Dim dim, size_t spread,
                           size_t order) const;
  Scope createScope(const ResidencyCost &cost) const;
  Mapping createMapping(const Branch &branch, const Costs &costs) const;
  void searchSpreads(Scope &scope);
  void searchOrder(Scope &scope, const SpreadChoice &choice, size_t order);
  ImageTiles getKnownTiles(Dim dim) const;
  ImageTiles getSortedTiles(const Scope &scope, Dim dim) const;
  void searchSplits(const Branch &branch, size_t depth, Costs costs,
                    double leastCycles);
  void consider(const Branch &branch, const Costs &costs, Totals totals);

  const Work &work;
  const machine::Machine &machine;
  Objective objective;
  std::array<std::vector<Spread>, 3> spreads;
  std::optional<FoundMapping> best;
  /// What a mapping has to be better than: the best, or what is known of
  /// another one.
  std::optional<Rank> bestRank;
  CostLimits limits;
};

} // namespace tasd::cost

#endif // TASD_LIB_COST_MAPPINGSEARCHER_H
