//===- OccupancyTest.cpp - How full lanes are -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Cost/Occupancy.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace tasd::cost;

TEST(Occupancy, DenseGroupsFillTheLanes) {
  Occupancy occupancy = computeOccupancy(64, 16, 1);
  EXPECT_EQ(occupancy.turns, 4);
  EXPECT_EQ(occupancy.utilization, 1);
}

TEST(Occupancy, LargeGroupsFillTheLanesOnAverage) {
  Occupancy occupancy = computeOccupancy(int64_t(1) << 31, 16, 0.25);
  EXPECT_NEAR(occupancy.turns, int64_t(1) << 25, 1);
  EXPECT_NEAR(occupancy.utilization, 1, 1e-6);
}

TEST(Occupancy, RareNonZerosTakeATurnEach) {
  Occupancy occupancy = computeOccupancy(64, 16, 1e-12);
  EXPECT_NEAR(occupancy.turns, 64e-12, 1e-20);
  EXPECT_NEAR(occupancy.utilization, 1. / 16, 1e-9);
}

TEST(Occupancy, EmptyGroupsTakeNoTurn) {
  EXPECT_EQ(computeOccupancy(64, 16, 0).turns, 0);
}

/// All 2^12 places of non-zeros.
TEST(Occupancy, EqualsTheSumOverAllGroups) {
  constexpr int size = 12, lanes = 5;
  constexpr double density = 0.3;
  double turns = 0, utilization = 0, busy = 0;
  for (unsigned places = 1; places != 1u << size; ++places) {
    int count = __builtin_popcount(places);
    double chance =
        std::pow(density, count) * std::pow(1 - density, size - count);
    int needed = (count + lanes - 1) / lanes;
    turns += chance * needed;
    utilization += chance * count / (needed * lanes);
    busy += chance;
  }
  Occupancy occupancy = computeOccupancy(size, lanes, density);
  EXPECT_NEAR(occupancy.turns, turns, 1e-9);
  EXPECT_NEAR(occupancy.utilization, utilization / busy, 1e-9);
}
