//===- Relaxation.h - A bound on knapsacks from multipliers -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The Lagrangian relaxation of a knapsack. With multipliers p and q, neither
// negative, a selection within the budget B that costs C has
//
//   q*C + p*B >= q*C + p*E = sum over groups of (q*cost + p*error),
//
// E its error. The sum of the least terms of all groups is therefore a bound;
// what an item's term exceeds the least of its group by is its regret. A
// selection that costs at most C has regrets that sum to at most q*C + p*B -
// bound. As p/q is the slope of the convex hulls' edge at which the linear
// relaxation fills the budget, the bound is the linear relaxation's, and few
// items have a regret small enough to be worth a look.
//
// Products have to fit into 128 bits: costs and errors are cut to 61 bits, both
// downwards, which weakens the bound by a relative 2^-60 for each group, and
// never makes it wrong. Anything smaller is taken as it is.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SEARCH_RELAXATION_H
#define TASD_LIB_SEARCH_RELAXATION_H

#include "Knapsack.h"

namespace tasd::search {

class Relaxation {
public:
  /// Groups are not empty; the items of least error are within the budget.
  explicit Relaxation(const Knapsack &problem);

  Int128 getRegret(size_t group, size_t item) const {
    return regrets[group][item];
  }
  /// An item of no regret; of several the one of the least error.
  size_t getBase(size_t group) const { return bases[group]; }

  /// The largest sum of regrets of a selection within the budget that costs at
  /// most `cost`; negative if there is none.
  Int128 getMaxRegret(Int128 cost) const;
  /// What a selection within the budget costs at least, if its regrets sum to
  /// at least `regret`.
  Int128 getMinCost(Int128 regret) const;
  /// A rate that multiplies with any change of the error.
  static constexpr Int128 kMaxRate = Int128(1) << 62;
  /// The regret of a move for each unit by which it changes the error, rounded
  /// down; what is charged for a change at that rate, rounded down.
  Int128 getRate(Int128 regret, Int128 error) const {
    return std::min(regret / ((error >> errorShift) + 1), kMaxRate);
  }
  Int128 getCharge(Int128 rate, Int128 error) const {
    return error == 0 ? 0 : rate * (error >> errorShift);
  }
  /// At this rate the budget that a selection leaves counts as regret.
  Int128 getSlackRate() const { return p; }

private:
  Int128 cutCost(const Item &item) const { return item.cost >> costShift; }
  Int128 cutError(const Item &item) const { return item.error >> errorShift; }
  void setMultipliers(const Knapsack &problem);
  void setRegrets(const Knapsack &problem);

  int costShift, errorShift;
  Int128 budget;
  Int128 p = 0, q = 1;
  /// The sum of the least terms.
  Int128 bound = 0;
  std::vector<std::vector<Int128>> regrets;
  std::vector<uint32_t> bases;
};

} // namespace tasd::search

#endif // TASD_LIB_SEARCH_RELAXATION_H
