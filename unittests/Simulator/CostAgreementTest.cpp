//===- CostAgreementTest.cpp - The simulator against the cost model -------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DrawnLayers.h"
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

/// Runs a layer for its timing.
static Result run(const cost::Work &work, const cost::Mapping &mapping,
                  const machine::Machine &machine) {
  Program program = getProgramFor(work, mapping, machine);
  EXPECT_EQ(llvm::toString(verifyProgram(program, machine)), "");
  return llvm::cantFail(simulate(program, machine));
}

/// The steady state, start-up and drain.
static double getModelledCycles(const cost::Work &work,
                                const cost::Mapping &mapping,
                                const machine::Machine &machine,
                                const cost::Cost &cost) {
  return cost.cycles +
         computeStartUpAndDrain(work, mapping, machine, cost).getCycles();
}

TEST(CostAgreement, ReferenceRuns) {
  for (const ReferenceRun &reference : cost::test::readReferenceRuns()) {
    if (reference.design == "DSTC")
      continue;
    machine::Machine machine = getPreset(reference.getMachineName());
    Result result = run(reference.work, reference.mapping, machine);
    cost::Cost cost =
        llvm::cantFail(computeCost(reference.work, reference.mapping, machine));
    double modelled =
        getModelledCycles(reference.work, reference.mapping, machine, cost);
    EXPECT_NEAR(result.cycles, modelled, 0.01 * modelled)
        << reference.getName();
  }
}

/// The relative difference from the model of layers drawn from a seed.
static std::vector<double> getDifferences(unsigned seed, unsigned count) {
  std::mt19937 random(seed);
  std::vector<double> differences;
  while (differences.size() != count) {
    DrawnLayer layer = drawLayer(random, {});
    cost::Cost cost =
        llvm::cantFail(computeCost(layer.work, layer.mapping, layer.machine));
    double modelled =
        getModelledCycles(layer.work, layer.mapping, layer.machine, cost);
    Result result = run(layer.work, layer.mapping, layer.machine);
    differences.push_back(std::abs(result.cycles - modelled) / modelled);
    if (seed == 20251122)
      EXPECT_LT(differences.back(), 0.03) << layer.describe();
  }
  return differences;
}

TEST(CostAgreement, DrawnLayers) { getDifferences(20251122, 200); }

/// Partial sums that come back through a busy channel, and TASD units that
/// share a busy port, are where the two differ by more.
TEST(CostAgreement, MostOfManyDrawnLayers) {
  std::vector<double> differences = getDifferences(1, 1000);
  llvm::sort(differences);
  EXPECT_LT(differences[500], 0.005);
  EXPECT_LT(differences[950], 0.05);
}
