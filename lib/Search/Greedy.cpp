//===- Greedy.cpp - Pairs in the order of their error ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// As TASDER was published: all pairs of a layer and a candidate are sorted by
// their error and applied in turn. A candidate of more error takes the place of
// one of less, if it is better in the objective, taken for the layer alone: the
// sources do not say what becomes of one that is not.
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
  std::vector<Option> taken;
  ErrorSum error;
  for (const std::vector<Option> &layer : *options) {
    taken.push_back(layer.front());
    error += layer.front().error;
  }
  for (const Pair &pair : getPairs(*options)) {
    Option &current = taken[pair.layer];
    if (getObjective(problem, pair.layer, pair.option.candidate) >=
        getObjective(problem, pair.layer, current.candidate))
      continue;
    ErrorSum next = error - current.error + pair.option.error;
    if (!(next <= maxError))
      break;
    error = next;
    current = pair.option;
  }
  Choice choice;
  for (const Option &option : taken)
    choice.push_back(option.candidate);
  return makeSolution(problem, std::move(choice), maxError);
}
