//===- PermutationTest.cpp - Order channels for a series ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Permutation.h"

#include "Sparsity/Assignment.h"
#include "TestTensors.h"
#include "tasd/Sparsity/Metrics.h"

#include "llvm/Support/ThreadPool.h"

#include <algorithm>
#include <numeric>

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

/// Shares of normally distributed elements at random places; the rest is 0.
static std::vector<float> draw(size_t size, double density, std::mt19937 &rng) {
  std::normal_distribution<float> value;
  std::vector<float> values(size);
  for (float &element : values)
    if (rng() < density * double(std::mt19937::max()))
      element = value(rng);
  return values;
}

static double getKeptShare(const TensorView &view, const Series &series) {
  Metrics metrics = llvm::cantFail(measure(view, {series}));
  return 1 - metrics.series[0].getDroppedMagnitudeShare();
}

/// What a series keeps of a matrix of rows x (windows x channels) with its
/// channels in an order, by definition.
static double getKeptShare(llvm::ArrayRef<float> values, int64_t numRows,
                           llvm::ArrayRef<int64_t> order,
                           const Series &series) {
  int64_t numChannels = order.size(), numColumns = values.size() / numRows;
  std::vector<float> copy;
  for (int64_t i = 0; i < static_cast<int64_t>(values.size()); i += numChannels)
    for (int64_t channel : order)
      copy.push_back(values[i + channel]);
  return getKeptShare(TensorView::contiguous(copy.data(), ElementType::F32,
                                             {numRows, numColumns}, {1}),
                      series);
}

static ChannelTensor getMatrix(const std::vector<float> &values,
                               int64_t numRows, llvm::StringRef series) {
  int64_t numColumns = values.size() / numRows;
  return {TensorView::contiguous(values.data(), ElementType::F32,
                                 {numRows, numColumns}, {1}),
          parseSeries(series)};
}

TEST(PermutationTest, SaysWhatItKeeps) {
  std::mt19937 rng(1);
  llvm::DefaultThreadPool pool;
  for (llvm::StringRef series : {"2:4", "1:8", "2:4+1:8", "1:8+2:4", "1:3"})
    for (int64_t numWindows : {1, 9}) {
      std::vector<float> values = draw(16 * numWindows * 40, 0.4, rng);
      ChannelTensor tensor = getMatrix(values, 16, series);
      ChannelOrder order = llvm::cantFail(findChannelOrder({tensor}, 40));
      std::vector<int64_t> identity(40);
      std::iota(identity.begin(), identity.end(), 0);
      EXPECT_DOUBLE_EQ(order.keptBefore,
                       getKeptShare(values, 16, identity, tensor.series));
      EXPECT_DOUBLE_EQ(order.keptAfter,
                       getKeptShare(values, 16, order.channels, tensor.series));
      EXPECT_GT(order.keptAfter, order.keptBefore);
      EXPECT_TRUE(std::is_permutation(order.channels.begin(),
                                      order.channels.end(), identity.begin()));
      ChannelOrder parallel =
          llvm::cantFail(findChannelOrder({tensor}, 40, {}, &pool));
      EXPECT_EQ(parallel.channels, order.channels);
    }
}

TEST(PermutationTest, FindsAnOrderThatLosesNothing) {
  std::mt19937 rng(2);
  std::vector<int64_t> shuffled(64);
  std::iota(shuffled.begin(), shuffled.end(), 0);
  std::shuffle(shuffled.begin(), shuffled.end(), rng);
  std::vector<float> values(32 * 64);
  for (int64_t row = 0; row < 32; ++row)
    for (int64_t block = 0; block < 16; ++block)
      for (int64_t i : {int64_t(rng() % 2), int64_t(2 + rng() % 2)})
        values[row * 64 + shuffled[4 * block + i]] = 1 + rng() % 7;
  ChannelOrder order =
      llvm::cantFail(findChannelOrder({getMatrix(values, 32, "2:4")}, 64));
  EXPECT_LT(order.keptBefore, 0.95);
  EXPECT_GT(order.keptAfter, 0.995);
}

/// The best of the 35 ways to put eight channels into two blocks of four.
static double getBest(llvm::ArrayRef<float> values, int64_t numRows,
                      const Series &series) {
  double best = 0;
  for (unsigned mask = 0; mask < 256; ++mask) {
    if (llvm::popcount(mask) != 4)
      continue;
    std::vector<int64_t> order;
    for (unsigned wanted : {0u, 1u})
      for (unsigned channel = 0; channel < 8; ++channel)
        if ((mask >> channel & 1) == wanted)
          order.push_back(channel);
    best = std::max(best, getKeptShare(values, numRows, order, series));
  }
  return best;
}

