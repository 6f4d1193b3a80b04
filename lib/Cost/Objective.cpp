//===- Objective.cpp - What the choice of a mapping minimises -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/MappingSearch.h"

using namespace tasd::cost;

static constexpr std::array<Objective, 3> kObjectives = {
    Objective::Latency, Objective::Energy, Objective::Edp};

llvm::StringRef tasd::cost::getName(Objective objective) {
  constexpr std::array<llvm::StringRef, 3> names = {"latency", "energy", "edp"};
  return names[static_cast<size_t>(objective)];
}

std::optional<Objective> tasd::cost::parseObjective(llvm::StringRef text) {
  for (Objective objective : kObjectives)
    if (text == getName(objective))
      return objective;
  return std::nullopt;
}

double tasd::cost::getValue(Objective objective, const Cost &cost) {
  switch (objective) {
  case Objective::Latency:
    return cost.cycles;
  case Objective::Energy:
    return cost.energyPj;
  case Objective::Edp:
    return cost.getEdpPjCycles();
  }
  llvm_unreachable("all objectives handled");
}
