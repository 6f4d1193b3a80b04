//===- GainTest.cpp - Whether one run of a layer beats another ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/Gain.h"

#include "gtest/gtest.h"

using namespace tasd::cost;

static MappedRun makeRun(int64_t cycles, double energyPj, int64_t ends = 0,
                         double words = 100) {
  MappedRun run;
  run.mapped.cost.cycles = cycles;
  run.mapped.cost.energyPj = energyPj;
  run.mapped.cost.levels.emplace_back();
  run.mapped.cost.levels[0].operands.emplace_back();
  run.mapped.cost.levels[0].operands[0].reads = words;
  run.runCycles = cycles + ends;
  return run;
}

TEST(GainTest, IsWorseInNothing) {
  MappedRun dense = makeRun(100, 50, 10);
  EXPECT_TRUE(gainsOver(makeRun(99, 50, 10), dense, Objective::Edp));
  EXPECT_FALSE(gainsOver(dense, dense, Objective::Edp));
  EXPECT_FALSE(gainsOver(makeRun(101, 10, 0), dense, Objective::Edp));
  EXPECT_FALSE(gainsOver(makeRun(10, 51, 0), dense, Objective::Edp));
  EXPECT_FALSE(gainsOver(makeRun(90, 40, 30), dense, Objective::Edp));
  EXPECT_FALSE(gainsOver(makeRun(90, 40, 0, 101), dense, Objective::Edp));
  // Better, but not in what is asked for.
  EXPECT_FALSE(gainsOver(makeRun(100, 40, 10), dense, Objective::Latency));
}

/// What takes longer with start and end has to take so many cycles less.
TEST(GainTest, LowersTheLimitByTheExcess) {
  MappedRun dense = makeRun(100, 50, 0);
  std::vector<double> limits;
  auto search = [&](const CostLimits &most) -> llvm::Expected<MappedRun> {
    limits.push_back(most.cycles);
    EXPECT_EQ(most.energyPj, 50);
    EXPECT_EQ(most.words, 100);
    return most.cycles >= 95 ? makeRun(95, 40, 20) : makeRun(75, 45, 20);
  };
  std::optional<MappedRun> gain = findGain(search, dense, Objective::Edp);
  ASSERT_TRUE(gain);
  EXPECT_EQ(gain->mapped.cost.cycles, 75);
  EXPECT_EQ(limits, (std::vector<double>{100, 80}));
}

TEST(GainTest, FindsNoneThatMovesMore) {
  int numSearches = 0;
  auto search = [&](const CostLimits &) -> llvm::Expected<MappedRun> {
    ++numSearches;
    return makeRun(50, 40, 0, 101);
  };
  EXPECT_FALSE(findGain(search, makeRun(100, 50, 0), Objective::Edp));
  EXPECT_EQ(numSearches, 1);
}

TEST(GainTest, FindsNoneWithoutAMapping) {
  auto search = [](const CostLimits &) -> llvm::Expected<MappedRun> {
    return llvm::createStringError("none");
  };
  EXPECT_FALSE(findGain(search, makeRun(100, 50, 0), Objective::Edp));
}
