//===- YamlTest.cpp - Machines from files, over bases, and back ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestMachines.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <random>

using namespace tasd::machine;

namespace {

/// A folder for files of machines.
class MachineFilesTest : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("machines", folder));
  }
  void TearDown() override { llvm::sys::fs::remove_directories(folder); }

  std::string getPath(llvm::StringRef name) const {
    return (folder + "/" + name).str();
  }
  void write(llvm::StringRef name, llvm::StringRef text) {
    std::error_code error;
    llvm::raw_fd_ostream(getPath(name), error) << text;
    ASSERT_FALSE(error);
  }

  llvm::SmallString<128> folder;
};

} // namespace

TEST_F(MachineFilesTest, ReadsOverABase) {
  write("base.yaml", smallMachine);
  write("derived.yaml", "base: base.yaml\nname: derived\nlevels:\n"
                        "  - {name: RF, capacity: 128}\n");
  Machine machine = llvm::cantFail(loadMachine(getPath("derived.yaml")));
  EXPECT_EQ(machine.name, "derived");
  EXPECT_EQ(machine.clockGHz, 0.5);
  ASSERT_EQ(machine.levels.size(), 2u);
  EXPECT_EQ(machine.levels[1].capacity, 128);
  EXPECT_EQ(machine.levels[1].placement, Placement::SubPartition);
}

TEST_F(MachineFilesTest, ReadsOverAPreset) {
  write("wide.yaml", "base: stc\nname: wide\narray: {lanes: {m: 32}}\n");
  Machine machine = llvm::cantFail(loadMachine(getPath("wide.yaml")));
  EXPECT_EQ(machine.array.getNumMacs(), 2048);
  EXPECT_EQ(machine.a.patterns.front()->getText(), "2:4");
}

TEST_F(MachineFilesTest, FindsMistakesInBases) {
  write("base.yaml", replaceInSmall("0.5", "0"));
  write("derived.yaml", "base: base.yaml\nname: derived\n");
  EXPECT_EQ(llvm::toString(loadMachine(getPath("derived.yaml")).takeError()),
            getPath("base.yaml") +
                ":2:12: clock_ghz: expected a number above 0 but got 0");
}

TEST_F(MachineFilesTest, CyclesOfBasesAreErrors) {
  write("a.yaml", "base: b.yaml\nname: a\n");
  write("b.yaml", "name: b\nbase: ./a.yaml\n");
  std::string a = getPath("a.yaml"), b = getPath("b.yaml");
  EXPECT_EQ(llvm::toString(loadMachine(a).takeError()),
            b +
                ":2:7: base: expected a machine with an end of bases but got "
                "the cycle " +
                a + " -> " + b + " -> " + a);
}

TEST_F(MachineFilesTest, MissingFilesAreErrors) {
  std::string path = getPath("none.yaml");
  EXPECT_EQ(llvm::toString(loadMachine(path).takeError()),
            "cannot open '" + path + "': No such file or directory");
  write("derived.yaml", "base: none.yaml\n");
  EXPECT_EQ(llvm::toString(loadMachine(getPath("derived.yaml")).takeError()),
            getPath("derived.yaml") + ":1:7: base: cannot open '" + path +
                "': No such file or directory");
}

/// A positive number of any size, of digits that print long.
static double drawNumber(std::mt19937 &random) {
  return std::ldexp(1 + double(random()) / 4294967296.0,
                    int(random() % 80) - 40);
}

static void drawNumbers(Machine &machine, std::mt19937 &random) {
  machine.clockGHz = drawNumber(random);
  machine.dmaLatencyCycles = random();
  machine.description = random() % 2 ? "a: 'b' \"c\" #d\n\te" : "";
  for (MemoryLevel &level : machine.levels) {
    level.lineWords = 1 + random() % 1024;
    level.readWordsPerCycle =
        random() % 4 ? drawNumber(random) : kUnlimitedRate;
    level.doubleBuffered = random() % 2;
    level.areaUm2 = drawNumber(random);
  }
  if (machine.measured)
    for (MeasuredKernel &kernel : machine.measured->kernels) {
      kernel.macCycles = drawNumber(random);
      kernel.maxColumns = random() % 2 ? 1 + random() : kUnlimitedCapacity;
    }
  for (EnergyProfile &profile : machine.energyProfiles)
    for (LevelEnergy &energy : profile.levels)
      energy.readPj = drawNumber(random);
}

TEST(MachineRoundTripTest, EveryNumberSurvives) {
  std::mt19937 random(20250101);
  for (unsigned i = 0; i < 200; ++i) {
    auto names = getPresetNames();
    Machine machine =
        llvm::cantFail(loadMachine(names[random() % names.size()]));
    drawNumbers(machine, random);
    std::string text = print(machine);
    llvm::Expected<Machine> back = parseMachine(text, "printed.yaml");
    ASSERT_TRUE(bool(back)) << llvm::toString(back.takeError());
    EXPECT_EQ(back->clockGHz, machine.clockGHz);
    EXPECT_EQ(back->description, machine.description);
    EXPECT_EQ(back->levels.back().readWordsPerCycle,
              machine.levels.back().readWordsPerCycle);
    EXPECT_EQ(print(*back), text);
  }
}
