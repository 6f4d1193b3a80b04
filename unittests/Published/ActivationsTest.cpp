//===- ActivationsTest.cpp - Generated activations ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Activations.h"

#include "SmallNetwork.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::published;

static OperandStatistics measure(const NetworkLayer &layer,
                                 const ActivationModel &model = {}) {
  auto series = llvm::cantFail(
      sparsity::PatternRegistry::createWithBuiltins().parseSeries("4:8"));
  return measureActivations(layer, model, series);
}

TEST(ActivationsTest, HaveTheirDensity) {
  NetworkLayer layer = makeLayer("layer", 128, 512, 0.1);
  EXPECT_NEAR(measure(layer).tensor.getDensity(), 0.4, 5e-3);
  EXPECT_NEAR(measure(layer, {0.5, false}).tensor.getDensity(), 0.2, 5e-3);
  EXPECT_NEAR(measure(layer, {1, true}).tensor.getDensity(), 0.4, 5e-3);
  // None is denser than 1.
  EXPECT_EQ(measure(layer, {3, false}).tensor.getDensity(), 1);
  EXPECT_NEAR(measure(layer, {2, true}).tensor.getDensity(), 0.8, 5e-3);
}

TEST(ActivationsTest, ReluDensityIsOfReluAlone) {
  NetworkLayer layer = makeLayer("layer", 128, 512, 0.1);
  ActivationModel model;
  model.reluDensity = 0.7;
  EXPECT_EQ(model.getDensity(layer), 0.7);
  model.densityFactor = 0.5;
  EXPECT_EQ(model.getDensity(layer), 0.35);
  layer.activations = Distribution::Gelu;
  EXPECT_EQ(model.getDensity(layer), 0.2);
}

/// What docs/Activations.md says of ReLU, GELU and no function.
TEST(ActivationsTest, SeriesKeepWhatIsKnown) {
  NetworkLayer layer = makeLayer("layer", 128, 512, 0.1);
  layer.activationDensity = 0.5;
  EXPECT_NEAR(measure(layer).series[0].getDroppedMagnitudeShare(), 0.046, 2e-3);
  layer.activationDensity = 0.525;
  EXPECT_NEAR(measure(layer).series[0].getDroppedMagnitudeShare(), 0.0525,
              1e-3);
  layer.activationDensity = 1;
  layer.activations = Distribution::Gelu;
  EXPECT_NEAR(measure(layer).series[0].getDroppedMagnitudeShare(), 0.138, 3e-3);
  layer.activations = Distribution::Normal;
  EXPECT_NEAR(measure(layer).series[0].getDroppedMagnitudeShare(), 0.232, 3e-3);
}

TEST(ActivationsTest, UnevenRowsDropMore) {
  NetworkLayer layer = makeLayer("layer", 128, 512, 0.1);
  EXPECT_GT(
      measure(layer, {1, true}).series[0].getDroppedMagnitudeShare(),
      1.5 * measure(layer, {1, false}).series[0].getDroppedMagnitudeShare());
}
