//===- RoundTripsTest.cpp - Tiles that wait for their latency -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReferenceRuns.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace tasd::cost;
using namespace tasd::cost::test;
using tasd::machine::Machine;

static Cost evaluate(llvm::StringRef text, const Work &given,
                     const Machine &machine) {
  Mapping mapping = llvm::cantFail(parseMapping(text, "m"));
  Work work = given;
  work.extents = mapping.getExtents();
  return llvm::cantFail(computeCost(work, mapping, machine));
}

/// 100 tiles of 16 columns of B; A stays.
static constexpr llvm::StringLiteral kTilesOfB =
    "DRAM: for N in [0:100)\nSMEM: for M in [0:4) (Spatial-Y)\n"
    "RF: for M in [0:16) (Spatial-Y) / for K in [0:16) (Spatial-X)\n"
    "LRF: for N in [0:16)\n";

TEST(RoundTrips, TwoSlotsHideLatencyBehindOneTile) {
  Machine machine = getPreset("tc");
  Cost cost = evaluate(kTilesOfB, Work(), machine);
  // 256 words at 32 a cycle, behind the latency; then 16 steps.
  EXPECT_EQ(cost.cycles, 100 * (100 + 8 + 16) / 2);
  EXPECT_EQ(cost.dma.cycles, cost.cycles);
  EXPECT_EQ(cost.bindingLevel, "DMA");
}

TEST(RoundTrips, WithoutLatencyNothingWaits) {
  Machine machine = getPreset("tc");
  machine.dmaLatencyCycles = 0;
  Cost cost = evaluate(kTilesOfB, Work(), machine);
  // Sums leave at 32 words a cycle.
  EXPECT_EQ(cost.cycles, 100 * 64 * 16 / 32);
  EXPECT_EQ(cost.dma.cycles, 0);
  EXPECT_EQ(cost.bindingLevel, "DRAM");
}

TEST(RoundTrips, OneSlotWaitsForEveryTile) {
  Machine machine = getPreset("tc");
  machine.levels[1].doubleBuffered = false;
  int64_t before = evaluate(kTilesOfB, Work(), machine).cycles;
  machine.dmaLatencyCycles += 7;
  EXPECT_EQ(evaluate(kTilesOfB, Work(), machine).cycles, before + 7 * 100);
}

/// A tile of each input for each step along K.
TEST(RoundTrips, TilesOfBothInputsMoveOneAfterTheOther) {
  Cost cost = evaluate("DRAM: for K in [0:50)\n"
                       "SMEM: for M in [0:4) (Spatial-Y)\n"
                       "RF: for M in [0:16) (Spatial-Y) / for K in [0:16) "
                       "(Spatial-X)\nLRF: for N in [0:16)\n",
                       Work(), getPreset("tc"));
  // 1024 words of A at 42 a cycle are what it takes inside.
  EXPECT_EQ(cost.cycles,
            std::ceil(50 * (100 + (1024 + 256) / 32. + 1280 / 42.) / 2));
}

/// Partial sums that come back have three slots.
TEST(RoundTrips, PartialSumsComeBack) {
  Cost cost = evaluate("DRAM: for K in [0:5) / for N in [0:20)\n"
                       "SMEM keep none: for M in [0:4) (Spatial-Y)\n"
                       "RF: for M in [0:16) (Spatial-Y)\n"
                       "LRF: for N in [0:1)\n",
                       Work(), getPreset("tc"));
  // The first of the five times they start from zeros.
  EXPECT_EQ(cost.cycles, 20 * 1 + 80 * (100 + 2 + 2 + 1) / 3);
}

TEST(RoundTrips, ProductsRunOneAfterTheOther) {
  Work work;
  work.numProducts = 3;
  EXPECT_EQ(evaluate(kTilesOfB, work, getPreset("tc")).cycles,
            3 * evaluate(kTilesOfB, Work(), getPreset("tc")).cycles);
}

TEST(Sums, ThoseThatStartFromTheResultsMemoryAreRead) {
  Work work;
  Cost zeros = evaluate(kTilesOfB, work, getPreset("tc"));
  work.accumulates = true;
  Cost sums = evaluate(kTilesOfB, work, getPreset("tc"));
  double size = 100 * 64 * 16;
  for (size_t level : {0, 2}) {
    const OperandTraffic &before = zeros.levels[level].operands.back(),
                         &after = sums.levels[level].operands.back();
    ASSERT_EQ(after.operand, Operand::Z);
    EXPECT_EQ(after.reads, before.reads + size);
    EXPECT_EQ(after.fills, before.fills);
    EXPECT_EQ(after.updates, before.updates);
  }
}
