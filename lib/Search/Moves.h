//===- Moves.h - One more step to a good selection --------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Selections close to a state of the core: the one move, of a group that the
// state has not chosen for yet, that saves most within what is left of the
// budget. They make good selections known long before the last group is
// reached, and so let most states be dropped.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SEARCH_MOVES_H
#define TASD_LIB_SEARCH_MOVES_H

#include "Relaxation.h"

namespace tasd::search {

/// From a group's base to another item; what it adds, which may be negative.
struct Move {
  Int128 cost, error;
  uint32_t group, item;
};

class Moves {
public:
  /// The moves of regret at most `maxRegret` of the groups, in the order in
  /// which states choose for them.
  Moves(const Knapsack &problem, const Relaxation &relaxation,
        llvm::ArrayRef<size_t> groups, Int128 maxRegret);

  /// The cheapest move that adds at most `slack`, of the groups from `begin` on
  /// less perhaps a few of the next; null if there is none.
  const Move *find(size_t begin, Int128 slack) const;

private:
  /// fronts[i] has the undominated moves of the groups from i * kStride on.
  std::vector<std::vector<Move>> fronts;
};

} // namespace tasd::search

#endif // TASD_LIB_SEARCH_MOVES_H
