//===- Core.h - Exact search among items of small regret --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Dynamic programming over the groups of a knapsack, beginning with those whose
// second-best item has the least regret. A state is a choice for the groups
// seen so far, all others at their base. States are dropped when another has no
// more cost and no more error, and when their regrets and the budget they must
// leave show that no better selection descends from them. What remains is the
// core, as in Pisinger, "A minimal algorithm for the multiple-choice knapsack
// problem" (EJOR 83, 1995), with regrets in place of its bounds.
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
    /// Of the second-best item.
    Int128 regret;
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
