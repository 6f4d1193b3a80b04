//===- CostAgreementTest.cpp - The simulator against the cost model -------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Agreement.h"
#include "DrawnLayers.h"

#include "Cost/ReferenceRuns.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::simulator::test;
using cost::test::ReferenceRun;

TEST(CostAgreement, ReferenceRuns) {
  for (const ReferenceRun &run : cost::test::readReferenceRuns()) {
    if (run.design == "DSTC")
      continue;
    Agreement agreement = compareCycles(
        run.work, run.mapping, cost::test::getPreset(run.getMachineName()));
    EXPECT_NEAR(agreement.getDifference(), 0, 0.01) << run.getName();
  }
}

/// The relative difference from the model of layers drawn from a seed.
static std::vector<double> getDifferences(unsigned seed, unsigned count) {
  std::mt19937 random(seed);
  std::vector<double> differences;
  while (differences.size() != count) {
    DrawnLayer layer = drawLayer(random, {});
    Agreement agreement =
        compareCycles(layer.work, layer.mapping, layer.machine);
    differences.push_back(std::abs(agreement.getDifference()));
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
