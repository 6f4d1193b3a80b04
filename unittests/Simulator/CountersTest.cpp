//===- CountersTest.cpp - What is counted, against the cost model ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DrawnLayers.h"
#include "ProgramFor.h"

#include "tasd/Machine/MachineFile.h"
#include "tasd/Simulator/Energy.h"
#include "tasd/Simulator/Simulator.h"
#include "tasd/Simulator/Trace.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::simulator;
using namespace tasd::simulator::test;

static Traffic findTraffic(const Result &result, uint32_t level,
                           Operand operand) {
  for (const Traffic &traffic : result.traffic)
    if (traffic.level == level && traffic.operand == operand)
      return traffic;
  return {};
}

static void expectNear(double value, double reference, const char *what) {
  EXPECT_NEAR(value, reference, 1e-9 * reference + 1e-6) << what;
}

static void expectTraffic(const Traffic &traffic,
                          const cost::OperandTraffic &modelled) {
  expectNear(traffic.reads.words, modelled.reads, "reads");
  expectNear(traffic.fills.words, modelled.fills, "fills");
  expectNear(traffic.updates, modelled.updates, "updates");
  expectNear(traffic.reads.metadataBits, modelled.metadataReadBits,
             "metadata read");
  expectNear(traffic.fills.metadataBits, modelled.metadataFillBits,
             "metadata filled");
}

static void expectCounts(const DrawnLayer &layer) {
  SCOPED_TRACE(layer.describe());
  cost::Cost cost =
      llvm::cantFail(computeCost(layer.work, layer.mapping, layer.machine));
  Program program = getProgramFor(layer.work, layer.mapping, layer.machine);
  EnergyMeter energy(program, layer.machine);
  Listener *listeners[] = {&energy};
  Result result =
      llvm::cantFail(simulate(program, layer.machine, std::nullopt, listeners));
  for (uint32_t level = 0; level != cost.levels.size(); ++level)
    for (const cost::OperandTraffic &traffic : cost.levels[level].operands) {
      SCOPED_TRACE(cost.levels[level].name + " " +
                   cost::getName(traffic.operand).str());
      expectTraffic(findTraffic(result, level, traffic.operand), traffic);
      expectNear(energy.getLevelPj(level, traffic.operand), traffic.energyPj,
                 "energy");
    }
  expectNear(result.macs.done, cost.compute.macs, "multiply-adds");
  expectNear(energy.getMacPj(), cost.compute.energyPj, "energy of these");
  expectNear(energy.getTasdPj(), cost.decompose.energyPj, "energy of units");
  expectNear(energy.getTotalPj(), cost.energyPj, "energy in all");
}

TEST(Counters, EqualTheModels) {
  std::mt19937 random(7);
  for (int i = 0; i != 200; ++i)
    expectCounts(drawLayer(random, {}));
}

TEST(Counters, KnowTheTypeOfWhatPassesBuffersBy) {
  DrawnLayer layer;
  layer.machine = llvm::cantFail(machine::loadMachine("tc"));
  layer.work.extents = {1, 10, 256};
  layer.work.a.type = layer.work.b.type = layer.work.resultType = "f32";
  layer.mapping = llvm::cantFail(cost::parseMapping(R"(DRAM:
SMEM keep none:
RF: for K in [0:16) / for K in [0:16) (Spatial-X)
LRF: for N in [0:10)
)",
                                                    "mapping"));
  expectCounts(layer);
}

TEST(Counters, StatisticsAddUp) {
  std::mt19937 random(8);
  for (int i = 0; i != 20; ++i) {
    DrawnLayer layer = drawLayer(random, {});
    Program program = getProgramFor(layer.work, layer.mapping, layer.machine);
    Result result = llvm::cantFail(simulate(program, layer.machine));
    const StatisticGroup &statistics = result.statistics;
    double sum = *statistics.find("array.busy");
    for (const Statistic &stall : statistics.groups[0].groups[0].statistics)
      sum += stall.value;
    EXPECT_EQ(sum, *statistics.find("total"));
    EXPECT_EQ(statistics.find("array.none"), std::nullopt);
  }
}

TEST(Counters, TheTraceNamesUnits) {
  std::mt19937 random(9);
  DrawnLayer layer = drawLayer(random, {});
  Program program = getProgramFor(layer.work, layer.mapping, layer.machine);
  Trace trace(1);
  Listener *listeners[] = {&trace};
  trace.beginProgram("layer", 0);
  llvm::cantFail(simulate(program, layer.machine, std::nullopt, listeners));
  std::string text;
  llvm::raw_string_ostream os(text);
  trace.write(os);
  auto json = llvm::json::parse(text);
  ASSERT_TRUE(bool(json));
  const auto *events = json->getAsObject()->getArray("traceEvents");
  ASSERT_TRUE(events);
  EXPECT_NE(text.find("\"load_b1\""), std::string::npos);
  EXPECT_NE(text.find("\"ph\":\"X\""), std::string::npos);
}
