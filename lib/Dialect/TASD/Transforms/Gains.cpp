//===- Gains.cpp - Whether a plan is better than dense --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Gains.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir::tasd;

static std::string describe(const MappedLayer &plan) {
  const cost::Cost &cost = plan.mapped.cost;
  const cost::LevelCost &outermost = cost.levels.front();
  // Where energies are not known, words are not either.
  if (cost.energyPj == 0)
    return std::to_string(cost.cycles) + " cycles";
  return llvm::formatv("{0} cycles ({1} with start and end), {2:f3} uJ and "
                       "{3:f0} words of {4}",
                       cost.cycles, plan.runCycles, cost.energyPj / 1e6,
                       outermost.getWords(), outermost.name);
}

std::string mlir::tasd::compareCosts(const MappedLayer &plan,
                                     const MappedLayer &other) {
  return describe(plan) + " beside " + describe(other);
}
