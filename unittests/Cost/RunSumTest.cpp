//===- RunSumTest.cpp - What products take one after the other ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/RunSum.h"

#include "ReferenceRuns.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::cost;

static MappedRun run(const Work &work, const machine::Machine &machine) {
  return createMappedRun(
      work, machine,
      llvm::cantFail(findBestMapping(work, machine, Objective::Edp)));
}

namespace {
/// Two products of different size, whose mappings keep different operands.
struct RunSum : testing::Test {
  RunSum() {
    Work small, large;
    small.extents = {64, 16, 96};
    large.extents = {256, 512, 512};
    small.gathersB = large.scattersZ = true;
    runs = {run(small, machine), run(large, machine)};
    sum = addRuns(runs);
  }

  machine::Machine machine = cost::test::getPreset("tc");
  std::vector<MappedRun> runs;
  MappedRun sum;
};
} // namespace

TEST_F(RunSum, AddsUpEnergyAndWords) {
  const Cost &cost = sum.mapped.cost;
  EXPECT_DOUBLE_EQ(cost.energyPj,
                   runs[0].mapped.cost.energyPj + runs[1].mapped.cost.energyPj);
  ASSERT_EQ(cost.levels.size(), machine.levels.size());
  double energyPj = cost.compute.energyPj;
  for (size_t level = 0; level < cost.levels.size(); ++level) {
    energyPj += cost.levels[level].energyPj;
    double words = 0;
    for (const MappedRun &run : runs)
      words += run.mapped.cost.levels[level].getWords();
    EXPECT_DOUBLE_EQ(cost.levels[level].getWords(), words);
    EXPECT_TRUE(
        llvm::is_sorted(cost.levels[level].operands, [](auto &a, auto &b) {
          return a.operand < b.operand;
        }));
  }
  EXPECT_NEAR(cost.energyPj, energyPj, cost.energyPj * 1e-12);
}

TEST_F(RunSum, CountsStartAndEndOfAllButTheFirst) {
  EXPECT_EQ(sum.runCycles, runs[0].runCycles + runs[1].runCycles);
  EXPECT_EQ(sum.mapped.cost.cycles,
            runs[0].mapped.cost.cycles + runs[1].runCycles);
}

TEST_F(RunSum, IsBoundByWhatBindsMostCycles) {
  EXPECT_EQ(sum.mapped.cost.bindingLevel, runs[1].mapped.cost.bindingLevel);
}

TEST_F(RunSum, OfOneIsThatOne) {
  MappedRun one = addRuns({runs[0]});
  EXPECT_EQ(one.mapped.cost.cycles, runs[0].mapped.cost.cycles);
  EXPECT_EQ(one.runCycles, runs[0].runCycles);
  EXPECT_EQ(one.mapped.cost.bindingLevel, runs[0].mapped.cost.bindingLevel);
}
