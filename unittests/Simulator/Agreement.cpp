//===- Agreement.cpp - The simulator beside the cost model ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Agreement.h"

#include "ProgramFor.h"

#include "tasd/Simulator/Simulator.h"
#include "tasd/Simulator/VerifyProgram.h"

using namespace tasd;
using namespace tasd::simulator;

static int64_t simulateCycles(const cost::Work &work,
                              const cost::Mapping &mapping,
                              const machine::Machine &machine) {
  Program program = test::getProgramFor(work, mapping, machine);
  llvm::cantFail(verifyProgram(program, machine));
  return llvm::cantFail(simulate(program, machine)).cycles;
}

test::Agreement test::compareCycles(const cost::Work &work,
                                    const cost::Mapping &mapping,
                                    const machine::Machine &machine) {
  cost::Cost cost = llvm::cantFail(computeCost(work, mapping, machine));
  double beyond =
      computeStartUpAndDrain(work, mapping, machine, cost).getCycles();
  return {simulateCycles(work, mapping, machine), cost.cycles + beyond};
}
