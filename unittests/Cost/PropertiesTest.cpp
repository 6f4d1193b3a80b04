//===- PropertiesTest.cpp - Laws that the cost obeys ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReferenceRuns.h"

#include "tasd/Cost/WorkText.h"

#include "gtest/gtest.h"

#include <cmath>
#include <set>

using namespace tasd::cost;
using namespace tasd::cost::test;
using tasd::machine::Machine;
using tasd::machine::MemoryLevel;

static Cost evaluate(const Work &work, const Mapping &mapping,
                     const Machine &machine) {
  return llvm::cantFail(computeCost(work, mapping, machine));
}

/// Holds each reference run against the same on a better machine: cycles may
/// only fall, and the work stays.
static void expectNoWorse(llvm::function_ref<void(Machine &)> improve) {
  for (const ReferenceRun &run : readReferenceRuns()) {
    SCOPED_TRACE(run.getName());
    Machine machine = getPreset(run.getMachineName());
    Cost before = evaluate(run.work, run.mapping, machine);
    improve(machine);
    Cost after = evaluate(run.work, run.mapping, machine);
    EXPECT_LE(after.cycles, before.cycles);
    EXPECT_EQ(after.energyPj, before.energyPj);
    EXPECT_EQ(after.compute.macs, before.compute.macs);
  }
}

TEST(Properties, MoreBandwidthNeverCostsCycles) {
  for (double factor : {1.1, 2.0, 100.0})
    expectNoWorse([&](Machine &machine) {
      for (MemoryLevel &level : machine.levels) {
        level.readWordsPerCycle *= factor;
        level.writeWordsPerCycle *= factor;
      }
    });
}

TEST(Properties, MoreLanesNeverCostCycles) {
  expectNoWorse([](Machine &machine) {
    machine.array.lanes.m *= 2;
    machine.array.subPartitions.m *= 2;
  });
}

TEST(Properties, MoreBufferNeverCostsCycles) {
  expectNoWorse([](Machine &machine) {
    for (MemoryLevel &level : machine.levels)
      if (level.capacity != tasd::machine::kUnlimitedCapacity)
        level.capacity *= 2;
  });
}

TEST(Properties, EnergyAddsUp) {
  for (const ReferenceRun &run : readReferenceRuns()) {
    Cost cost =
        evaluate(run.work, run.mapping, getPreset(run.getMachineName()));
    double sum = cost.compute.energyPj + cost.decompose.energyPj;
    for (const LevelCost &level : cost.levels) {
      double operands = 0;
      for (const OperandTraffic &traffic : level.operands)
        operands += traffic.energyPj;
      EXPECT_DOUBLE_EQ(operands, level.energyPj);
      sum += level.energyPj;
    }
    EXPECT_DOUBLE_EQ(sum, cost.energyPj);
  }
}

TEST(Properties, ReadsOfTheOuterLevelFillTheInner) {
  for (const ReferenceRun &run : readReferenceRuns()) {
    Cost cost =
        evaluate(run.work, run.mapping, getPreset(run.getMachineName()));
    const LevelCost &dram = cost.levels[0], &smem = cost.levels[1];
    for (const OperandTraffic &filled : smem.operands)
      for (const OperandTraffic &read : dram.operands)
        if (read.operand == filled.operand)
          EXPECT_DOUBLE_EQ(read.reads, filled.fills) << run.getName();
  }
}

/// 128x1024x1152, or another K, in the reference's order, with room for dense
/// tiles.
static Mapping getDenseMapping(int64_t lanesAlongK = 16, int64_t outerN = 16,
                               int64_t k = 1152) {
  std::string text = "DRAM: for N in [0:" + std::to_string(outerN) +
                     ")\n"
                     "SMEM: for M in [0:2) / for M in [0:4) (Spatial-Y)\n"
                     "RF: for K in [0:" +
                     std::to_string(k / lanesAlongK) +
                     ") / for M in [0:16) (Spatial-Y) / for K in [0:" +
                     std::to_string(lanesAlongK) +
                     ") (Spatial-X)\n"
                     "LRF: for N in [0:64)\n";
  return llvm::cantFail(parseMapping(text, "dense"));
}

