//===- Alternatives.cpp - What else a layer could have taken --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Alternatives.h"

#include "Choices.h"

using namespace tasd::search;

double Alternative::getIncreaseShare(const Totals &totals,
                                     cost::Objective objectiveKind) const {
  Int128 before = totals.getObjective(objectiveKind);
  if (objective == before)
    return 0;
  return static_cast<double>(objective - before) / static_cast<double>(before);
}

std::optional<Alternative> tasd::search::findNextBest(const Problem &problem,
                                                      const Solution &solution,
                                                      size_t layer,
                                                      ErrorSum maxError) {
  llvm::ArrayRef<Candidate> candidates = problem.layers[layer].candidates;
  uint32_t chosen = solution.choice[layer];
  std::optional<Alternative> best;
  for (uint32_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].getSeriesTexts() == candidates[chosen].getSeriesTexts() ||
        !problem.isEligible(layer, i))
      continue;
    Totals totals =
        replaceCandidate(problem, solution.totals, layer, chosen, i);
    Int128 objective = totals.getObjective(problem.objective);
    if (totals.error <= maxError && (!best || objective < best->objective))
      best = Alternative{i, objective};
  }
  return best;
}
