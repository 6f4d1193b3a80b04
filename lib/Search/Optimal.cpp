//===- Optimal.cpp - The least objective within a bound -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One series for each layer, the sum of costs least, the sum of errors bounded:
// a multiple-choice knapsack problem. Latency and energy are such sums; the
// energy-delay product takes a few of them (EdpSearch.h). All numbers are
// integers, so nothing is rounded.
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Strategy.h"

#include "Choices.h"
#include "EdpSearch.h"
#include "Knapsack.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::search;
using llvm::Expected;
using tasd::cost::Objective;

namespace {
/// Knapsacks over the candidates of a problem, which has a choice within the
/// bound.
class WeightedSums {
public:
  WeightedSums(const Problem &problem,
               llvm::ArrayRef<std::vector<Option>> options, ErrorSum maxError,
               Effort &effort)
      : problem(problem), options(options), maxError(maxError), effort(effort) {
  }

  std::pair<Point, Int128> minimize(Int128 energyWeight, Int128 cyclesWeight) {
    Knapsack knapsack = {{}, maxError.getQuanta()};
    for (size_t layer = 0; layer < options.size(); ++layer)
      knapsack.groups.push_back(getGroup(layer, energyWeight, cyclesWeight));
    knapsack.knownErrors = getKnownErrors(energyWeight, cyclesWeight);
    KnapsackSolution solution = *solveKnapsack(std::move(knapsack), effort);
    Choice choice;
    for (auto [layer, number] : llvm::zip(options, solution.choice))
      choice.push_back(layer[number].candidate);
    Totals totals = problem.getTotals(choice);
    known.push_back({std::move(choice), totals.energyFj, totals.cycles});
    return {known.back(), solution.lowerBound};
  }

private:
  Group getGroup(size_t layer, Int128 energyWeight, Int128 cyclesWeight) const {
    Group group;
    for (uint32_t i = 0; i < options[layer].size(); ++i) {
      const Option &option = options[layer][i];
      const Candidate &candidate =
          problem.layers[layer].candidates[option.candidate];
      group.push_back(
          {energyWeight * candidate.energyFj + cyclesWeight * candidate.cycles,
           option.error.getQuanta(), i});
    }
    llvm::sort(group, [](const Item &a, const Item &b) {
      return std::tie(a.error, a.cost, a.number) <
             std::tie(b.error, b.cost, b.number);
    });
    keepUndominated(group);
    return group;
  }

  /// The errors of the best choice for these weights among those of others.
  std::vector<Int128> getKnownErrors(Int128 energyWeight,
                                     Int128 cyclesWeight) const {
    std::vector<Int128> errors;
    if (known.empty())
      return errors;
    auto getSum = [&](const Point &point) {
      return energyWeight * point.energy + cyclesWeight * point.cycles;
    };
    auto best = std::min_element(
        known.begin(), known.end(),
        [&](const Point &a, const Point &b) { return getSum(a) < getSum(b); });
    for (auto [layer, candidate] : llvm::enumerate(best->choice))
      errors.push_back(problem.getError(layer, candidate).getQuanta());
    return errors;
  }

  const Problem &problem;
  llvm::ArrayRef<std::vector<Option>> options;
  ErrorSum maxError;
  Effort &effort;
  std::vector<Point> known;
};
} // namespace

static std::pair<Point, Int128>
minimize(Objective objective, WeightedSums &sums, const Effort &effort) {
  switch (objective) {
  case Objective::Latency:
    return sums.minimize(0, 1);
  case Objective::Energy:
    return sums.minimize(1, 0);
  case Objective::Edp:
    return EdpSearch(
               [&](Int128 energyWeight, Int128 cyclesWeight) {
                 return sums.minimize(energyWeight, cyclesWeight);
               },
               effort)
        .run();
  }
  llvm_unreachable("all objectives handled");
}

static ErrorSum getLeastError(llvm::ArrayRef<std::vector<Option>> options) {
  ErrorSum error;
  for (const std::vector<Option> &layer : options)
    error += layer.front().error;
  return error;
}

Expected<Solution> tasd::search::solveOptimal(const Problem &problem,
                                              ErrorSum maxError,
                                              const Limits &limits) {
  Expected<std::vector<std::vector<Option>>> options = getOptions(problem);
  if (!options)
    return options.takeError();
  ErrorSum least = getLeastError(*options);
  if (!(least <= maxError))
    return createBoundError(least, maxError);
  Effort effort(limits);
  WeightedSums sums(problem, *options, maxError, effort);
  auto [point, lowerBound] = minimize(problem.objective, sums, effort);
  Expected<Solution> best =
      makeSolution(problem, std::move(point.choice), maxError);
  if (!best)
    return best.takeError();
  // Where the search was ended it may have missed what a simpler one finds.
  if (best->totals.getObjective(problem.objective) > lowerBound) {
    Expected<Solution> greedy = solveGreedy(problem, maxError, limits);
    if (!greedy)
      return greedy.takeError();
    if (greedy->totals.getObjective(problem.objective) <
        best->totals.getObjective(problem.objective))
      best = std::move(greedy);
  }
  best->lowerBound = lowerBound;
  return best;
}
