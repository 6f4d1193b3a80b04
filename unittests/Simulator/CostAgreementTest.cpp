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

/// Holds 200 layers drawn from a seed against the model, all but `numOthers` of
/// which agree within 3 %.
static void expectAgreement(unsigned seed, bool accumulates,
                            const DrawnSize &size, unsigned numOthers) {
  std::mt19937 random(seed);
  unsigned numMissed = 0;
  std::string missed;
  for (unsigned count = 0; count != 200; ++count) {
    DrawnLayer layer = drawLayer(random, size);
    layer.work.accumulates = accumulates;
    cost::Cost cost =
        llvm::cantFail(computeCost(layer.work, layer.mapping, layer.machine));
    double modelled =
        getModelledCycles(layer.work, layer.mapping, layer.machine, cost);
    double cycles = run(layer.work, layer.mapping, layer.machine).cycles;
    if (std::abs(cycles - modelled) <= 0.03 * modelled)
      continue;
    ++numMissed;
    missed += std::to_string(cycles) + " but modelled " +
              std::to_string(modelled) + ": " + layer.describe();
  }
  EXPECT_LE(numMissed, numOthers) << "seed " << seed << "\n" << missed;
}

namespace {
class DrawnLayers : public testing::TestWithParam<unsigned> {};
} // namespace

TEST_P(DrawnLayers, AgreeWithTheModel) {
  expectAgreement(GetParam(), /*accumulates=*/false, {}, 0);
}

TEST_P(DrawnLayers, AgreeWhereSumsStartFromMemory) {
  expectAgreement(100 + GetParam(), /*accumulates=*/true, {}, 1);
}

/// Down to two columns at a time, whose latency nothing hides.
TEST_P(DrawnLayers, MostAgreeOnTinyTiles) {
  DrawnSize size;
  size.maxStreamed = 8;
  size.minMacs = 1e6;
  size.maxMacs = 20e6;
  expectAgreement(200 + GetParam(), /*accumulates=*/false, size, 6);
}

INSTANTIATE_TEST_SUITE_P(CostAgreement, DrawnLayers, testing::Range(1u, 21u));
