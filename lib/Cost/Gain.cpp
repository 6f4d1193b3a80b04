//===- Gain.cpp - Whether one run of a layer beats another ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/Gain.h"

#include <cmath>

using namespace tasd::cost;

MappedRun tasd::cost::createMappedRun(const Work &work,
                                      const machine::Machine &machine,
                                      MappedCost mapped) {
  double ends =
      computeStartUpAndDrain(work, mapped.mapping, machine, mapped.cost)
          .getCycles();
  int64_t runCycles = std::llround(mapped.cost.cycles + ends);
  return {std::move(mapped), runCycles};
}

llvm::StringRef tasd::cost::describe(Loss loss, Objective objective) {
  switch (loss) {
  case Loss::None:
    break;
  case Loss::Cycles:
    return "takes more cycles than";
  case Loss::RunCycles:
    return "takes more cycles with start and end than";
  case Loss::Energy:
    return "takes more energy than";
  case Loss::Words:
    return "moves more words than";
  case Loss::Objective:
    switch (objective) {
    case Objective::Latency:
      return "takes no fewer cycles than";
    case Objective::Energy:
      return "takes no less energy than";
    case Objective::Edp:
      return "has no lower EDP than";
    }
  }
  llvm_unreachable("all losses and objectives handled");
}

Loss tasd::cost::findLoss(const RunCosts &costs, const RunCosts &other,
                          bool isBetter) {
  if (!isBetter)
    return Loss::Objective;
  if (costs.cycles > other.cycles)
    return Loss::Cycles;
  if (costs.runCycles > other.runCycles)
    return Loss::RunCycles;
  if (costs.energy > other.energy)
    return Loss::Energy;
  if (costs.words > other.words)
    return Loss::Words;
  return Loss::None;
}

static RunCosts getRunCosts(const MappedRun &run) {
  const Cost &cost = run.mapped.cost;
  return {static_cast<double>(cost.cycles), static_cast<double>(run.runCycles),
          cost.energyPj, cost.levels.front().getWords()};
}

Loss tasd::cost::findLoss(const MappedRun &run, const MappedRun &other,
                          Objective objective) {
  bool isBetter = getValue(objective, run.mapped.cost) <
                  getValue(objective, other.mapped.cost);
  return findLoss(getRunCosts(run), getRunCosts(other), isBetter);
}

bool tasd::cost::gainsOver(const MappedRun &run, const MappedRun &other,
                           Objective objective) {
  return findLoss(run, other, objective) == Loss::None;
}

std::optional<MappedRun> tasd::cost::findGain(RunSearch search,
                                              const MappedRun &other,
                                              Objective objective) {
  const Cost &cost = other.mapped.cost;
  CostLimits limits{static_cast<double>(cost.cycles), cost.energyPj,
                    cost.levels.front().getWords()};
  for (int numTries = 0; numTries != 3; ++numTries) {
    auto run = search(limits);
    if (!run) {
      llvm::consumeError(run.takeError());
      return std::nullopt;
    }
    if (gainsOver(*run, other, objective))
      return std::move(*run);
    int64_t excess = run->runCycles - other.runCycles;
    if (excess <= 0)
      return std::nullopt;
    limits.cycles = static_cast<double>(run->mapped.cost.cycles - excess);
  }
  return std::nullopt;
}