static Work getWork(llvm::StringRef series = "") {
  Work work;
  work.extents = {128, 1024, 1152};
  if (!series.empty())
    work.a.series = getSeries(series);
  return work;
}

static void expectEqual(const Cost &first, const Cost &second) {
  EXPECT_EQ(first.cycles, second.cycles);
  EXPECT_EQ(first.energyPj, second.energyPj);
  EXPECT_EQ(first.compute.macs, second.compute.macs);
  for (auto [a, b] : llvm::zip(first.levels, second.levels))
    EXPECT_EQ(a.energyPj, b.energyPj);
}

TEST(Properties, EverythingKeptEqualsDense) {
  Machine machine = getPreset("ttc-stc-m4");
  expectEqual(evaluate(getWork("4:4"), getDenseMapping(), machine),
              evaluate(getWork(), getDenseMapping(), machine));
}

TEST(Properties, DenseCostsTheSameOnTheReferenceMachines) {
  Cost dense = evaluate(getWork(), getDenseMapping(), getPreset("tc"));
  for (const char *name : {"stc", "stc-flexible", "vegeta-m8", "ttc-vegeta-m8"})
    expectEqual(dense, evaluate(getWork(), getDenseMapping(), getPreset(name)));
}

TEST(Properties, TwiceTheColumnsTakeTwiceTheCycles) {
  Machine machine = getPreset("stc");
  Cost once = evaluate(getWork(), getDenseMapping(16, 16), machine);
  Cost twice = evaluate(getWork(), getDenseMapping(16, 32), machine);
  EXPECT_EQ(twice.cycles, 2 * once.cycles);
  EXPECT_EQ(twice.compute.macs, 2 * once.compute.macs);
  // A stays in SMEM: its way from DRAM does not grow.
  EXPECT_EQ(twice.levels[0].operands[0].reads,
            once.levels[0].operands[0].reads);
  EXPECT_EQ(twice.levels[0].operands[1].reads,
            2 * once.levels[0].operands[1].reads);
}

TEST(Properties, EqualProductsMultiplyEveryPart) {
  Machine machine = getPreset("ttc-vegeta-m8");
  Work work = getWork("2:8");
  work.extents.k = 576;
  work.a.decomposedAtRunTime = true;
  Mapping mapping = getDenseMapping(64, 16, 576);
  Cost one = evaluate(work, mapping, machine);
  work.numProducts = 12;
  Cost twelve = evaluate(work, mapping, machine);
  EXPECT_EQ(twelve.cycles, 12 * one.cycles);
  EXPECT_DOUBLE_EQ(twelve.energyPj, 12 * one.energyPj);
  EXPECT_EQ(twelve.compute.macs, 12 * one.compute.macs);
  EXPECT_EQ(twelve.compute.macsSkipped, 12 * one.compute.macsSkipped);
  EXPECT_EQ(twelve.compute.idealCycles, 12 * one.compute.idealCycles);
  EXPECT_EQ(twelve.decompose.blocks, 12 * one.decompose.blocks);
  EXPECT_EQ(twelve.bindingLevel, one.bindingLevel);
  for (auto [many, single] : llvm::zip(twelve.levels, one.levels)) {
    EXPECT_EQ(many.getCycles(), 12 * single.getCycles());
    EXPECT_DOUBLE_EQ(many.energyPj, 12 * single.energyPj);
    for (auto [all, each] : llvm::zip(many.operands, single.operands)) {
      EXPECT_EQ(all.reads, 12 * each.reads);
      EXPECT_EQ(all.fills, 12 * each.fills);
      EXPECT_EQ(all.updates, 12 * each.updates);
      EXPECT_EQ(all.getMetadataBits(), 12 * each.getMetadataBits());
    }
  }
}

