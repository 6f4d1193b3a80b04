//===- MachineFactsTest.cpp - What reports say of the machine -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Report/MachineFacts.h"

#include "tasd/Machine/MachineFile.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::report;
using llvm::json::Object;

static Object getFacts(llvm::StringRef machine) {
  Object object;
  addMachineFacts(object, llvm::cantFail(machine::loadMachine(machine)));
  return object;
}

TEST(MachineFacts, areThoseOfTheMachineInUse) {
  machine::Machine machine =
      llvm::cantFail(machine::loadMachine("ttc-vegeta-m8"));
  llvm::cantFail(machine::selectEnergyProfile(machine, "horowitz-45nm"));
  Object facts;
  addMachineFacts(facts, machine);
  EXPECT_EQ(facts.getInteger("mac_units"), machine.array.getNumMacs());
  EXPECT_EQ(facts.getString("energy_source"),
            llvm::StringRef(machine.getEnergy().source));
  const llvm::json::Array &levels = *facts.getArray("machine_levels");
  ASSERT_EQ(levels.size(), machine.levels.size());
  for (size_t i = 0; i < levels.size(); ++i) {
    const Object &level = *levels[i].getAsObject();
    EXPECT_EQ(level.getString("name"), llvm::StringRef(machine.levels[i].name));
    EXPECT_EQ(level.getInteger("instances"), machine.getNumInstances(i));
    EXPECT_EQ(level.getNumber("read_pj"), machine.getEnergy().levels[i].readPj);
  }
  EXPECT_EQ(facts.getArray("mac_energies")->size(),
            machine.getEnergy().macs.size());
}

TEST(MachineFacts, haveNoNumberForWhatNothingBounds) {
  Object facts = getFacts("tc");
  const Object &dram = *facts.getArray("machine_levels")->front().getAsObject();
  EXPECT_TRUE(dram.getNull("capacity_words"));
  EXPECT_TRUE(dram.getNull("capacity_elements"));
  EXPECT_TRUE(dram.getInteger("read_words_per_cycle"));
}

TEST(MachineFacts, namePatternsWhereThereAreSome) {
  EXPECT_TRUE(getFacts("tc").getNull("patterns_a"));
  EXPECT_EQ(getFacts("ttc-vegeta-m8").getString("patterns_a"),
            llvm::StringRef("1:8, 2:8, 4:8, 8:8"));
}
