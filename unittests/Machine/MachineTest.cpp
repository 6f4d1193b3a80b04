//===- MachineTest.cpp - What follows from a machine's description ------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestMachines.h"

using namespace tasd::machine;
using tasd::sparsity::PatternRegistry;

static Machine load(llvm::StringRef name) {
  return llvm::cantFail(loadMachine(name));
}

static Extents makeExtents(int64_t m, int64_t n, int64_t k) {
  return Extents{m, n, k};
}

TEST(MachineTest, CountsInstances) {
  Machine machine = load("tc");
  std::vector<int64_t> instances;
  for (size_t level = 0; level < machine.levels.size(); ++level)
    instances.push_back(machine.getNumInstances(level));
  EXPECT_EQ(instances, (std::vector<int64_t>{1, 1, 4, 1024}));
}

TEST(MachineTest, FansOutWhereThePlacementChanges) {
  Machine machine = load("tc");
  EXPECT_EQ(machine.getFanout(0), makeExtents(1, 1, 1));
  EXPECT_EQ(machine.getFanout(1), makeExtents(4, 1, 1));
  EXPECT_EQ(machine.getFanout(2), makeExtents(16, 1, 16));
  EXPECT_EQ(machine.getFanout(3), makeExtents(1, 1, 1));
  Machine dstc = load("dstc");
  EXPECT_EQ(dstc.getFanout(1), makeExtents(2, 2, 1));
  EXPECT_EQ(dstc.getFanout(2), makeExtents(1, 1, 1));
  EXPECT_EQ(dstc.getFanout(3), makeExtents(16, 16, 1));
}

TEST(MachineTest, FansOutOverBothAtOnce) {
  Machine machine = load("tc");
  machine.levels.erase(machine.levels.begin() + 2);
  EXPECT_EQ(machine.getFanout(1), makeExtents(64, 1, 16));
}

TEST(MachineTest, FindsLevels) {
  Machine machine = load("dstc");
  EXPECT_EQ(machine.findLevel("RF"), 2u);
  EXPECT_EQ(machine.findLevel("L2"), std::nullopt);
  EXPECT_EQ(machine.getAccumulatorLevel(), 2u);
}

TEST(MachineTest, KnowsElementTypes) {
  EXPECT_EQ(getElementWords("i4"), 0.5);
  EXPECT_EQ(getElementWords("bf16"), 2);
  EXPECT_EQ(getElementWords("f32"), 4);
  EXPECT_EQ(getElementWords("index"), std::nullopt);
  EXPECT_EQ(load("tc").getMacEnergy("i8")->energyPj, 0.5608);
  EXPECT_EQ(load("tc").getMacEnergy("i1"), nullptr);
}

TEST(MachineTest, ChoosesEnergyProfiles) {
  Machine machine = load("tc");
  EXPECT_FALSE(selectEnergyProfile(machine, "horowitz-45nm"));
  EXPECT_EQ(machine.getMacEnergy("f16")->energyPj, 1.5);
  EXPECT_EQ(llvm::toString(selectEnergyProfile(machine, "tsmc")),
            "expected an energy profile of machine 'tc', one of: aladdin-45nm, "
            "horowitz-45nm, but got 'tsmc'");
}

TEST(MachineTest, NeverMixesEnergyProfiles) {
  Machine first = load("tc"), second = load("stc");
  EXPECT_FALSE(checkComparable(first, second));
  llvm::cantFail(selectEnergyProfile(second, "horowitz-45nm"));
  EXPECT_EQ(llvm::toString(checkComparable(first, second)),
            "expected machines with the same energy profile but got 'tc' with "
            "'aladdin-45nm' and 'stc' with 'horowitz-45nm'");
}

static std::string getSeriesError(llvm::StringRef machine, Operand operand,
                                  llvm::StringRef series) {
  auto registry = PatternRegistry::createWithBuiltins();
  return llvm::toString(checkSeries(
      load(machine), operand, llvm::cantFail(registry.parseSeries(series))));
}

TEST(MachineTest, SaysWhichSeriesItRuns) {
  EXPECT_EQ(getSeriesError("ttc-vegeta-m8", Operand::A, "4:8+2:8+1:8"), "");
  EXPECT_EQ(getSeriesError("ttc-vegeta-m8", Operand::A, "2:8+1:4"),
            "expected a pattern that machine 'ttc-vegeta-m8' runs, one of: "
            "1:8, 2:8, 4:8, 8:8, but got '1:4'");
  EXPECT_EQ(getSeriesError("vegeta-m8", Operand::A, "2:8+1:8"),
            "expected at most 1 term on machine 'vegeta-m8' but got 2");
  EXPECT_EQ(getSeriesError("tc", Operand::A, "2:4"),
            "expected a dense operand on machine 'tc' but got '2:4'");
  EXPECT_EQ(getSeriesError("stc", Operand::B, "2:4"),
            "expected a dense operand on machine 'stc' but got '2:4'");
}

static std::string getPlannedError(llvm::StringRef machine,
                                   llvm::StringRef series) {
  auto registry = PatternRegistry::createWithBuiltins();
  return llvm::toString(checkPlannedSeries(
      load(machine), llvm::cantFail(registry.parseSeries(series))));
}

TEST(MachineTest, RunsTermsPartByPart) {
  EXPECT_EQ(getPlannedError("tc", "tw(128)"), "");
  EXPECT_EQ(getPlannedError("tc", "tw1(8, rows = 0.5)"), "");
  EXPECT_EQ(getPlannedError("stc", "tw(128, columns = 1)*2:4"), "");
  EXPECT_EQ(getPlannedError("tc", "tw(128)*2:4"),
            "the parts of 'tw(128)*2:4': expected a dense operand on machine "
            "'tc' but got '2:4'");
  EXPECT_EQ(getPlannedError("ttc-vegeta-m8", "tw(128)+1:8"),
            "expected a term that is run in parts to be the only one, on "
            "machine 'ttc-vegeta-m8', but got 'tw(128)+1:8'");
  EXPECT_EQ(getPlannedError("tc", "bsr(32x32)"),
            "expected a dense operand on machine 'tc' but got 'bsr(32x32)'");
  EXPECT_EQ(getPlannedError("stc", "2:4"), "");
}

TEST(MachineTest, DropsInPartsWhateverItIs) {
  auto registry = PatternRegistry::createWithBuiltins();
  auto parse = [&](llvm::StringRef text) {
    return llvm::cantFail(registry.parseSeries(text));
  };
  EXPECT_FALSE(mayDrop(load("stc"), parse("2:4")));
  EXPECT_TRUE(mayDrop(load("stc"), parse("tw(128)*2:4")));
  EXPECT_TRUE(mayDrop(load("ttc-stc-m4"), parse("2:4")));
}

TEST(MachineTest, SumsAreas) {
  // What the published study says of its STC and DSTC, in mm^2.
  EXPECT_NEAR(load("stc").getAreaUm2() / 1e6, 3.14, 0.005);
  EXPECT_NEAR(load("dstc").getAreaUm2() / 1e6, 3.05, 0.005);
  EXPECT_NEAR(load("ttc-vegeta-m8").getAreaUm2() / load("tc").getAreaUm2(),
              1.02, 1e-4);
}