TEST(Properties, NoProductIsAnError) {
  Work work = getWork();
  work.numProducts = 0;
  auto cost = computeCost(work, getDenseMapping(), getPreset("tc"));
  EXPECT_EQ(llvm::toString(cost.takeError()),
            "expected at least 1 product but got 0");
}

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

TEST(Types, AnElementCountsAsItsWidth) {
  Machine machine = getPreset("tc");
  Work work = getWork();
  Cost narrow = evaluate(work, getDenseMapping(), machine);
  work.resultType = "i32";
  Cost wide = evaluate(work, getDenseMapping(), machine);
  EXPECT_EQ(wide.levels[0].operands[2].updates,
            4 * narrow.levels[0].operands[2].updates);
  EXPECT_EQ(wide.levels[0].operands[1].reads,
            narrow.levels[0].operands[1].reads);
}

TEST(Convolution, NeighbouringWindowsSharePixels) {
  Work work;
  llvm::cantFail(parseConvolution("1,56,56,64,128,3,3,1,1", work));
  EXPECT_EQ(work.extents, (Extents{128, 3136, 576}));
  // Everything: each pixel once, and no padding.
  EXPECT_EQ(countElements(work, Operand::B, {1, 3136, 576}), 64. * 56 * 56);
  // Two rows of pixels, and all taps.
  EXPECT_EQ(countElements(work, Operand::B, {1, 112, 576}), 64. * 4 * 56);
  // Two rows of pixels, and one tap of all channels.
  EXPECT_EQ(countElements(work, Operand::B, {1, 112, 64}), 64. * 2 * 56);
  EXPECT_EQ(countElements(work, Operand::B, {1, 1, 576}), 576);
}

TEST(Convolution, StridesBeyondTheKernelShareNothing) {
  Work work;
  llvm::cantFail(parseConvolution("2,8,8,4,8,1,1,2,0", work));
  EXPECT_EQ(work.extents, (Extents{8, 32, 4}));
  EXPECT_EQ(countElements(work, Operand::B, {1, 32, 4}), 32. * 4);
}

TEST(Convolution, TheImageMayBeTheFirstInput) {
  Work work;
  llvm::cantFail(parseConvolution("1,56,56,64,128,3,3,1,1", work));
  work.window->image = Operand::A;
  EXPECT_EQ(getProduct(*work.window, 1, 128), (Extents{3136, 128, 576}));
  for (int64_t pixels : {1, 56, 112, 3136})
    for (int64_t k : {64, 192, 576}) {
      Work turned = work;
      turned.window->image = Operand::B;
      EXPECT_EQ(countElements(work, Operand::A, {pixels, 1, k}),
                countElements(turned, Operand::B, {1, pixels, k}));
      EXPECT_EQ(countElements(work, Operand::B, {pixels, 8, k}), 8. * k);
    }
}

/// The elements that windows of all taps touch, one by one.
static int64_t countByHand(const WindowDim &dim) {
  std::set<int64_t> touched;
  for (int64_t output = 0; output != dim.output; ++output)
    for (int64_t tap = 0; tap != dim.kernel; ++tap)
      touched.insert(output * dim.stride + tap * dim.dilation);
  return touched.size();
}

TEST(Convolution, StridesAndDilationsInAnyNumberOfDimensions) {
  int64_t input = 100;
  for (int64_t stride : {1, 2, 3, 4})
    for (int64_t dilation : {1, 2, 3, 6})
      for (int64_t kernel : {1, 2, 3, 5}) {
        WindowDim dim{input, 7, kernel, stride, dilation};
        Work line;
        line.window = Window{2, {dim}};
        line.extents = getProduct(*line.window, 3, 8);
        EXPECT_EQ(line.extents, (Extents{8, 21, 2 * kernel}));
        double count = countByHand(dim);
        EXPECT_EQ(countElements(line, Operand::B, line.extents), 6 * count);
        Work volume;
        volume.window = Window{2, {dim, WindowDim{4, 4, 1}, dim}};
        volume.extents = getProduct(*volume.window, 1, 8);
        EXPECT_EQ(countElements(volume, Operand::B, volume.extents),
                  2 * 4 * count * count);
      }
}
