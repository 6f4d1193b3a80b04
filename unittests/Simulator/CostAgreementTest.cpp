//===- CostAgreementTest.cpp - The simulator against the cost model -------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProgramFor.h"

#include "Cost/ReferenceRuns.h"

#include "tasd/Simulator/ProgramFile.h"
#include "tasd/Simulator/Simulator.h"
#include "tasd/Simulator/VerifyProgram.h"

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
    EXPECT_EQ(llvm::toString(verifyProgram(program, machine)), "");
    std::string bytes = writeProgram(program);
    EXPECT_EQ(writeProgram(llvm::cantFail(readProgram(bytes))), bytes);
    Result result = llvm::cantFail(simulate(program, machine));
    cost::Cost cost =
        llvm::cantFail(computeCost(run.work, run.mapping, machine));
    double modelled = cost.cycles + computeStartUpAndDrain(
                                        run.work, run.mapping, machine, cost)
                                        .getCycles();
    EXPECT_NEAR(result.cycles, modelled, 0.03 * modelled) << run.getName();
    printf("%s %ld %.1f %.4f\n", run.getName().c_str(), result.cycles, modelled,
           result.cycles / modelled - 1);
  }
}
