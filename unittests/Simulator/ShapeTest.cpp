//===- ShapeTest.cpp - Latency and throughput in closed form --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Agreement.h"

#include "Cost/ReferenceRuns.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::simulator::test;

/// Cubes on a systolic array, as SCALE-Sim v3 publishes their cycles.
TEST(Shape, SystolicArray) {
  machine::Machine machine = cost::test::getPreset("sa-128");
  for (const cost::test::SystolicRun &run : cost::test::readSystolicRuns())
    EXPECT_EQ(compareCycles(run.work, run.mapping, machine).simulated,
              run.cycles)
        << run.size << " " << run.series;
}
