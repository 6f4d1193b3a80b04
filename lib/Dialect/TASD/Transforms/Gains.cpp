//===- Gains.cpp - Whether a plan is better than dense --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Gains.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::tasd;
namespace search = ::tasd::search;
using search::Loss;

Loss mlir::tasd::findLoss(const MappedLayer &plan, const MappedLayer &other,
                          cost::Objective objective) {
  const cost::Cost &cost = plan.mapped.cost, &otherCost = other.mapped.cost;
  if (getValue(objective, cost) >= getValue(objective, otherCost))
    return Loss::Objective;
  if (cost.cycles > otherCost.cycles)
    return Loss::Cycles;
  if (plan.runCycles > other.runCycles)
    return Loss::RunCycles;
  if (cost.energyPj > otherCost.energyPj)
    return Loss::Energy;
  if (cost.levels.front().getWords() > otherCost.levels.front().getWords())
    return Loss::Words;
  return Loss::None;
}

bool mlir::tasd::gainsOver(const MappedLayer &plan, const MappedLayer &other,
                           cost::Objective objective) {
  return findLoss(plan, other, objective) == Loss::None;
}

static std::string describe(const MappedLayer &plan) {
  const cost::Cost &cost = plan.mapped.cost;
  const cost::LevelCost &outermost = cost.levels.front();
  return llvm::formatv("{0} cycles ({1} with start and end), {2:f3} uJ and "
                       "{3:f0} words of {4}",
                       cost.cycles, plan.runCycles, cost.energyPj / 1e6,
                       outermost.getWords(), outermost.name);
}

std::optional<MappedLayer> mlir::tasd::findGain(const CostModel &model,
                                                const LayerWork &layer,
                                                const MappedLayer &other,
                                                cost::Objective objective) {
  const cost::Cost &cost = other.mapped.cost;
  cost::CostLimits limits{static_cast<double>(cost.cycles), cost.energyPj};
  for (int numTries = 0; numTries != 3; ++numTries) {
    auto mapped = model.compute(layer, objective, /*known=*/nullptr, limits);
    if (!mapped) {
      llvm::consumeError(mapped.takeError());
      return std::nullopt;
    }
    if (gainsOver(*mapped, other, objective))
      return std::move(*mapped);
    int64_t excess = mapped->runCycles - other.runCycles;
    if (excess <= 0)
      return std::nullopt;
    limits.cycles = static_cast<double>(mapped->mapped.cost.cycles - excess);
  }
  return std::nullopt;
}

std::string mlir::tasd::compareCosts(const MappedLayer &plan,
                                     const MappedLayer &other) {
  return describe(plan) + " beside " + describe(other);
}
