//===- Sparsity.cpp - The sparsest series that a layer bears --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// As TASDER was published: a layer bears a candidate if each of its series is
// at most alpha sparser than the operand it is of. Alpha sweeps the values at
// which some layer bears one more, until the error breaks the bound.
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Strategy.h"

#include "Choices.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::search;
using llvm::Expected;

/// The share of elements that a series keeps at most.
static double getKeptShare(const tasd::sparsity::Series &series) {
  return series.size() == 0 ? 1 : series.getMaxDensity().value_or(1);
}

namespace {
struct Pair {
  /// The least alpha at which the layer bears the candidate.
  double alpha;
  size_t layer, rank;
  uint32_t candidate;
  /// The share of multiply-adds that is left.
  double keptShare;
};
} // namespace

static Pair getPair(const Layer &layer, size_t number, size_t rank,
                    uint32_t position) {
  const Candidate &candidate = layer.candidates[position];
  double weights = getKeptShare(candidate.weights);
  double activations = getKeptShare(candidate.activations);
  double alpha = std::max({0.0, layer.weightDensity - weights,
                           layer.activationDensity - activations});
  return {alpha, number, rank, position, weights * activations};
}

/// In ascending order of alpha; of equals the first layer, then the order of
/// its options.
static std::vector<Pair> getPairs(const Problem &problem,
                                  llvm::ArrayRef<std::vector<Option>> options) {
  std::vector<Pair> pairs;
  for (size_t layer = 0; layer < options.size(); ++layer)
    for (size_t rank = 0; rank < options[layer].size(); ++rank)
      pairs.push_back(getPair(problem.layers[layer], layer, rank,
                              options[layer][rank].candidate));
  llvm::sort(pairs, [](const Pair &a, const Pair &b) {
    return std::tie(a.alpha, a.layer, a.rank) <
           std::tie(b.alpha, b.layer, b.rank);
  });
  return pairs;
}

Expected<Solution> tasd::search::solveSparsity(const Problem &problem,
                                               ErrorSum maxError,
                                               const Limits &) {
  Expected<std::vector<std::vector<Option>>> options = getOptions(problem);
  if (!options)
    return options.takeError();
  // Before any alpha, the options of least error.
  Choice current;
  std::vector<double> keptShares;
  ErrorSum error;
  for (size_t i = 0; i < options->size(); ++i) {
    const Option &least = (*options)[i].front();
    current.push_back(least.candidate);
    keptShares.push_back(
        getPair(problem.layers[i], i, 0, least.candidate).keptShare);
    error += least.error;
  }
  Choice best = current;
  std::vector<Pair> pairs = getPairs(problem, *options);
  for (size_t i = 0; i < pairs.size(); ++i) {
    const Pair &pair = pairs[i];
    if (pair.keptShare < keptShares[pair.layer]) {
      keptShares[pair.layer] = pair.keptShare;
      error += problem.getError(pair.layer, pair.candidate) -
               problem.getError(pair.layer, current[pair.layer]);
      current[pair.layer] = pair.candidate;
    }
    // All pairs of one alpha go together.
    if (i + 1 < pairs.size() && pairs[i + 1].alpha == pair.alpha)
      continue;
    if (!(error <= maxError))
      break;
    best = current;
  }
  return makeSolution(problem, std::move(best), maxError);
}
