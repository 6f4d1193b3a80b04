//===- Choices.cpp - What strategies have in common -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Choices.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::search;
using llvm::Error;
using llvm::Expected;
using tasd::cost::Objective;

static Int128 getValue(const Candidate &candidate, Objective objective) {
  Totals totals;
  totals.cycles = candidate.cycles;
  totals.energyFj = candidate.energyFj;
  return totals.getObjective(objective);
}

static std::vector<Option> getLayerOptions(const Problem &problem,
                                           size_t layer) {
  llvm::ArrayRef<Candidate> candidates = problem.layers[layer].candidates;
  std::vector<Option> options;
  for (uint32_t i = 0; i < candidates.size(); ++i)
    if (problem.isEligible(layer, i))
      options.push_back({i, problem.getError(layer, i)});
  auto getRank = [&](const Option &option) {
    const Candidate &candidate = candidates[option.candidate];
    return std::tuple(option.error.getQuanta(),
                      getValue(candidate, problem.objective),
                      getValue(candidate, Objective::Edp), !candidate.isDense(),
                      option.candidate);
  };
  llvm::sort(options, [&](const Option &a, const Option &b) {
    return getRank(a) < getRank(b);
  });
  return options;
}

Expected<std::vector<std::vector<Option>>>
tasd::search::getOptions(const Problem &problem) {
  std::vector<std::vector<Option>> options;
  for (size_t i = 0; i < problem.layers.size(); ++i) {
    options.push_back(getLayerOptions(problem, i));
    if (options.back().empty())
      return llvm::createStringError("layer '" + problem.layers[i].name +
                                     "': expected a candidate of finite error");
  }
  return options;
}

Error tasd::search::createBoundError(ErrorSum least, ErrorSum maxError) {
  return llvm::createStringError(
      "expected a bound on the error of at least %g but got %g",
      least.toDouble(), maxError.toDouble());
}

Totals tasd::search::replaceCandidate(const Problem &problem, Totals totals,
                                      size_t layer, uint32_t before,
                                      uint32_t after) {
  const Candidate &old = problem.layers[layer].candidates[before];
  const Candidate &other = problem.layers[layer].candidates[after];
  totals.cycles += other.cycles - old.cycles;
  totals.energyFj += other.energyFj - old.energyFj;
  totals.error +=
      problem.getError(layer, after) - problem.getError(layer, before);
  return totals;
}

Expected<Solution> tasd::search::makeSolution(const Problem &problem,
                                              Choice choice,
                                              ErrorSum maxError) {
  Solution solution;
  solution.totals = problem.getTotals(choice);
  solution.choice = std::move(choice);
  if (!(solution.totals.error <= maxError))
    return createBoundError(solution.totals.error, maxError);
  return solution;
}
