//===- ProblemTest.cpp - What a problem may hold --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestProblems.h"

#include <limits>

using namespace tasd::search;
using namespace tasd::search::test;
using tasd::cost::Objective;

static constexpr double kInfinity = std::numeric_limits<double>::infinity();
static constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// One layer, dense or 2:4.
static Problem makeSmallProblem() {
  return makeProblem(Objective::Latency, {{makeCandidate("", 10, 20, 0),
                                           makeCandidate("2:4", 5, 15, 0.5)}});
}

TEST(ProblemTest, ChecksLayers) {
  Problem problem = makeSmallProblem();
  EXPECT_EQ(getMessage(problem.check()), "");
  problem.layers.push_back(problem.layers[0]);
  EXPECT_EQ(getMessage(problem.check()),
            "layer '0': expected a name that no other layer has");
  problem.layers[1].name = "1";
  problem.layers[1].candidates[1].weights = {};
  EXPECT_EQ(getMessage(problem.check()),
            "layer '1': candidate 1: expected series or a mapping that no "
            "other candidate has");
  problem.layers[1].candidates.clear();
  EXPECT_EQ(getMessage(problem.check()), "layer '1': expected a candidate");
  problem.layers[1].activationDensity = 1.5;
  EXPECT_EQ(getMessage(problem.check()),
            "layer '1': expected a density from 0 to 1 but got 1.5");
}

TEST(ProblemTest, ChecksCosts) {
  Problem problem = makeSmallProblem();
  Candidate &candidate = problem.layers[0].candidates[1];
  candidate.energyFj = -1;
  EXPECT_EQ(getMessage(problem.check()),
            "layer '0': candidate 1: expected energy of at least 0 but got -1");
  candidate.energyFj = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(getMessage(problem.check()), "");
  problem.layers.push_back(problem.layers[0]);
  problem.layers[1].name = "1";
  EXPECT_EQ(getMessage(problem.check()),
            "expected energies that add up to less than 2^63");
}

TEST(ProblemTest, ChecksErrors) {
  Problem problem = makeSmallProblem();
  double &error = problem.layers[0].candidates[1].errors.squaredOutput;
  for (double good : {0.0, kMaxError, kInfinity}) {
    error = good;
    EXPECT_EQ(getMessage(problem.check()), "");
  }
  for (double bad : {-0.5, 2 * kMaxError, kNaN, -kInfinity}) {
    error = bad;
    EXPECT_NE(getMessage(problem.check()), "");
  }
  error = -0.5;
  EXPECT_EQ(getMessage(problem.check()),
            "layer '0': candidate 1: expected a figure of output-error from 0 "
            "to 1.09951e+12, or an infinite one, but got -0.5");
}

TEST(ProblemTest, LeavesDenseWhatIsNotBetter) {
  Problem problem = makeSmallProblem();
  Candidate &candidate = problem.layers[0].candidates[1];
  EXPECT_TRUE(problem.isEligible(0, 1));
  candidate.words = 1;
  EXPECT_FALSE(problem.isEligible(0, 1));
  candidate.words = 0;
  candidate.runCycles = 1;
  EXPECT_FALSE(problem.isEligible(0, 1));
  candidate.runCycles = 0;
  candidate.energyFj = 21;
  EXPECT_FALSE(problem.isEligible(0, 1));
  candidate.energyFj = 15;
  candidate.cycles = 10;
  EXPECT_FALSE(problem.isEligible(0, 1));
  problem.objective = Objective::Edp;
  EXPECT_TRUE(problem.isEligible(0, 1));
  // Where there is no dense one, there is nothing to be worse than.
  candidate.cycles = 100;
  problem.layers[0].candidates.erase(problem.layers[0].candidates.begin());
  EXPECT_TRUE(problem.isEligible(0, 0));
}

