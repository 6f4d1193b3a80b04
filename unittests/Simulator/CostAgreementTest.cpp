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

/// Holds 200 layers drawn from a seed against the model, all but `numOthers` of
/// which agree within 3 %.
static void expectAgreement(unsigned seed, bool accumulates,
                            const DrawnSize &size, unsigned numOthers,
                            bool gathers = false) {
  std::mt19937 random(seed);
  unsigned numMissed = 0;
  std::string missed;
  for (unsigned count = 0; count != 200; ++count) {
    DrawnLayer layer = drawLayer(random, size);
    layer.work.accumulates = accumulates;
    layer.work.gathersB = layer.work.scattersZ = gathers;
    // What is gathered of an image is read place by place.
    if (gathers && layer.work.window)
      continue;
    Agreement agreement =
        compareCycles(layer.work, layer.mapping, layer.machine);
    if (std::abs(agreement.getDifference()) <= 0.03)
      continue;
    ++numMissed;
    missed += std::to_string(agreement.simulated) + " but modelled " +
              std::to_string(agreement.modelled) + ": " + layer.describe();
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

/// Lists of places move with the tiles of B and Z.
TEST_P(DrawnLayers, AgreeWhereRowsAreGathered) {
  expectAgreement(300 + GetParam(), /*accumulates=*/false, {}, 1,
                  /*gathers=*/true);
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
