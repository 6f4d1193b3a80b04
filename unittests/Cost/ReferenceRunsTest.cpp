//===- ReferenceRunsTest.cpp - The cost against published runs ------------===//
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

static const OperandTraffic *find(const Cost &cost,
                                  const ReferenceTraffic &published) {
  for (const LevelCost &level : cost.levels)
    for (const OperandTraffic &traffic : level.operands)
      if (level.name == published.level && traffic.operand == published.operand)
        return &traffic;
  return nullptr;
}

static const LevelCost &findLevel(const Cost &cost, llvm::StringRef name) {
  return *llvm::find_if(
      cost.levels, [&](const LevelCost &level) { return level.name == name; });
}

static Cost evaluate(const ReferenceRun &run) {
  return llvm::cantFail(
      computeCost(run.work, run.mapping, getPreset(run.getMachineName())));
}

/// Counts are exact, save where the expected number of non-zeros enters.
static void expectTraffic(const OperandTraffic &traffic,
                          const ReferenceTraffic &published) {
  auto near = [](double value, double reference) {
    EXPECT_NEAR(value, reference, 1e-4 * reference + 1);
  };
  near(traffic.reads / published.instances, published.reads);
  near(traffic.fills / published.instances, published.fills);
  near(traffic.updates / published.instances, published.updates);
}

TEST(ReferenceRuns, AllAreThere) { EXPECT_EQ(readReferenceRuns().size(), 44u); }

TEST(ReferenceRuns, Cycles) {
  for (const ReferenceRun &run : readReferenceRuns()) {
    SCOPED_TRACE(run.getName());
    double tolerance = run.design == "DSTC" ? 0.005 * run.cycles : 1;
    EXPECT_NEAR(evaluate(run).cycles, run.cycles, tolerance);
  }
}

TEST(ReferenceRuns, EnergyOfEachLevelAndOperand) {
  for (const ReferenceRun &run : readReferenceRuns()) {
    Cost cost = evaluate(run);
    // The occupancy of DSTC is statistical.
    double tolerance = run.design == "DSTC" ? 0.01 : 0.001;
    for (const ReferenceTraffic &published : run.traffic) {
      SCOPED_TRACE(run.getName() + " " + published.level + " " +
                   getName(published.operand).str());
      const OperandTraffic *traffic = find(cost, published);
      ASSERT_TRUE(traffic);
      EXPECT_NEAR(traffic->energyPj, published.energyPj,
                  tolerance * published.energyPj);
    }
    EXPECT_NEAR(cost.compute.energyPj, run.macEnergyPj, 0.001 * run.macEnergyPj)
        << run.getName();
    EXPECT_NEAR(cost.energyPj, run.energyPj, 0.001 * run.energyPj)
        << run.getName();
  }
}

TEST(ReferenceRuns, WordsOfEachLevelAndOperand) {
  for (const ReferenceRun &run : readReferenceRuns()) {
    if (run.design == "DSTC")
      continue;
    Cost cost = evaluate(run);
    for (const ReferenceTraffic &published : run.traffic) {
      SCOPED_TRACE(run.getName() + " " + published.level + " " +
                   getName(published.operand).str());
      ASSERT_TRUE(find(cost, published));
      expectTraffic(*find(cost, published), published);
    }
  }
}

TEST(ReferenceRuns, CyclesOfEachLevel) {
  for (const ReferenceRun &run : readReferenceRuns()) {
    Cost cost = evaluate(run);
    for (const ReferenceTraffic &published : run.traffic) {
      double cycles = std::ceil(std::max(
          cost.compute.cycles, findLevel(cost, published.level).getCycles()));
      double tolerance =
          run.design == "DSTC" ? 0.005 * published.levelCycles : 1;
      EXPECT_NEAR(cycles, published.levelCycles, tolerance)
          << run.getName() << " " << published.level;
    }
  }
}

TEST(SystolicRuns, Cycles) {
  std::vector<SystolicRun> runs = readSystolicRuns();
  EXPECT_EQ(runs.size(), 5u);
  for (const SystolicRun &run : runs) {
    Cost cost =
        llvm::cantFail(computeCost(run.work, run.mapping, getPreset("sa-128")));
    EXPECT_EQ(cost.cycles, run.cycles) << run.size << " " << run.series;
  }
}
