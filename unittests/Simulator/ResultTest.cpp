//===- ResultTest.cpp - What programs compute -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerData.h"
#include "ProgramFor.h"

#include "Cost/ReferenceRuns.h"

#include "tasd/Cost/WorkText.h"
#include "tasd/Simulator/VerifyProgram.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::simulator;
using namespace tasd::simulator::test;
using cost::test::getPreset;
using cost::test::getSeries;

static constexpr DrawnSize kSmall = {3, 16, 0, 1e6};

/// Runs a layer on data and holds the result against plain loops.
static void expectRightResult(const DrawnLayer &layer, std::mt19937 &random,
                              int64_t zeroPoint = 0) {
  SCOPED_TRACE(layer.describe());
  Program program = getProgramFor(layer.work, layer.mapping, layer.machine);
  for (Instruction &instruction : program.instructions)
    if (auto *multiply = std::get_if<Multiply>(&instruction))
      multiply->zeroPointB = zeroPoint;
  ASSERT_EQ(llvm::toString(verifyProgram(program, layer.machine)), "");
  LayerData data(layer, program, random, zeroPoint);
  auto result = simulate(program, layer.machine, data.getTensors());
  ASSERT_TRUE(bool(result)) << llvm::toString(result.takeError());
  EXPECT_EQ(data.findDifference(), "");
  auto timed = llvm::cantFail(simulate(program, layer.machine));
  EXPECT_EQ(timed.cycles, result->cycles);
}

TEST(Results, DrawnLayers) {
  std::mt19937 random(1);
  for (int i = 0; i != 60; ++i)
    expectRightResult(drawLayer(random, kSmall), random);
}

/// The mapping covers more than the layer has.
TEST(Results, RaggedExtents) {
  std::mt19937 random(2);
  for (int i = 0; i != 30; ++i) {
    DrawnLayer layer = drawLayer(random, kSmall);
    layer.work.extents.m -= random() % 20;
    layer.work.extents.n -= random() % 4;
    layer.work.extents.k -= random() % 13;
    expectRightResult(layer, random);
  }
}

TEST(Results, ZeroPoints) {
  std::mt19937 random(3);
  for (int i = 0; i != 20; ++i) {
    DrawnLayer layer = drawLayer(random, kSmall);
    layer.work.a.type = layer.work.b.type = "i8";
    layer.work.resultType = "i32";
    expectRightResult(layer, random, 7);
  }
}

static DrawnLayer getLayer(llvm::StringRef name, llvm::StringRef mapping) {
  DrawnLayer layer;
  layer.machineName = name.str();
  layer.machine = getPreset(name);
  layer.mapping = llvm::cantFail(cost::parseMapping(mapping, "m"));
  layer.work.resultType = "i32";
  return layer;
}

TEST(Results, Convolution) {
  std::mt19937 random(4);
  DrawnLayer layer =
      getLayer("ttc-vegeta-m8", "DRAM: for N in [0:4)\n"
                                "SMEM: for M in [0:4) (Spatial-Y)\n"
                                "RF: for K in [0:5) / for M in [0:16) "
                                "(Spatial-Y) / for K in [0:16) (Spatial-X)\n"
                                "LRF: for N in [0:32)\n");
  llvm::cantFail(cost::parseConvolution("2,16,16,8,50,3,3,2,1", layer.work));
  layer.work.resultType = "i32";
  for (llvm::StringRef series : {"", "2:8", "4:8+1:8"}) {
    if (!series.empty())
      layer.work.a.series = getSeries(series);
    expectRightResult(layer, random);
  }
}

TEST(Results, OperandsThatPassTheBuffersBy) {
  std::mt19937 random(5);
  DrawnLayer layer =
      getLayer("ttc-vegeta-m8", "DRAM: for M in [0:2)\n"
                                "SMEM keep none: for M in [0:4) (Spatial-Y)\n"
                                "RF: for K in [0:3) / for M in [0:16) "
                                "(Spatial-Y) / for K in [0:16) (Spatial-X)\n"
                                "LRF: for N in [0:32)\n");
  layer.work.extents = {128, 32, 48};
  for (llvm::StringRef series : {"", "4:8+1:8"}) {
    if (!series.empty())
      layer.work.a.series = getSeries(series);
    expectRightResult(layer, random);
  }
}

TEST(Results, TensorsHaveToFit) {
  std::mt19937 random(6);
  DrawnLayer layer = drawLayer(random, kSmall);
  Program program = getProgramFor(layer.work, layer.mapping, layer.machine);
  LayerData data(layer, program, random);
  auto missing =
      simulate(program, layer.machine, data.getTensors().drop_back());
  EXPECT_TRUE(llvm::StringRef(llvm::toString(missing.takeError()))
                  .contains("tensors for program 'test' but got"));
  std::vector<Tensor> tensors = data.getTensors().vec();
  tensors.back().shape[0] += 1;
  auto other = simulate(program, layer.machine, llvm::ArrayRef(tensors));
  EXPECT_TRUE(llvm::StringRef(llvm::toString(other.takeError()))
                  .starts_with("expected shape "));
}
