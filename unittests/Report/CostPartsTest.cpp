//===- CostPartsTest.cpp - Where a layer's cycles and energy go -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/CostParts.h"

#include "tasd/Cost/MappingSearch.h"
#include "tasd/Machine/MachineFile.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::report;

static machine::Machine load(llvm::StringRef name) {
  return llvm::cantFail(machine::loadMachine(
      name, sparsity::PatternRegistry::createWithBuiltins()));
}

TEST(CostParts, energiesAddUpToTheTotal) {
  machine::Machine machine = load("ttc-vegeta-m8");
  cost::Work work;
  work.extents = {64, 128, 256};
  cost::Cost cost =
      llvm::cantFail(cost::findBestMapping(work, machine, cost::Objective::Edp))
          .cost;
  CostParts parts = getCostParts(cost, machine);
  double sum = 0;
  for (const EnergyPart &part : parts.energies)
    sum += part.energyPj;
  EXPECT_DOUBLE_EQ(sum, cost.energyPj);
  EXPECT_EQ(parts.energies.front().name, "DRAM");
  EXPECT_EQ(parts.energies.back().name, "MAC");
}

/// A layer bound by the channel stands on the slope of the roofline.
TEST(CostParts, offchipBytesAreThoseOfTheBusierWay) {
  machine::Machine machine = load("ttc-vegeta-m8");
  cost::Work work;
  work.extents = {64, 1, 4096};
  cost::Cost cost = llvm::cantFail(cost::findBestMapping(
                                       work, machine, cost::Objective::Latency))
                        .cost;
  ASSERT_EQ(cost.bindingLevel, "DRAM");
  EXPECT_NEAR(*getCostParts(cost, machine).offchipBytes / cost.cycles,
              *getRoofline(machine).offchipBytesPerCycle, 0.05);
}

TEST(Roofline, seriesRaiseTheRoof) {
  Roofline roofline = getRoofline(load("ttc-vegeta-m8"));
  ASSERT_EQ(roofline.roofs.size(), 3u);
  EXPECT_EQ(roofline.roofs[0].series, "");
  EXPECT_EQ(roofline.roofs[0].macsPerCycle, 1024);
  EXPECT_EQ(roofline.roofs[1].series, "4:8+2:8+1:8");
  EXPECT_EQ(roofline.roofs[2].series, "1:8");
  EXPECT_EQ(roofline.roofs[2].macsPerCycle, 8192);
  EXPECT_EQ(roofline.offchipBytesPerCycle, 32);
}

TEST(Roofline, ofAMachineOfOneSeriesAndOfNone) {
  EXPECT_EQ(getRoofline(load("stc")).roofs.size(), 2u);
  EXPECT_EQ(getRoofline(load("tc")).roofs.size(), 1u);
}
