//===- Uniform.cpp - The same series everywhere ---------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every pair of series that any layer has is tried on all layers at once.
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Strategy.h"

#include "Choices.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

using namespace tasd::search;
using llvm::Expected;

/// The choices of layers that stand aside: dense where that may be.
static Choice getFallback(const Problem &problem,
                          llvm::ArrayRef<std::vector<Option>> options) {
  Choice choice;
  for (size_t layer = 0; layer < options.size(); ++layer) {
    llvm::ArrayRef<Candidate> candidates = problem.layers[layer].candidates;
    auto it = llvm::find_if(options[layer], [&](const Option &option) {
      return candidates[option.candidate].isDense();
    });
    choice.push_back(
        (it == options[layer].end() ? options[layer].front() : *it).candidate);
  }
  return choice;
}

/// The choices of every pair of series, in the order in which layers have them.
static std::vector<Choice>
getUniformChoices(const Problem &problem,
                  llvm::ArrayRef<std::vector<Option>> options) {
  Choice fallback = getFallback(problem, options);
  std::vector<Choice> choices = {fallback};
  std::map<std::pair<std::string, std::string>, size_t> numbers;
  for (size_t layer = 0; layer < options.size(); ++layer)
    // Of several mappings the first option is the best: it is written last.
    for (const Option &option : llvm::reverse(options[layer])) {
      const Candidate &candidate =
          problem.layers[layer].candidates[option.candidate];
      auto [it, isNew] =
          numbers.try_emplace(candidate.getSeriesTexts(), choices.size());
      if (isNew)
        choices.push_back(fallback);
      choices[it->second][layer] = option.candidate;
    }
  return choices;
}

Expected<Solution> tasd::search::solveUniform(const Problem &problem,
                                              ErrorSum maxError,
                                              const Limits &) {
  Expected<std::vector<std::vector<Option>>> options = getOptions(problem);
  if (!options)
    return options.takeError();
  std::optional<Choice> best;
  Totals bestTotals;
  std::optional<ErrorSum> least;
  for (Choice &choice : getUniformChoices(problem, *options)) {
    Totals totals = problem.getTotals(choice);
    least = std::min(least.value_or(totals.error), totals.error);
    if (totals.error <= maxError &&
        (!best || totals.getObjective(problem.objective) <
                      bestTotals.getObjective(problem.objective))) {
      best = std::move(choice);
      bestTotals = totals;
    }
  }
  if (!best)
    return createBoundError(*least, maxError);
  return makeSolution(problem, std::move(*best), maxError);
}
