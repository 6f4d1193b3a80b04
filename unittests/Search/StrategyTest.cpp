//===- StrategyTest.cpp - Strategies do what they say ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestProblems.h"

using namespace tasd::search;
using namespace tasd::search::test;
using tasd::cost::Objective;

/// Two layers, of errors that tell the order in which candidates are applied.
static Problem makeTwoLayers() {
  return makeProblem(
      Objective::Latency,
      {{makeCandidate("", 100, 100, 0), makeCandidate("2:4", 50, 50, 0.125),
        makeCandidate("1:4", 25, 25, 0.5)},
       {makeCandidate("", 1000, 1000, 0), makeCandidate("2:4", 500, 500, 0.25),
        makeCandidate("1:4", 250, 250, 1)}});
}

TEST(StrategyTest, GreedyAppliesPairsInTheOrderOfTheirError) {
  Problem problem = makeTwoLayers();
  auto getChoice = [&](double bound) {
    return solveOrFail(problem, "greedy", makeBound(bound)).choice;
  };
  EXPECT_EQ(getChoice(0), Choice({0, 0}));
  EXPECT_EQ(getChoice(0.125), Choice({1, 0}));
  EXPECT_EQ(getChoice(0.375), Choice({1, 1}));
  EXPECT_EQ(getChoice(0.75), Choice({2, 1}));
  // 1:4 of the second layer alone would do, but its turn comes last.
  EXPECT_EQ(getChoice(1), Choice({2, 1}));
  EXPECT_EQ(getChoice(1.5), Choice({2, 2}));
}

TEST(StrategyTest, GreedySkipsWhatIsNoBetter) {
  Problem problem = makeTwoLayers();
  problem.layers[0].candidates[2].cycles = 60;
  EXPECT_EQ(solveOrFail(problem, "greedy").choice, Choice({1, 2}));
}

TEST(StrategyTest, SparsitySweepsAlpha) {
  Problem problem = makeTwoLayers();
  problem.layers[0].weightDensity = 0.5;
  problem.layers[1].weightDensity = 0.25;
  auto getChoice = [&](double bound) {
    return solveOrFail(problem, "sparsity", makeBound(bound)).choice;
  };
  // At alpha 0: 2:4 for the first, 1:4 for the second.
  EXPECT_EQ(getChoice(1.124), Choice({0, 0}));
  EXPECT_EQ(getChoice(1.125), Choice({1, 2}));
  EXPECT_EQ(getChoice(1.5), Choice({2, 2}));
}

TEST(StrategyTest, SparsityLooksAtBothOperands) {
  Problem problem = makeTwoLayers();
  for (Layer &layer : problem.layers) {
    layer.weightDensity = 0.5;
    layer.candidates[2].weights = parseSeries("2:4");
    layer.candidates[2].activations = parseSeries("2:4");
    layer.candidates[2].errors = {};
  }
  problem.layers[0].activationDensity = 0.5;
  // In the second layer activations are dense: alpha would have to be 0.5.
  EXPECT_EQ(solveOrFail(problem, "sparsity", makeBound(0.25)).choice,
            Choice({2, 2}));
  problem.layers[1].candidates[2].errors.droppedMagnitude = 1;
  EXPECT_EQ(solveOrFail(problem, "sparsity", makeBound(0.25)).choice,
            Choice({2, 1}));
}

TEST(StrategyTest, UniformTakesOneSeriesForAll) {
  Problem problem = makeTwoLayers();
  auto getChoice = [&](double bound) {
    return solveOrFail(problem, "uniform", makeBound(bound)).choice;
  };
  EXPECT_EQ(getChoice(0.3), Choice({0, 0}));
  EXPECT_EQ(getChoice(0.75), Choice({1, 1}));
  EXPECT_EQ(getChoice(1.5), Choice({2, 2}));
  // A layer without the series stays dense.
  problem.layers[0].candidates.pop_back();
  EXPECT_EQ(getChoice(1.5), Choice({0, 2}));
}

TEST(StrategyTest, EveryOneTakesTheBestMapping) {
  Problem problem = makeTwoLayers();
  for (Layer &layer : problem.layers)
    for (int mapping : {1, 2}) {
      layer.candidates.push_back(layer.candidates[2]);
      layer.candidates.back().mapping = mapping;
      layer.candidates.back().cycles += mapping == 1 ? -5 : 5;
    }
  for (const Strategy &strategy : getStrategies())
    EXPECT_EQ(solveOrFail(problem, strategy.name).choice, Choice({3, 3}));
}

TEST(StrategyTest, EveryOneSaysWhatBoundItNeeds) {
  Problem problem =
      makeProblem(Objective::Edp, {{makeCandidate("2:4", 1, 1, 0.5)}});
  for (const Strategy &strategy : getStrategies()) {
    EXPECT_EQ(getMessage(solve(problem, strategy, makeBound(0.25))),
              "expected a bound on the error of at least 0.5 but got 0.25");
    EXPECT_EQ(solveOrFail(problem, strategy.name, makeBound(0.5)).choice,
              Choice({0}));
  }
}

TEST(StrategyTest, EveryOneSolvesNoLayersAndRefusesMalformedOnes) {
  for (const Strategy &strategy : getStrategies()) {
    Problem problem = makeProblem(Objective::Edp, {});
    EXPECT_TRUE(solveOrFail(problem, strategy.name).choice.empty());
    problem.layers.emplace_back();
    EXPECT_EQ(getMessage(solve(problem, strategy, makeBound(0))),
              "layer '': expected a candidate");
  }
}

TEST(StrategyTest, OnlyOptimalProvesABound) {
  for (const Strategy &strategy : getStrategies()) {
    Solution solution = solveOrFail(makeTwoLayers(), strategy.name);
    EXPECT_EQ(solution.getGap(Objective::Latency).has_value(),
              strategy.name == "optimal");
  }
}

TEST(StrategyTest, NamesTheStrategiesThereAre) {
  EXPECT_EQ(getMessage(getStrategy("best")),
            "expected a strategy (uniform, sparsity, greedy, optimal) but got "
            "'best'");
}
