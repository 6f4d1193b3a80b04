//===- Knapsack.h - The multiple-choice knapsack problem --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One item of each group, so that the sum of costs is least while the sum of
// errors stays within a budget.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SEARCH_KNAPSACK_H
#define TASD_LIB_SEARCH_KNAPSACK_H

#include "Effort.h"

namespace tasd::search {

struct Item {
  Int128 cost, error;
  /// Of two that are equal the lower is taken.
  uint32_t number;
};

/// Items that are not dominated, of ascending error and descending cost.
using Group = std::vector<Item>;

struct Knapsack {
  std::vector<Group> groups;
  Int128 budget;
  /// The errors of a selection within the budget that is known to be good;
  /// empty if none is.
  std::vector<Int128> knownErrors = {};
};

struct KnapsackSolution {
  /// The number of the item of each group.
  Choice choice;
  Int128 cost;
  /// No selection within the budget costs less. Equal to the cost where the
  /// selection is proved optimal.
  Int128 lowerBound;
};

/// Leaves of items, or states, of ascending errors and then costs those that
/// cost less than all before.
template <typename T> void keepUndominated(std::vector<T> &sorted) {
  size_t kept = 0;
  for (size_t i = 0; i < sorted.size(); ++i)
    if (kept == 0 || sorted[i].cost < sorted[kept - 1].cost)
      sorted[kept++] = sorted[i];
  sorted.resize(kept);
}

/// Minimises the cost exactly, or until `effort` is spent. None if no selection
/// is within the budget. No item may be negative; the sums of the largest costs
/// and of the largest errors of all groups are below 2^127.
std::optional<KnapsackSolution> solveKnapsack(Knapsack problem, Effort &effort);

} // namespace tasd::search

#endif // TASD_LIB_SEARCH_KNAPSACK_H
