//===- ShapeTest.cpp - Latency and throughput in closed form --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProgramFor.h"

#include "Cost/ReferenceRuns.h"

#include "tasd/Simulator/Simulator.h"
#include "tasd/Simulator/VerifyProgram.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::simulator;
using namespace tasd::simulator::test;

/// A cube on a systolic array of 128 x 128, weight-stationary, never stalled.
static int64_t getSystolicCycles(int64_t size, llvm::StringRef series,
                                 int64_t lanesAlongK) {
  cost::Work work;
  work.extents = {size, size, size};
  work.a.series = cost::test::getSeries(series);
  std::string text = "DRAM: for M in [0:" + std::to_string(size / 128) +
                     ")\nSMEM keep none:\nRF: for K in [0:" +
                     std::to_string(size / lanesAlongK) +
                     ") / for M in [0:128) (Spatial-Y) / for K in [0:" +
                     std::to_string(lanesAlongK) + ") (Spatial-X)\n" +
                     "LRF: for N in [0:" + std::to_string(size) + ")\n";
  cost::Mapping mapping = llvm::cantFail(cost::parseMapping(text, "m"));
  machine::Machine machine = cost::test::getPreset("sa-128");
  Program program = getProgramFor(work, mapping, machine);
  EXPECT_EQ(llvm::toString(verifyProgram(program, machine)), "");
  return llvm::cantFail(simulate(program, machine)).cycles;
}

/// As SCALE-Sim v3 publishes them.
TEST(Shape, SystolicArray) {
  EXPECT_EQ(getSystolicCycles(256, "2:4", 256), 1275);
  EXPECT_EQ(getSystolicCycles(512, "2:4", 256), 7151);
  EXPECT_EQ(getSystolicCycles(512, "1:4", 512), 3575);
  EXPECT_EQ(getSystolicCycles(1024, "2:4", 256), 44991);
  EXPECT_EQ(getSystolicCycles(1024, "1:4", 512), 22495);
}
