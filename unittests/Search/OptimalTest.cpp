//===- OptimalTest.cpp - The optimum is the optimum -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestProblems.h"

#include <algorithm>
#include <limits>
#include <map>

using namespace tasd::search;
using namespace tasd::search::test;
using tasd::cost::Objective;

TEST(OptimalTest, FindsWhatBruteForceFinds) {
  std::mt19937 rng(1);
  int numInfeasible = 0;
  for (int i = 0; i < 2000; ++i) {
    Problem problem = makeRandomProblem(rng, 6, 5);
    ErrorSum bound = makeRandomBound(rng, problem);
    for (Objective objective : kObjectives) {
      SCOPED_TRACE(testing::Message()
                   << "instance " << i << ", objective " << int(objective));
      problem.objective = objective;
      std::optional<Int128> least = findLeastObjective(problem, bound);
      llvm::Expected<Solution> solution =
          solve(problem, *llvm::cantFail(getStrategy("optimal")), bound);
      ASSERT_EQ(static_cast<bool>(solution), least.has_value());
      if (!solution) {
        llvm::consumeError(solution.takeError());
        ++numInfeasible;
        continue;
      }
      EXPECT_TRUE(getObjective(problem, *solution) == *least);
      EXPECT_EQ(solution->getGap(objective), 0.0);
    }
  }
  // Most have a solution, and some have none.
  EXPECT_GT(numInfeasible, 0);
  EXPECT_LT(numInfeasible, 3000);
}

namespace {
/// The least energies for all sums of errors, in eighths, and of cycles:
/// another way to the optimum, for small numbers.
class EnergyTable {
public:
  explicit EnergyTable(const Problem &problem) : least(1, {{0, 0}}) {
    for (const Layer &layer : problem.layers)
      add(layer);
  }

  /// -1 if there is none.
  Int128 getLeast(Objective objective, int maxError) const {
    std::optional<Int128> result;
    for (int error = 0; error <= maxError && error < int(least.size()); ++error)
      for (auto [cycles, energy] : least[error]) {
        Totals totals;
        totals.cycles = cycles;
        totals.energyFj = energy;
        Int128 value = totals.getObjective(objective);
        result = std::min(result.value_or(value), value);
      }
    return result.value_or(-1);
  }

private:
  void add(const Layer &layer) {
    std::vector<std::map<int64_t, int64_t>> next(least.size() + 16);
    for (const Candidate &candidate : layer.candidates) {
      auto added = size_t(candidate.errors.droppedMagnitude * 8);
      for (size_t error = 0; error < least.size(); ++error)
        for (auto [cycles, energy] : least[error]) {
          int64_t sum = energy + candidate.energyFj;
          auto [it, isNew] =
              next[error + added].try_emplace(cycles + candidate.cycles, sum);
          it->second = std::min(it->second, sum);
        }
    }
    least = std::move(next);
  }

  std::vector<std::map<int64_t, int64_t>> least;
};
} // namespace

TEST(OptimalTest, FindsWhatATableHas) {
  std::mt19937 rng(7);
  auto draw = [&](int count) { return int(rng() % count); };
  for (int i = 0; i < 10; ++i) {
    std::vector<std::vector<Candidate>> layers(15);
    for (std::vector<Candidate> &layer : layers)
      for (int k = 1; k <= 6; ++k)
        // The more is kept the dearer, more or less.
        layer.push_back(makeCandidate(std::to_string(k) + ":8", 3 * k + draw(6),
                                      30 * k + draw(60),
                                      std::max(0, 12 - 2 * k + draw(4)) / 8.0));
    Problem problem = makeProblem(Objective::Latency, layers);
    EnergyTable table(problem);
    for (Objective objective : kObjectives)
      for (int bound : {70, 90, 110}) {
        problem.objective = objective;
        Solution solution =
            solveOrFail(problem, "optimal", makeBound(bound / 8.0));
        EXPECT_TRUE(getObjective(problem, solution) ==
                    table.getLeast(objective, bound));
      }
  }
}

/// Problems that brute force does not reach.
static Problem makeLargerProblem(std::mt19937 &rng, Objective objective) {
  Problem problem = makeRandomProblem(rng, 40, 10);
  problem.objective = objective;
  return problem;
}

static const Strategy &getOptimal() {
  return *llvm::cantFail(getStrategy("optimal"));
}

TEST(OptimalTest, IsMonotoneInTheBound) {
  std::mt19937 rng(2);
  int numCompared = 0;
  for (int i = 0; i < 100; ++i) {
    Problem problem = makeLargerProblem(rng, kObjectives[i % 3]);
    std::vector<ErrorSum> bounds;
    for (int k = 0; k < 8; ++k)
      bounds.push_back(makeRandomBound(rng, problem));
    std::sort(bounds.begin(), bounds.end());
    std::optional<Int128> previous;
    for (ErrorSum bound : bounds) {
      llvm::Expected<Solution> solution = solve(problem, getOptimal(), bound);
      if (!solution) {
        llvm::consumeError(solution.takeError());
        // Once there is a solution, more room does not take it away.
        EXPECT_FALSE(previous.has_value());
        continue;
      }
      Int128 value = getObjective(problem, *solution);
      numCompared += previous.has_value();
      EXPECT_TRUE(!previous || value <= *previous);
      previous = value;
    }
  }
  EXPECT_GT(numCompared, 100);
}

