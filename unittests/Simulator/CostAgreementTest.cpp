//===- CostAgreementTest.cpp - The simulator against the cost model -------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProgramFor.h"

#include "Cost/ReferenceRuns.h"

#include "tasd/Simulator/Simulator.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::simulator;
using namespace tasd::simulator::test;
using cost::test::getPreset;
using cost::test::ReferenceRun;

TEST(CostAgreement, ReferenceRuns) {
  for (const ReferenceRun &run : cost::test::readReferenceRuns()) {
    if (run.design == "DSTC")
      continue;
    machine::Machine machine = getPreset(run.getMachineName());
    Program program = getProgramFor(run.work, run.mapping, machine);
    Result result = llvm::cantFail(simulate(program, machine));
    cost::Cost cost =
        llvm::cantFail(computeCost(run.work, run.mapping, machine));
    printf("%s: cost %ld sim %ld busy %.1f", run.getName().c_str(), cost.cycles,
           result.cycles, result.busyCycles);
    for (size_t i = 0; i != kNumStallCauses; ++i)
      if (result.stallCycles[i])
        printf(" %s %.1f", getName(StallCause(i)).str().c_str(),
               result.stallCycles[i]);
    printf("\n");
  }
}
