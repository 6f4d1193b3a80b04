//===- Core.cpp - Exact search among items of small regret ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace tasd::search;
using llvm::ArrayRef;

Core::Core(const Knapsack &problem, const Relaxation &relaxation,
           Effort &effort)
    : problem(problem), relaxation(relaxation), effort(effort) {
  orderStages();
}

void Core::orderStages() {
  for (size_t i = 0; i < problem.groups.size(); ++i) {
    const Group &group = problem.groups[i];
    size_t base = relaxation.getBase(i);
    std::optional<Int128> leastRegret, leastRate;
    for (size_t item = 0; item < group.size(); ++item) {
      if (item == base)
        continue;
      Int128 regret = relaxation.getRegret(i, item);
      Int128 change = group[item].error - group[base].error;
      Int128 rate = relaxation.getRate(regret, std::max(change, -change));
      leastRegret = std::min(leastRegret.value_or(regret), regret);
      leastRate = std::min(leastRate.value_or(rate), rate);
    }
    if (leastRegret)
      stages.push_back({i, *leastRegret, *leastRate});
  }
  llvm::sort(stages, [](const Stage &a, const Stage &b) {
    return std::tie(a.leastRate, a.group) < std::tie(b.leastRate, b.group);
  });
}

void Core::setRanges(Int128 maxRegret) {
  llvm::erase_if(stages, [&](const Stage &stage) {
    return stage.leastRegret > maxRegret;
  });
  Range saved, added;
  for (Stage &stage : llvm::reverse(stages)) {
    const Group &group = problem.groups[stage.group];
    Int128 base = group[relaxation.getBase(stage.group)].error;
    Int128 mostSaved = 0, mostAdded = 0;
    for (size_t item = 0; item < group.size(); ++item) {
      Int128 regret = relaxation.getRegret(stage.group, item);
      Int128 difference = group[item].error - base;
      if (regret > maxRegret || difference == 0)
        continue;
      if (difference > 0) {
        mostAdded = std::max(mostAdded, difference);
        added.rate =
            std::min(added.rate, relaxation.getRate(regret, difference));
      } else {
        mostSaved = std::max(mostSaved, -difference);
        saved.rate =
            std::min(saved.rate, relaxation.getRate(regret, -difference));
      }
    }
    added.most += mostAdded;
    saved.most += mostSaved;
    stage.added = added;
    stage.saved = saved;
  }
}

Core::State Core::getRoot() const {
  State root = {};
  for (size_t i = 0; i < problem.groups.size(); ++i) {
    const Item &base = problem.groups[i][relaxation.getBase(i)];
    root.cost += base.cost;
    root.error += base.error;
  }
  return root;
}

/// Whether a better selection may descend from a state after `numStages`
/// stages.
bool Core::isViable(const State &state, size_t numStages,
                    Int128 maxRegret) const {
  Range saved, added;
  if (numStages < stages.size()) {
    saved = stages[numStages].saved;
    added = stages[numStages].added;
  }
  Int128 slack = problem.budget - state.error;
  if (slack < 0)
    return -slack <= saved.most &&
           state.regret + relaxation.getCharge(saved.rate, -slack) <= maxRegret;
  Int128 rate = relaxation.getSlackRate();
  Int128 filled = std::min(slack, added.most);
  return state.regret +
             relaxation.getCharge(std::min(rate, added.rate), filled) +
             relaxation.getCharge(rate, slack - filled) <=
         maxRegret;
}

std::vector<Core::State> Core::expand(ArrayRef<State> states, size_t stage,
                                      Int128 maxRegret) {
  size_t number = stages[stage].group;
  const Group &group = problem.groups[number];
  const Item &base = group[relaxation.getBase(number)];
  std::vector<State> next;
  for (uint32_t item = 0; item < group.size(); ++item) {
    Int128 regret = relaxation.getRegret(number, item);
    if (regret > maxRegret)
      continue;
    for (uint32_t parent = 0; parent < states.size(); ++parent) {
      State state = {states[parent].cost + group[item].cost - base.cost,
                     states[parent].error + group[item].error - base.error,
                     states[parent].regret + regret, parent, item};
      if (isViable(state, stage + 1, maxRegret))
        next.push_back(state);
    }
  }
  effort.spend(static_cast<int64_t>(next.size()));
  llvm::sort(next, [](const State &a, const State &b) {
    return std::tie(a.error, a.cost, a.parent, a.item) <
           std::tie(b.error, b.cost, b.parent, b.item);
  });
  keepUndominated(next);
  return next;
}

/// Keeps those of least regret where there are too many.
void Core::narrow(std::vector<State> &states) {
  size_t maxWidth = effort.getMaxWidth();
  if (states.size() <= maxWidth)
    return;
  std::vector<Int128> regrets;
  for (const State &state : states)
    regrets.push_back(state.regret);
  auto first = regrets.begin() + static_cast<ptrdiff_t>(maxWidth);
  std::nth_element(regrets.begin(), first, regrets.end());
  Int128 lost = *first;
  leastLost = std::min(leastLost.value_or(lost), lost);
  llvm::erase_if(states,
                 [&](const State &state) { return state.regret >= lost; });
}

Choice Core::trace(uint32_t state) const {
  Choice choice;
  for (size_t i = 0; i < problem.groups.size(); ++i)
    choice.push_back(static_cast<uint32_t>(relaxation.getBase(i)));
  for (size_t i = history.size(); i-- > 0;) {
    auto [parent, item] = history[i][state];
    choice[stages[i].group] = item;
    state = parent;
  }
  return choice;
}

/// Remembers where states come from, and takes the cheapest selection within
/// the budget among those they are, all other groups at their base, or become
/// by one more move.
void Core::takeBest(ArrayRef<State> states, Choice &best, Int128 &bestCost) {
  std::vector<Origin> &origins = history.emplace_back();
  std::optional<uint32_t> better;
  const Move *lastMove = nullptr;
  for (uint32_t i = 0; i < states.size(); ++i) {
    origins.push_back({states[i].parent, states[i].item});
    Int128 slack = problem.budget - states[i].error;
    const Move *move = moves->find(history.size(), slack);
    Int128 cost = states[i].cost + (move ? move->cost : 0);
    if ((move || slack >= 0) && cost < bestCost) {
      bestCost = cost;
      better = i;
      lastMove = move;
    }
  }
  if (!better)
    return;
  best = trace(*better);
  if (lastMove)
    best[lastMove->group] = lastMove->item;
}

std::optional<Int128> Core::improve(Choice &best, Int128 &bestCost) {
  setRanges(relaxation.getMaxRegret(bestCost - 1));
  std::vector<size_t> groups;
  for (const Stage &stage : stages)
    groups.push_back(stage.group);
  moves.emplace(problem, relaxation, groups,
                relaxation.getMaxRegret(bestCost - 1));
  std::vector<State> states = {getRoot()};
  for (size_t stage = 0; stage < stages.size() && !states.empty(); ++stage) {
    // A selection that costs less than the best one.
    Int128 maxRegret = relaxation.getMaxRegret(bestCost - 1);
    if (effort.isSpent()) {
      for (const State &state : states)
        leastLost = std::min(leastLost.value_or(state.regret), state.regret);
      break;
    }
    states = expand(states, stage, maxRegret);
    narrow(states);
    takeBest(states, best, bestCost);
  }
  return leastLost;
}
