//===- Moves.cpp - One more step to a good selection ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Moves.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::search;

/// Groups from one front to the next: fronts take time and memory.
static constexpr size_t kStride = 16;

static void appendMoves(const Knapsack &problem, const Relaxation &relaxation,
                        size_t number, Int128 maxRegret,
                        std::vector<Move> &moves) {
  const Group &group = problem.groups[number];
  const Item &base = group[relaxation.getBase(number)];
  for (uint32_t i = 0; i < group.size(); ++i)
    if (relaxation.getRegret(number, i) <= maxRegret)
      moves.push_back({group[i].cost - base.cost, group[i].error - base.error,
                       static_cast<uint32_t>(number), i});
}

Moves::Moves(const Knapsack &problem, const Relaxation &relaxation,
             llvm::ArrayRef<size_t> groups, Int128 maxRegret)
    : fronts(groups.size() / kStride + 1) {
  for (size_t i = fronts.size(); i-- > 0;) {
    std::vector<Move> &front = fronts[i];
    if (i + 1 < fronts.size())
      front = fronts[i + 1];
    for (size_t group : groups.slice(i * kStride).take_front(kStride))
      appendMoves(problem, relaxation, group, maxRegret, front);
    llvm::sort(front, [](const Move &a, const Move &b) {
      return std::tie(a.error, a.cost, a.group, a.item) <
             std::tie(b.error, b.cost, b.group, b.item);
    });
    keepUndominated(front);
  }
}

const Move *Moves::find(size_t begin, Int128 slack) const {
  size_t number = (begin + kStride - 1) / kStride;
  if (number >= fronts.size())
    return nullptr;
  const std::vector<Move> &front = fronts[number];
  auto end = llvm::partition_point(
      front, [&](const Move &move) { return move.error <= slack; });
  return end == front.begin() ? nullptr : &*std::prev(end);
}
