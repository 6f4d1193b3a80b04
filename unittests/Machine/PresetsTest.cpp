//===- PresetsTest.cpp - The machines that the library brings -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestMachines.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::machine;

namespace {

class PresetsTest : public testing::TestWithParam<llvm::StringRef> {};

} // namespace

TEST_P(PresetsTest, Loads) {
  llvm::Expected<Machine> machine = loadMachine(GetParam());
  ASSERT_TRUE(bool(machine)) << llvm::toString(machine.takeError());
  EXPECT_EQ(machine->name, GetParam());
  EXPECT_FALSE(machine->description.empty());
}

TEST_P(PresetsTest, ReadsBackAsPrinted) {
  std::string text = print(llvm::cantFail(loadMachine(GetParam())));
  llvm::Expected<Machine> machine = parseMachine(text, "printed.yaml");
  ASSERT_TRUE(bool(machine)) << llvm::toString(machine.takeError());
  EXPECT_EQ(print(*machine), text);
}

TEST_P(PresetsTest, HasEnergiesInTheOrderOfItsLevels) {
  Machine machine = llvm::cantFail(loadMachine(GetParam()));
  for (const EnergyProfile &profile : machine.energyProfiles)
    for (auto [level, energy] : llvm::zip_equal(machine.levels, profile.levels))
      EXPECT_EQ(level.name, energy.level);
}

/// Fair comparisons need the same lanes, memories and rates.
TEST_P(PresetsTest, SharesLanesAndBuffers) {
  if (GetParam() == "dstc" || GetParam() == "sa-128" ||
      GetParam().starts_with("cpu-"))
    GTEST_SKIP() << "has its own registers or lanes";
  Machine machine = llvm::cantFail(loadMachine(GetParam()));
  Machine base = llvm::cantFail(loadMachine("tc"));
  machine.name = base.name;
  machine.description = base.description;
  machine.a = base.a;
  machine.b = base.b;
  machine.series = base.series;
  machine.tasdUnits = base.tasdUnits;
  for (auto [profile, other] :
       llvm::zip_equal(machine.energyProfiles, base.energyProfiles))
    profile.tasd = other.tasd;
  EXPECT_EQ(print(machine), print(base));
}

INSTANTIATE_TEST_SUITE_P(All, PresetsTest, testing::ValuesIn(getPresetNames()),
                         [](const auto &info) {
                           std::string name = info.param.str();
                           llvm::replace(name, '-', '_');
                           return name;
                         });

TEST(PresetListTest, NamesThemAll) {
  EXPECT_EQ(getPresetNames(),
            (std::vector<llvm::StringRef>{
                "tc", "stc", "stc-flexible", "stc-flexible-dual", "vegeta-m4",
                "vegeta-m8", "ttc-stc-m4", "ttc-stc-m8", "ttc-vegeta-m4",
                "ttc-vegeta-m8", "dstc", "sa-128", "cpu-avx2", "cpu-avx512"}));
}

TEST(PresetListTest, DescribesThemAll) {
  std::string text;
  llvm::raw_string_ostream os(text);
  listMachines(os);
  EXPECT_EQ(llvm::StringRef(text).count('\n'), getPresetNames().size());
}

TEST(PresetListTest, UnknownNamesAreErrors) {
  std::string error = llvm::toString(loadMachine("ttc").takeError());
  EXPECT_TRUE(llvm::StringRef(error).starts_with(
      "expected a machine, one of: tc, stc, "))
      << error;
  EXPECT_TRUE(llvm::StringRef(error).ends_with("but got 'ttc'")) << error;
}
