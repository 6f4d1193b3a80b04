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

bool tasd::cost::gainsOver(const MappedRun &run, const MappedRun &other,
                           Objective objective) {
  const Cost &cost = run.mapped.cost, &otherCost = other.mapped.cost;
  return run.runCycles <= other.runCycles && cost.cycles <= otherCost.cycles &&
         cost.energyPj <= otherCost.energyPj &&
         cost.levels.front().getWords() <=
             otherCost.levels.front().getWords() &&
         getValue(objective, cost) < getValue(objective, otherCost);
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
