//===- Core.h - Exact search among items of small regret --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Dynamic programming over the groups of a knapsack. A state is a choice for
// the groups seen so far, all others at their base. States are dropped when
// another has no more cost and no more error, and when their regret, with what
// the groups that are left charge at least for coming back to the budget, shows
// that no better selection descends from them. The groups that charge least
// come first, so that soon only states close to the budget remain. This is the
// search of a core, as in Pisinger, "A minimal algorithm for the
// multiple-choice knapsack problem" (EJOR 83, 1995), with groups in another
// order.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SEARCH_CORE_H
#define TASD_LIB_SEARCH_CORE_H

#include "Moves.h"

namespace tasd::search {

class Core {
public:
  Core(const Knapsack &problem, const Relaxation &relaxation, Effort &effort);

  /// Improves the selection of `best`, positions of items, and its cost.
  /// Returns the least regret of the selections not looked at that may be
  /// better; none if there is none.
  std::optional<Int128> improve(Choice &best, Int128 &bestCost);

private:
  struct State {
    Int128 cost, error, regret;
    uint32_t parent, item;
  };
  /// How far groups can move the error one way, and the regret that takes at
  /// least for each unit.
  struct Range {
    Int128 most = 0;
    Int128 rate = Relaxation::kMaxRate;
  };
  /// A group, and the ranges of this one and those after it.
  struct Stage {
    size_t group;
    /// Of the items other than the base, the least regret, and the least for
    /// each unit of error that they are away.
    Int128 leastRegret, leastRate;
    Range saved = {}, added = {};
  };
  struct Origin {
    uint32_t parent, item;
  };

  void orderStages();
  void setRanges(Int128 maxRegret);
  State getRoot() const;
  bool isViable(const State &state, size_t numStages, Int128 maxRegret) const;
  std::vector<State> expand(llvm::ArrayRef<State> states, size_t stage,
                            Int128 maxRegret);
  void narrow(std::vector<State> &states);
  void takeBest(llvm::ArrayRef<State> states, Choice &best, Int128 &bestCost);
  Choice trace(uint32_t state) const;

  const Knapsack &problem;
  const Relaxation &relaxation;
  Effort &effort;
  std::vector<Stage> stages;
  std::optional<Moves> moves;
  /// Of the states after each stage.
  std::vector<std::vector<Origin>> history;
  std::optional<Int128> leastLost;
};

} // namespace tasd::search

#endif // TASD_LIB_SEARCH_CORE_H