TEST(OptimalTest, IsNeverWorseThanOthersOfTheSameError) {
  std::mt19937 rng(3);
  Limits none;
  none.maxStates = 0;
  int numCompared = 0;
  for (int i = 0; i < 100; ++i) {
    Problem problem = makeLargerProblem(rng, kObjectives[i % 3]);
    ErrorSum bound = makeRandomBound(rng, problem);
    for (const Strategy &strategy : getStrategies()) {
      llvm::Expected<Solution> other = solve(problem, strategy, bound);
      if (!other) {
        llvm::consumeError(other.takeError());
        continue;
      }
      Solution best = solveOrFail(problem, "optimal", other->totals.error);
      EXPECT_TRUE(getObjective(problem, best) <= getObjective(problem, *other));
      if (strategy.name == "greedy") {
        // However early the search ends.
        best = solveOrFail(problem, "optimal", other->totals.error, none);
        EXPECT_TRUE(getObjective(problem, best) <=
                    getObjective(problem, *other));
        ++numCompared;
      }
    }
  }
  EXPECT_GT(numCompared, 50);
}

TEST(OptimalTest, BoundsWhatAnEndedSearchMisses) {
  std::mt19937 rng(4);
  int numOpen = 0;
  for (int i = 0; i < 700; ++i) {
    Problem problem = makeLargerProblem(rng, kObjectives[i % 3]);
    ErrorSum bound = makeRandomBound(rng, problem);
    llvm::Expected<Solution> best = solve(problem, getOptimal(), bound);
    if (!best) {
      llvm::consumeError(best.takeError());
      continue;
    }
    Limits limits;
    if (i % 2)
      limits.maxStates = i % 50;
    else
      limits.maxWidth = 1 + i % 16;
    Solution ended = solveOrFail(problem, "optimal", bound, limits);
    EXPECT_TRUE(*ended.lowerBound <= getObjective(problem, *best));
    EXPECT_TRUE(getObjective(problem, *best) <= getObjective(problem, ended));
    numOpen += *ended.getGap(problem.objective) > 0;
  }
  EXPECT_GT(numOpen, 50);
}

TEST(OptimalTest, EndsInTime) {
  std::mt19937 rng(5);
  Problem problem = makeLargerProblem(rng, Objective::Edp);
  Limits limits;
  limits.time = std::chrono::milliseconds(0);
  Solution solution =
      solveOrFail(problem, "optimal", ErrorSum::unlimited(), limits);
  EXPECT_TRUE(solution.lowerBound.has_value());
}

TEST(OptimalTest, GivesTheSameChoiceTwice) {
  std::mt19937 rng(6);
  for (int i = 0; i < 30; ++i) {
    Problem problem = makeLargerProblem(rng, kObjectives[i % 3]);
    ErrorSum bound = ErrorSum::unlimited();
    EXPECT_EQ(solveOrFail(problem, "optimal", bound).choice,
              solveOrFail(problem, "optimal", bound).choice);
  }
}

TEST(OptimalTest, TakesTheSimplerOfEquals) {
  // The dense one, the one of less energy, the first.
  Problem problem = makeProblem(
      Objective::Latency,
      {{makeCandidate("2:4", 5, 7, 0), makeCandidate("", 5, 7, 0)},
       {makeCandidate("2:4", 5, 7, 0), makeCandidate("1:4", 5, 6, 0)},
       {makeCandidate("2:4", 5, 7, 0), makeCandidate("1:4", 5, 7, 0)}});
  EXPECT_EQ(solveOrFail(problem, "optimal").choice, Choice({1, 1, 0}));
}

TEST(OptimalTest, SolvesWhatHasNothingToChoose) {
  for (Objective objective : kObjectives) {
    Solution none = solveOrFail(makeProblem(objective, {}), "optimal");
    EXPECT_TRUE(none.choice.empty());
    EXPECT_EQ(none.getGap(objective), 0.0);
    Problem one = makeProblem(objective, {{makeCandidate("2:4", 0, 0, 0)}});
    EXPECT_EQ(solveOrFail(one, "optimal", makeBound(0)).choice, Choice({0}));
  }
}

TEST(OptimalTest, KeepsAwayFromInfiniteErrors) {
  double infinity = std::numeric_limits<double>::infinity();
  Problem problem = makeProblem(Objective::Latency,
                                {{makeCandidate("1:4", 1, 1, infinity),
                                  makeCandidate("2:4", 2, 2, kMaxError)}});
  EXPECT_EQ(solveOrFail(problem, "optimal").choice, Choice({1}));
  problem.layers[0].candidates.pop_back();
  EXPECT_EQ(getMessage(solve(problem, getOptimal(), ErrorSum::unlimited())),
            "layer '0': expected a candidate of finite error");
}

TEST(OptimalTest, SaysWhatBoundIsNeeded) {
  Problem problem =
      makeProblem(Objective::Energy, {{makeCandidate("1:4", 1, 1, 0.25)},
                                      {makeCandidate("1:4", 1, 1, 0.5)}});
  EXPECT_EQ(getMessage(solve(problem, getOptimal(), makeBound(0.7))),
            "expected a bound on the error of at least 0.75 but got 0.7");
  EXPECT_EQ(solveOrFail(problem, "optimal", makeBound(0.75)).choice,
            Choice({0, 0}));
}

TEST(OptimalTest, CountsCostsNearTheLimit) {
  // Products of weights and sums take 127 bits.
  int64_t large = std::numeric_limits<int64_t>::max() / 4;
  std::vector<std::vector<Candidate>> layers(
      4, {makeCandidate("1:4", 1, large, 0), makeCandidate("2:4", large, 1, 0),
          makeCandidate("3:4", large / 2, large / 2, 0.5)});
  for (Objective objective : kObjectives) {
    Problem problem = makeProblem(objective, layers);
    for (double bound : {0.0, 0.5, 2.0}) {
      Solution solution = solveOrFail(problem, "optimal", makeBound(bound));
      EXPECT_TRUE(getObjective(problem, solution) ==
                  *findLeastObjective(problem, makeBound(bound)));
    }
  }
}
