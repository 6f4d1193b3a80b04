//===- Gains.cpp - Whether a plan is better than dense --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Gains.h"

#include "llvm/Support/FormatVariadic.h"

using namespace tasd::cost;

bool mlir::tasd::gainsOver(const Cost &cost, const Cost &other,
                           Objective objective) {
  return cost.cycles <= other.cycles && cost.energyPj <= other.energyPj &&
         cost.levels.front().getWords() <= other.levels.front().getWords() &&
         getValue(objective, cost) < getValue(objective, other);
}

static std::string describe(const Cost &cost) {
  const LevelCost &outermost = cost.levels.front();
  return llvm::formatv("{0} cycles, {1:f3} uJ and {2:f0} words of {3}",
                       cost.cycles, cost.energyPj / 1e6, outermost.getWords(),
                       outermost.name);
}

std::string mlir::tasd::describeNoGain(const Cost &cost, const Cost &other) {
  return "a series would not gain: " + describe(cost) + " beside " +
         describe(other);
}
