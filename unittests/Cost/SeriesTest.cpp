//===- SeriesTest.cpp - What terms, passes and padding cost ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReferenceRuns.h"
#include "TestLayers.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace tasd::cost;
using namespace tasd::cost::test;
using tasd::machine::Machine;

TEST(Series, TermsShareOuterTilesOfBAndTheSums) {
  Machine machine = getPreset("ttc-vegeta-m8");
  Cost one = evaluate(getWork("2:8"), getDenseMapping(64), machine);
  Cost two = evaluate(getWork("2:8+2:8"), getDenseMapping(64), machine);
  EXPECT_EQ(two.compute.cycles, 2 * one.compute.cycles);
  EXPECT_EQ(two.compute.macs, 2 * one.compute.macs);
  auto get = [](const Cost &cost, size_t level, size_t operand) {
    return cost.levels[level].operands[operand];
  };
  EXPECT_EQ(get(two, 0, 0).reads, 2 * get(one, 0, 0).reads);
  EXPECT_EQ(get(two, 0, 1).reads, get(one, 0, 1).reads);
  EXPECT_EQ(get(two, 0, 2).updates, get(one, 0, 2).updates);
  EXPECT_EQ(get(two, 1, 1).fills, get(one, 1, 1).fills);
  EXPECT_EQ(get(two, 1, 1).reads, 2 * get(one, 1, 1).reads);
  EXPECT_EQ(get(two, 2, 0).fills, get(one, 2, 0).fills);
  EXPECT_EQ(get(two, 2, 0).updates, 2 * get(one, 2, 0).updates);
}

TEST(Series, SparserTermsFillTheLanes) {
  Machine machine = getPreset("ttc-vegeta-m8");
  Cost series = evaluate(getWork("2:8+1:8"), getDenseMapping(64), machine);
  EXPECT_EQ(series.compute.cycles, series.compute.idealCycles);
  EXPECT_EQ(series.compute.macs, 128. * 1024 * 1152 * 3 / 8);
  Cost turned = evaluate(getWork("1:8+2:8"), getDenseMapping(64), machine);
  expectEqual(series, turned);
}

/// 576 places along K are 4 1/2 steps of the 128 that 1:8 takes.
TEST(Series, RaggedStepsTakeCyclesButNoWork) {
  Machine machine = getPreset("ttc-vegeta-m8");
  Work work = getWork("1:8+1:8");
  work.extents.k = 576;
  Mapping mapping = getDenseMapping(64, 16, 576);
  Cost cost = evaluate(work, mapping, machine);
  EXPECT_EQ(cost.compute.macs, 128. * 1024 * 576 / 4);
  EXPECT_EQ(cost.compute.cycles, 2 * 16 * 2 * 5 * 64);
  EXPECT_DOUBLE_EQ(cost.levels[0].operands[0].reads, 128. * 576 / 4);
}

TEST(Series, LanesLoadEachTermForEachTile) {
  Machine machine = getPreset("ttc-vegeta-m8");
  Mapping mapping = llvm::cantFail(
      parseMapping("DRAM: for N in [0:3)\n"
                   "SMEM: for M in [0:4) (Spatial-Y)\n"
                   "RF: for M in [0:16) (Spatial-Y) / for K in [0:64) "
                   "(Spatial-X)\n"
                   "LRF: for N in [0:128)\n",
                   "m"));
  Work work;
  work.extents = {64, 384, 64};
  work.a.series = getSeries("2:8");
  double kept = 64 * 64 / 4;
  Cost one = evaluate(work, mapping, machine);
  EXPECT_EQ(one.levels[3].operands[0].fills, kept);
  work.a.series = getSeries("2:8+2:8");
  Cost two = evaluate(work, mapping, machine);
  EXPECT_EQ(two.levels[3].operands[0].fills, 3 * 2 * kept);
  EXPECT_EQ(two.levels[1].operands[0].fills, 2 * kept);
}

TEST(Series, RunTimeTermsAreExtractedFromDenseTiles) {
  Machine machine = getPreset("ttc-vegeta-m8");
  Work work = getWork("2:8");
  work.extents.k = 576;
  Mapping mapping = getDenseMapping(64, 16, 576);
  Cost packed = evaluate(work, mapping, machine);
  work.a.decomposedAtRunTime = true;
  Cost decomposed = evaluate(work, mapping, machine);
  EXPECT_EQ(decomposed.levels[0].operands[0].reads,
            4 * packed.levels[0].operands[0].reads);
  EXPECT_EQ(decomposed.levels[3].operands[0].reads,
            packed.levels[3].operands[0].reads);
  // All of A, once for each of the 16 tiles of N.
  EXPECT_EQ(decomposed.decompose.blocks, 128. * 576 * 16 / 8);
  EXPECT_EQ(decomposed.decompose.cycles, decomposed.decompose.blocks * 8 / 16);
  EXPECT_GT(decomposed.decompose.energyPj, 0);
  EXPECT_EQ(packed.decompose.blocks, 0);
}

/// K outside N: sums leave the accumulators half done, and come back.
TEST(Traffic, PartialSumsGoOutAndComeBack) {
  Mapping mapping = llvm::cantFail(parseMapping(
      "DRAM: for K in [0:2) / for N in [0:4)\n"
      "SMEM: for M in [0:4) (Spatial-Y)\n"
      "RF: for K in [0:8) / for M in [0:16) (Spatial-Y) / for K in "
      "[0:16) (Spatial-X)\n"
      "LRF: for N in [0:128)\n",
      "m"));
  Work work;
  work.extents = {64, 512, 256};
  Cost cost = evaluate(work, mapping, getPreset("tc"));
  double results = 64 * 512;
  EXPECT_EQ(cost.levels[0].operands[2].updates, 2 * results);
  EXPECT_EQ(cost.levels[0].operands[2].reads, results);
  EXPECT_EQ(cost.levels[2].operands[0].fills, 2 * results);
  EXPECT_EQ(cost.levels[2].operands[0].updates, 16 * results);
  // Of A, a half of K stays in SMEM over all of N; B has no such luck.
  EXPECT_EQ(cost.levels[0].operands[0].reads, 64 * 256);
  EXPECT_EQ(cost.levels[0].operands[1].reads, 512 * 256);
}

/// 2:6 takes steps of 48 along K: 128 becomes 144.
TEST(Padding, CountsAsWork) {
  Mapping mapping = llvm::cantFail(parseMapping(
      "DRAM:\n"
      "SMEM: for N in [0:8) / for M in [0:8) / for M in [0:4) (Spatial-Y)\n"
      "RF: for K in [0:3) / for M in [0:16) (Spatial-Y) / for K in [0:48) "
      "(Spatial-X)\n"
      "LRF: for N in [0:128)\n",
      "m"));
  Work work;
  work.extents = {512, 1024, 128};
  work.a.series = getSeries("2:6");
  Cost cost = evaluate(work, mapping, getPreset("stc-flexible"));
  EXPECT_EQ(cost.compute.cycles, 512 * 144 * 1024 / 3 / 1024);
  EXPECT_DOUBLE_EQ(cost.compute.macs, 512. * 144 * 1024 / 3);
  EXPECT_DOUBLE_EQ(cost.levels[0].operands[0].reads, 512 * 144 / 3);
  // B and A to the lanes, and 4 bits for each kept element.
  EXPECT_EQ(cost.cycles, std::ceil((1179648 + 196608 * 1.5) / 42));
}