TEST(PermutationTest, ComesCloseToTheBestOfEightChannels) {
  std::mt19937 rng(3);
  int numBest = 0;
  for (int i = 0; i < 200; ++i) {
    std::vector<float> values = draw(8 * 8, 0.6, rng);
    ChannelTensor tensor = getMatrix(values, 8, "2:4");
    double kept = llvm::cantFail(findChannelOrder({tensor}, 8)).keptAfter;
    double best = getBest(values, 8, tensor.series);
    EXPECT_LE(kept, best + 1e-9);
    EXPECT_GE(kept, 0.95 * best);
    numBest += kept > best - 1e-6;
  }
  EXPECT_GE(numBest, 100);
}

TEST(PermutationTest, SharesAnOrderAmongTensors) {
  std::mt19937 rng(4);
  std::vector<float> a = draw(8 * 32, 0.3, rng), b = draw(24 * 96, 0.3, rng);
  ChannelOrder order = llvm::cantFail(findChannelOrder(
      {getMatrix(a, 8, "2:4"), getMatrix(b, 24, "2:8+1:8")}, 32));
  EXPECT_DOUBLE_EQ(
      order.keptAfter,
      (getKeptShare(a, 8, order.channels, parseSeries("2:4")) +
       getKeptShare(b, 24, order.channels, parseSeries("2:8+1:8"))) /
          2);
  EXPECT_GT(order.keptAfter, order.keptBefore);
}

TEST(PermutationTest, IsNeverWorseForAnyTypeAndLayout) {
  std::mt19937 rng(5);
  for (ElementType type : allElementTypes)
    for (int i = 0; i < 20; ++i) {
      TestTensor tensor = TestTensor::random(type, Values::Finite, rng);
      int64_t numColumns = tensor.getNumColumns();
      int64_t numInner = numColumns % 2 == 0 ? 1 + rng() % 2 : 1;
      ChannelOrder order = llvm::cantFail(findChannelOrder(
          {{tensor.view, parseSeries(getText(getRandomTerms(rng, 8))),
            numInner}},
          numColumns / numInner));
      EXPECT_GE(order.keptAfter, order.keptBefore);
      EXPECT_EQ(order.isIdentity(), order.keptAfter == order.keptBefore);
    }
}

TEST(PermutationTest, KeepsTheOrderWhereNoneCanGain) {
  std::mt19937 rng(6);
  std::vector<float> values = draw(4 * 32, 1, rng);
  ChannelTensor tensor = getMatrix(values, 4, "2:4");
  tensor.numInner = 4;
  EXPECT_TRUE(llvm::cantFail(findChannelOrder({tensor}, 8)).isIdentity());
  EXPECT_TRUE(llvm::cantFail(findChannelOrder({}, 8)).isIdentity());
  std::vector<float> zeros(4 * 32);
  EXPECT_TRUE(llvm::cantFail(findChannelOrder({getMatrix(zeros, 4, "2:4")}, 32))
                  .isIdentity());
}

TEST(PermutationTest, RejectsWhatItCannotOrder) {
  std::vector<float> values = {1, 2, 3, 4, 5, 6};
  EXPECT_EQ(getMessage(findChannelOrder({getMatrix(values, 1, "2:4")}, 4)),
            "expected a multiple of 4 channels of 1 columns but got 6 columns");
  values[3] = std::numeric_limits<float>::infinity();
  EXPECT_EQ(getMessage(findChannelOrder({getMatrix(values, 1, "1:2")}, 6)),
            "expected finite elements but got others");
}

TEST(AssignmentTest, IsAsGoodAsTheBestPermutation) {
  std::mt19937 rng(7);
  for (int i = 0; i < 200; ++i) {
    int64_t n = 1 + rng() % 6;
    std::vector<double> gains(n * n);
    for (double &gain : gains)
      gain = int(rng() % 21) - 10;
    auto getSum = [&](llvm::ArrayRef<int64_t> columns) {
      double sum = 0;
      for (int64_t row = 0; row < n; ++row)
        sum += gains[row * n + columns[row]];
      return sum;
    };
    std::vector<int64_t> columns(n);
    std::iota(columns.begin(), columns.end(), 0);
    double best = getSum(columns);
    while (std::next_permutation(columns.begin(), columns.end()))
      best = std::max(best, getSum(columns));
    EXPECT_EQ(getSum(assign(gains, n)), best);
  }
}
