//===- Greedy.cpp - Pairs in the order of their error ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// As TASDER was published: all pairs of a layer and a candidate are sorted by
// their error and applied in turn. A candidate of more error takes the place of
// one of less if the objective of the model falls; the sources do not say what
// becomes of one with which it does not.
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Strategy.h"

#include "Choices.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::search;
using llvm::Expected;

namespace {
struct Pair {
  size_t layer, rank;
  Option option;
};
} // namespace

/// In ascending order of error; of equals the first layer, then the order of
/// its options.
static std::vector<Pair> getPairs(llvm::ArrayRef<std::vector<Option>> options) {
  std::vector<Pair> pairs;
  for (size_t layer = 0; layer < options.size(); ++layer)
    for (size_t rank = 1; rank < options[layer].size(); ++rank)
      pairs.push_back({layer, rank, options[layer][rank]});
  auto getKey = [](const Pair &pair) {
    return std::tuple(pair.option.error.getQuanta(), pair.layer, pair.rank);
  };
  llvm::sort(pairs, [&](const Pair &a, const Pair &b) {
    return getKey(a) < getKey(b);
  });
  return pairs;
}

Expected<Solution> tasd::search::solveGreedy(const Problem &problem,
                                             ErrorSum maxError,
                                             const Limits &) {
  Expected<std::vector<std::vector<Option>>> options = getOptions(problem);
  if (!options)
    return options.takeError();
  Choice choice;
  for (const std::vector<Option> &layer : *options)
    choice.push_back(layer.front().candidate);
  Totals totals = problem.getTotals(choice);
  for (const Pair &pair : getPairs(*options)) {
    Totals next = replaceCandidate(problem, totals, pair.layer,
                                   choice[pair.layer], pair.option.candidate);
    if (next.getObjective(problem.objective) >=
        totals.getObjective(problem.objective))
      continue;
    if (!(next.error <= maxError))
      break;
    totals = next;
    choice[pair.layer] = pair.option.candidate;
  }
  return makeSolution(problem, std::move(choice), maxError);
}
