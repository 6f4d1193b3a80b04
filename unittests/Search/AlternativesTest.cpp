//===- AlternativesTest.cpp - What else a layer could have taken ----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Alternatives.h"

#include "TestProblems.h"

using namespace tasd::search;
using namespace tasd::search::test;
using tasd::cost::Objective;

static Solution makeSolution(const Problem &problem, Choice choice) {
  Solution solution;
  solution.totals = problem.getTotals(choice);
  solution.choice = std::move(choice);
  return solution;
}

/// The layer beside one of 1000 cycles, where it takes candidate `chosen`.
static std::optional<Alternative> findNextBest(std::vector<Candidate> layer,
                                               uint32_t chosen, double bound) {
  Problem problem =
      makeProblem(Objective::Latency,
                  {std::move(layer), {makeCandidate("", 1000, 1000, 0.25)}});
  return findNextBest(problem, makeSolution(problem, {chosen, 0}), 0,
                      makeBound(bound));
}

TEST(AlternativesTest, TheLeastObjectiveWithinTheBound) {
  std::vector<Candidate> layer = {
      makeCandidate("", 100, 100, 0), makeCandidate("2:4", 50, 50, 0.125),
      makeCandidate("1:4", 25, 25, 0.5), makeCandidate("1:8", 20, 20, 1)};
  auto next = findNextBest(layer, 1, 0.75);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->candidate, 2u);
  EXPECT_EQ(next->objective, 1025);
  next = findNextBest(layer, 1, 0.5);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->candidate, 0u);
  Totals totals;
  totals.cycles = 1050;
  EXPECT_DOUBLE_EQ(next->getIncreaseShare(totals, Objective::Latency),
                   50 / 1050.0);
}

TEST(AlternativesTest, NoOtherMappingAndNothingThatMustNotBeChosen) {
  std::vector<Candidate> layer = {
      makeCandidate("", 100, 100, 0), makeCandidate("2:4", 50, 50, 0),
      makeCandidate("2:4", 40, 60, 0), makeCandidate("1:4", 200, 20, 0)};
  layer[2].mapping = 1;
  auto next = findNextBest(layer, 2, 1);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->candidate, 0u);
  EXPECT_FALSE(findNextBest({makeCandidate("", 100, 100, 0)}, 0, 1));
}

/// Of nothing no share is known.
TEST(AlternativesTest, ModelsWithoutCost) {
  Alternative same{0, 0};
  EXPECT_EQ(same.getIncreaseShare({}, Objective::Edp), 0);
}
