//===- ActivationFunctionsTest.cpp - What series keep after functions -----===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Of a million values of N(0,1) behind the functions that networks have, the
// figures of the table in docs/Activations.md.
//
//===----------------------------------------------------------------------===//

#include "TestTensors.h"

#include "tasd/Sparsity/Metrics.h"

#include <cmath>

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

struct Figures {
  double density, pseudoDensity;
  /// Shares of the magnitude that 2:8, 2:4, 4:8, 4:8+1:8 and 4:8+2:8 keep.
  double kept[5];
};

constexpr const char *series[] = {"2:8", "2:4", "4:8", "4:8+1:8", "4:8+2:8"};

void expectFigures(float (*function)(float), const Figures &expected) {
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  std::vector<float> values(1 << 20);
  for (float &value : values)
    value = function(normal(random));
  auto view = TensorView::contiguous(values.data(), ElementType::F32,
                                     {1 << 12, 1 << 8}, {1});
  std::vector<Series> parsed;
  for (const char *text : series)
    parsed.push_back(parseSeries(text));
  Metrics metrics = llvm::cantFail(measure(view, parsed));
  EXPECT_NEAR(metrics.tensor.getDensity(), expected.density, 2e-3);
  EXPECT_NEAR(llvm::cantFail(getPseudoDensity(view)), expected.pseudoDensity,
              2e-3);
  for (size_t i = 0; i < std::size(series); ++i)
    EXPECT_NEAR(1 - metrics.series[i].getDroppedMagnitudeShare(),
                expected.kept[i], 2e-3)
        << series[i];
}

TEST(ActivationFunctions, ReLU) {
  expectFigures([](float x) { return std::max(x, 0.0f); },
                {0.500, 0.444, {0.714, 0.915, 0.954, 0.988, 0.998}});
}

TEST(ActivationFunctions, GELU) {
  expectFigures(
      [](float x) { return x / 2 * (1 + std::erf(x / std::sqrt(2.0f))); },
      {1, 0.871, {0.645, 0.838, 0.862, 0.917, 0.957}});
}

TEST(ActivationFunctions, SiLU) {
  expectFigures([](float x) { return x / (1 + std::exp(-x)); },
                {1, 0.887, {0.580, 0.789, 0.808, 0.881, 0.939}});
}

TEST(ActivationFunctions, HardSwish) {
  expectFigures([](float x) { return x * std::clamp(x + 3, 0.0f, 6.0f) / 6; },
                {0.999, 0.886, {0.551, 0.773, 0.792, 0.874, 0.937}});
}

TEST(ActivationFunctions, None) {
  expectFigures([](float x) { return x; },
                {1, 0.887, {0.484, 0.744, 0.768, 0.864, 0.933}});
}

} // namespace