TEST(ProblemTest, SaysWhyDenseIsLeft) {
  Problem problem = makeSmallProblem();
  Candidate candidate = problem.layers[0].candidates[1];
  auto describeLoss = [&] {
    tasd::cost::Loss loss =
        findLoss(candidate, *problem.layers[0].getDense(), problem.objective);
    return loss == tasd::cost::Loss::None
               ? ""
               : tasd::cost::describe(loss, problem.objective);
  };
  EXPECT_EQ(describeLoss(), "");
  candidate.words = 1;
  EXPECT_EQ(describeLoss(), "moves more words than");
  candidate.energyFj = 21;
  EXPECT_EQ(describeLoss(), "takes more energy than");
  candidate.runCycles = 1;
  EXPECT_EQ(describeLoss(), "takes more cycles with start and end than");
  // What was asked for comes first.
  candidate.cycles = 11;
  EXPECT_EQ(describeLoss(), "takes no fewer cycles than");
  problem.objective = Objective::Energy;
  EXPECT_EQ(describeLoss(), "takes no less energy than");
  candidate.energyFj = 1;
  EXPECT_EQ(describeLoss(), "takes more cycles than");
  problem.objective = Objective::Edp;
  candidate.cycles = 1000;
  EXPECT_EQ(describeLoss(), "has no lower EDP than");
}

TEST(ProblemTest, VerifiesSolutions) {
  Problem problem = makeSmallProblem();
  Solution solution = {{1}, problem.getTotals({1}), 5};
  ErrorSum bound = makeBound(0.5);
  EXPECT_EQ(getMessage(problem.verify(solution, bound)), "");
  EXPECT_EQ(getMessage(problem.verify(solution, makeBound(0.25))),
            "expected an error of at most 0.25 but got 0.5");
  solution.lowerBound = 6;
  EXPECT_EQ(getMessage(problem.verify(solution, bound)),
            "expected no objective below the proved bound");
  solution.totals.cycles = 4;
  EXPECT_EQ(getMessage(problem.verify(solution, bound)),
            "expected the totals of the choice");
  problem.layers[0].candidates[1].words = 1;
  EXPECT_EQ(getMessage(problem.verify(solution, bound)),
            "layer '0': candidate 1: expected a candidate that may be chosen");
  solution.choice = {2};
  EXPECT_EQ(getMessage(problem.verify(solution, bound)),
            "layer '0': expected one of 2 candidates but got number 2");
  solution.choice = {};
  EXPECT_EQ(getMessage(problem.verify(solution, bound)),
            "expected a choice for each of 1 layers but got 0");
}

TEST(ProblemTest, LetsASeriesHaveSeveralMappings) {
  Problem problem = makeSmallProblem();
  std::vector<Candidate> &candidates = problem.layers[0].candidates;
  candidates.push_back(candidates[1]);
  candidates.push_back(candidates[0]);
  candidates[2].mapping = candidates[3].mapping = 1;
  candidates[3].cycles = 5;
  EXPECT_EQ(getMessage(problem.check()), "");
  // Dense by another mapping is held against the first, too.
  EXPECT_TRUE(problem.isEligible(0, 3));
  candidates[3].energyFj = 21;
  EXPECT_FALSE(problem.isEligible(0, 3));
}

TEST(ProblemTest, TakesCostsInWholeFemtojoules) {
  tasd::cost::Cost cost;
  cost.cycles = 7;
  cost.energyPj = 1.2345;
  cost.levels.resize(2);
  cost.levels[0].operands.resize(1);
  cost.levels[0].operands[0].reads = 3;
  cost.levels[0].operands[0].metadataReadBits = 4;
  Candidate candidate;
  EXPECT_EQ(getMessage(setCost(candidate, cost, 9)), "");
  EXPECT_EQ(candidate.cycles, 7);
  EXPECT_EQ(candidate.energyFj, 1235);
  EXPECT_EQ(candidate.words, 3.5);
  EXPECT_EQ(candidate.runCycles, 9);
  cost.energyPj = -1;
  EXPECT_EQ(getMessage(setCost(candidate, cost, 9)),
            "expected an energy from 0 to 9.2e15 pJ but got -1 pJ");
  for (double bad : {kNaN, 1e16}) {
    cost.energyPj = bad;
    EXPECT_NE(getMessage(setCost(candidate, cost, 9)), "");
  }
}
