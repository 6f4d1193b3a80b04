//===- Objective.cpp - What the choice of a mapping minimises -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rank.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::cost;

/// Values that differ by less are equal: sums in another order.
static constexpr double kRounding = 1e-9;

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

static double getValue(Objective objective, double cycles, double energyPj) {
  switch (objective) {
  case Objective::Latency:
    return cycles;
  case Objective::Energy:
    return energyPj;
  case Objective::Edp:
    return energyPj * cycles;
  }
  llvm_unreachable("all objectives handled");
}

double tasd::cost::getValue(Objective objective, const Cost &cost) {
  return ::getValue(objective, cost.cycles, cost.energyPj);
}

Rank tasd::cost::getRank(Objective objective, double cycles, double energyPj) {
  return {{::getValue(objective, cycles, energyPj), energyPj * cycles, cycles}};
}

bool Rank::isBetterThan(const Rank &other) const {
  for (auto [part, otherPart] : llvm::zip(parts, other.parts)) {
    if (part < otherPart * (1 - kRounding))
      return true;
    if (part > otherPart * (1 + kRounding))
      return false;
  }
  return false;
}

bool tasd::cost::isBetter(Objective objective, const Cost &cost,
                          const Cost &other) {
  return getRank(objective, cost.cycles, cost.energyPj)
      .isBetterThan(getRank(objective, other.cycles, other.energyPj));
}

llvm::Expected<Objective>
tasd::cost::getObjective(const machine::Machine &machine, Objective asked) {
  if (machine.knowsEnergies() || asked == Objective::Latency)
    return asked;
  if (asked == Objective::Edp)
    return Objective::Latency;
  return llvm::createStringError(
      "expected the objective latency on machine '" + machine.name +
      "', whose energies are not known, but got '" + getName(asked) + "'");
}
