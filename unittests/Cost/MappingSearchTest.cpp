//===- MappingSearchTest.cpp - The best mapping of a layer ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReferenceRuns.h"

#include "tasd/Cost/MappingSearch.h"

#include "gtest/gtest.h"

using namespace tasd::cost;
using namespace tasd::cost::test;

static constexpr std::array<Objective, 3> kObjectives = {
    Objective::Latency, Objective::Energy, Objective::Edp};

TEST(Objective, NamesRoundTrip) {
  for (Objective objective : kObjectives)
    EXPECT_EQ(parseObjective(getName(objective)), objective);
  EXPECT_EQ(parseObjective("time"), std::nullopt);
}

TEST(MappingSearch, TheMappingHasTheCost) {
  for (const ReferenceRun &run : readReferenceRuns())
    for (Objective objective : kObjectives) {
      SCOPED_TRACE(run.getName() + " " + getName(objective).str());
      auto machine = getPreset(run.getMachineName());
      MappedCost best =
          llvm::cantFail(findBestMapping(run.work, machine, objective));
      Cost cost = llvm::cantFail(computeCost(run.work, best.mapping, machine));
      EXPECT_EQ(getValue(objective, best.cost), getValue(objective, cost));
    }
}
