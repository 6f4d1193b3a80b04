//===- PruningTest.cpp - Generated weights under one threshold ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pruning.h"

#include "Draw.h"
#include "SmallNetwork.h"

#include "llvm/Support/ThreadPool.h"

#include "gtest/gtest.h"
#include <cmath>

using namespace tasd;
using namespace tasd::published;
using llvm::DefaultThreadPool;
using sparsity::Series;

static std::vector<Series> parseAll(llvm::ArrayRef<const char *> texts) {
  auto registry = sparsity::PatternRegistry::createWithBuiltins();
  std::vector<Series> series;
  for (const char *text : texts)
    series.push_back(llvm::cantFail(registry.parseSeries(text)));
  return series;
}

static std::vector<std::vector<OperandStatistics>>
measure(const Network &network, const WeightModel &model = {},
        unsigned numThreads = 1, llvm::ArrayRef<Series> series = {}) {
  DefaultThreadPool pool(llvm::hardware_concurrency(numThreads));
  return PrunedNetwork(network, model, pool).measure(series);
}

/// The share of all weights that is left.
static double getDensity(const Network &network,
                         const std::vector<OperandStatistics> &layers) {
  double numElements = 0, numNonZeros = 0;
  for (size_t i = 0; i < layers.size(); ++i) {
    numElements += network.layers[i].count * layers[i].tensor.numElements;
    numNonZeros += network.layers[i].count * layers[i].tensor.numNonZeros;
  }
  return numNonZeros / numElements;
}

TEST(PruningTest, DeviationLeavesTheDensity) {
  // 10 % of a normal distribution are beyond 1.645 deviations, 50 % beyond
  // 0.674; what is drawn is nearly that.
  EXPECT_NEAR(1 / getDeviation(0.1), 1.645, 0.01);
  EXPECT_NEAR(1 / getDeviation(0.5), 0.674, 0.02);
  for (double density : {0.02, 0.2, 0.6}) {
    double threshold = 1 / getDeviation(density);
    int64_t numBeyond = 0;
    for (int64_t place = 0; place < 1 << 20; ++place)
      numBeyond += std::fabs(Draw(7).getNormal(place)) > threshold;
    EXPECT_NEAR(numBeyond * 0x1p-20, density, 1.5e-3);
  }
}

TEST(PruningTest, OneThresholdGivesTheSparsity) {
  Network network = makeSmallNetwork({0, 0.5, 0.8, 0.95, 0.99});
  for (WeightModel model :
       {WeightModel(), WeightModel{true, 0.0}, WeightModel{false, 0.5}}) {
    auto variants = measure(network, model);
    for (size_t i = 0; i < variants.size(); ++i)
      EXPECT_NEAR(getDensity(network, variants[i]), 1 - network.sparsities[i],
                  1e-4);
  }
}

TEST(PruningTest, LayersHaveTheirPublishedDensities) {
  Network network = makeSmallNetwork({0.84});
  // (2 * 64 * 0.1 + 32 * 0.4) / (2 * 64 + 32) is 0.16.
  auto layers = measure(network).front();
  EXPECT_NEAR(layers[0].tensor.getDensity(), 0.1, 5e-3);
  EXPECT_NEAR(layers[1].tensor.getDensity(), 0.4, 5e-3);
}

TEST(PruningTest, EqualScalesGiveEqualDensities) {
  auto layers =
      measure(makeSmallNetwork({0.8}), {/*hasEqualScales=*/true, 0}).front();
  EXPECT_NEAR(layers[0].tensor.getDensity(), 0.2, 5e-3);
  EXPECT_NEAR(layers[1].tensor.getDensity(), 0.2, 5e-3);
}

TEST(PruningTest, DensitiesFallWithTheSparsity) {
  Network network = makeSmallNetwork({0.95, 0, 0.8});
  auto variants = measure(network);
  for (size_t layer : {0, 1}) {
    double sparsest = variants[0][layer].tensor.getDensity();
    double middle = variants[2][layer].tensor.getDensity();
    EXPECT_LT(sparsest, middle);
    EXPECT_LT(middle, variants[1][layer].tensor.getDensity());
  }
  // The layer of the larger weights stays the denser one.
  for (size_t variant : {0, 2})
    EXPECT_LT(variants[variant][0].tensor.getDensity(),
              variants[variant][1].tensor.getDensity());
}

TEST(PruningTest, UnevenRowsDropMore) {
  Network network = makeSmallNetwork({0.9});
  auto series = parseAll({"1:8"});
  auto even = measure(network, {}, 1, series).front();
  auto uneven = measure(network, {false, 0.5}, 1, series).front();
  EXPECT_GT(uneven[0].series[0].getDroppedNonZeroShare(),
            1.2 * even[0].series[0].getDroppedNonZeroShare());
}

/// As the law of independent non-zeros has it.
TEST(PruningTest, SeriesDropWhatIsExpected) {
  Network network = makeSmallNetwork({0.9});
  auto layers =
      measure(network, {true, 0}, 1, parseAll({"2:8", "2:8+1:8"})).front();
  EXPECT_NEAR(layers[0].series[0].getDroppedNonZeroShare(), 0.05446, 3e-3);
  EXPECT_NEAR(layers[0].series[1].getDroppedNonZeroShare(), 0.00685, 1e-3);
}

TEST(PruningTest, ThreadsChangeNothing) {
  Network network = makeSmallNetwork({0, 0.9});
  // More than one slab.
  network.layers.push_back(makeLayer("large", 1500, 3072, 0.05));
  auto series = parseAll({"2:4", "2:8+1:8"});
  auto alone = measure(network, {}, 1, series);
  auto shared = measure(network, {}, 4, series);
  for (size_t variant : {0, 1})
    for (size_t layer = 0; layer < network.layers.size(); ++layer) {
      const OperandStatistics &a = alone[variant][layer];
      const OperandStatistics &b = shared[variant][layer];
      EXPECT_EQ(a.tensor.numNonZeros, b.tensor.numNonZeros);
      EXPECT_EQ(a.tensor.magnitude, b.tensor.magnitude);
      for (size_t i = 0; i < a.series.size(); ++i)
        EXPECT_EQ(a.series[i].droppedMagnitude, b.series[i].droppedMagnitude);
    }
}

TEST(PruningTest, ProductsHaveNoWeights) {
  auto layers = measure(makeSmallNetwork({0.5})).front();
  EXPECT_EQ(layers[2].tensor.numElements, 0);
}
