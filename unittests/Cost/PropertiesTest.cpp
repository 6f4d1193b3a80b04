//===- PropertiesTest.cpp - Laws that the cost obeys ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReferenceRuns.h"
#include "TestLayers.h"

#include "gtest/gtest.h"

using namespace tasd::cost;
using namespace tasd::cost::test;
using tasd::machine::Machine;
using tasd::machine::MemoryLevel;

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
