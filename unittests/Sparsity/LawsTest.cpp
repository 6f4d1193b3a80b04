//===- LawsTest.cpp - The laws of decomposition ---------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What holds for every tensor, and the shares that a synthetic tensor must
// give.
//
//===----------------------------------------------------------------------===//

#include "TestTensors.h"

#include "tasd/Sparsity/Metrics.h"

#include <cmath>

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

/// Whether an element is owned, for every element.
std::vector<bool> getSupport(const TensorView &view, llvm::StringRef series) {
  std::vector<bool> support;
  for (uint8_t owner : llvm::cantFail(select(view, parseSeries(series))).owner)
    support.push_back(owner != Ownership::unowned);
  return support;
}

SeriesMetrics getMetrics(const TensorView &view, llvm::StringRef series) {
  return llvm::cantFail(measure(view, parseSeries(series))).series.front();
}

TestTensor getRandomMatrix(Values values, std::mt19937 &rng) {
  return TestTensor::matrix(ElementType::F32, 40, 3 * 32 + 5, values, rng);
}

/// Independent N(0,1) values at places of the given density.
TestTensor getSynthetic(double density, std::mt19937 &rng) {
  TestTensor tensor = TestTensor::zeros(ElementType::F32, {4096, 1024}, {1});
  std::normal_distribution<float> normal;
  std::bernoulli_distribution isNonZero(density);
  auto *values = reinterpret_cast<float *>(tensor.memory.data());
  for (int64_t i = 0; i < 4096 * 1024; ++i)
    values[i] = isNonZero(rng) ? normal(rng) : 0;
  return tensor;
}

// Law 1.
TEST(LawsTest, EqualMAdd) {
  std::mt19937 rng(21);
  for (int round = 0; round < 20; ++round) {
    TestTensor tensor = getRandomMatrix(Values(round % 3), rng);
    EXPECT_EQ(getSupport(tensor.view, "1:8+2:8"),
              getSupport(tensor.view, "3:8"));
    EXPECT_EQ(getSupport(tensor.view, "2:8+1:8"),
              getSupport(tensor.view, "3:8"));
    EXPECT_EQ(getSupport(tensor.view, "3:4+3:4"),
              getSupport(tensor.view, "4:4"));
  }
}

/// The most magnitude that a series of 1:4 and `1:m`, in either order, can
/// keep.
double getBestMagnitude(llvm::ArrayRef<float> block) {
  double best = 0;
  for (int first = 0; first < 4; ++first)
    for (int second = 4; second < 8; ++second)
      for (int third = 0; third < 8; ++third) {
        double sum = std::fabs(block[first]) + std::fabs(block[second]);
        if (third != first && third != second)
          sum += std::fabs(block[third]);
        best = std::max(best, sum);
      }
  return best;
}

// Law 2.
TEST(LawsTest, FinestFirstIsBestForNestedBlocks) {
  std::mt19937 rng(22);
  std::normal_distribution<float> normal;
  int numLost = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<float> block(8);
    for (float &value : block)
      value = normal(rng) * (rng() % 3 ? 1 : 0);
    TestTensor tensor = TestTensor::of(block, {8});
    double best = getBestMagnitude(block);
    EXPECT_NEAR(getMetrics(tensor.view, "1:4+1:8").keptMagnitude, best, 1e-6);
    double coarse = getMetrics(tensor.view, "1:8+1:4").keptMagnitude;
    EXPECT_LE(coarse, best + 1e-6);
    numLost += coarse < best - 1e-6;
  }
  EXPECT_GT(numLost, 0);
}

// Law 3.
TEST(LawsTest, TwoOfFourAndTwoOfEightAreSixOfEight) {
  std::mt19937 rng(23);
  bool differs = false;
  for (int round = 0; round < 20; ++round) {
    TestTensor tensor = getRandomMatrix(Values::Finite, rng);
    EXPECT_EQ(getSupport(tensor.view, "2:4+2:8"),
              getSupport(tensor.view, "6:8"));
    differs |=
        getSupport(tensor.view, "2:4+1:8") != getSupport(tensor.view, "5:8");
  }
  EXPECT_TRUE(differs);
}

// Law 4. Sums of small integers are exact.
TEST(LawsTest, TermsAreDisjoint) {
  std::mt19937 rng(24);
  for (llvm::StringRef series : {"2:4", "2:4+1:8", "1:4+1:6", "4:8+1:16"}) {
    TestTensor tensor =
        TestTensor::matrix(ElementType::SI8, 33, 77, Values::AnyBits, rng);
    Ownership owners = llvm::cantFail(select(tensor.view, parseSeries(series)));
    double kept = 0, dropped = 0, keptSquares = 0, droppedSquares = 0;
    for (int64_t row = 0; row < 33; ++row)
      for (int64_t column = 0; column < 77; ++column) {
        double size =
            getSize(ElementType::SI8, getBits(tensor.view, row, column)).value;
        bool isKept = owners.owner[row * 77 + column] != Ownership::unowned;
        (isKept ? kept : dropped) += size;
        (isKept ? keptSquares : droppedSquares) += size * size;
      }
    SeriesMetrics metrics = getMetrics(tensor.view, series);
    EXPECT_EQ(metrics.keptMagnitude, kept);
    EXPECT_EQ(metrics.droppedMagnitude, dropped);
    EXPECT_EQ(metrics.keptSquaredNorm, keptSquares);
    EXPECT_EQ(metrics.droppedSquaredNorm, droppedSquares);
  }
}

// Law 5.
TEST(LawsTest, FewNonZerosAreExact) {
  std::mt19937 rng(25);
  TestTensor tensor = TestTensor::zeros(ElementType::F32, {64, 64}, {1});
  for (int64_t row = 0; row < 64; ++row)
    for (int64_t block = 0; block < 64; block += 8)
      for (int i = 0; i < 3; ++i)
        setBits(tensor.getMutable(), row, block + rng() % 8,
                getRandomBits(ElementType::F32, Values::AnyBits, rng));
  EXPECT_TRUE(getMetrics(tensor.view, "2:8+1:8").isLossless());
  EXPECT_TRUE(getMetrics(tensor.view, "3:8").isLossless());
  EXPECT_FALSE(getMetrics(tensor.view, "2:8").isLossless());
}

// Law 6, selecting in one pass, is PackingTest.FusedEqualsTermByTerm.

// Law 7.
TEST(LawsTest, ExpectedShareOfDroppedNonZeros) {
  std::mt19937 rng(27);
  for (auto [n, m] : NMList{{2, 4}, {1, 8}, {4, 8}, {3, 16}})
    for (double p : {0.1, 0.3, 0.7}) {
      double expected = 0;
      for (int64_t k = n + 1; k <= m; ++k)
        expected += std::exp(std::lgamma(m + 1) - std::lgamma(k + 1) -
                             std::lgamma(m - k + 1)) *
                    std::pow(p, k) * std::pow(1 - p, m - k) * double(k - n);
      expected /= double(m) * p;
      TestTensor tensor = getSynthetic(p, rng);
      // 2^22 elements: four standard deviations are below 0.005.
      EXPECT_NEAR(
          getMetrics(tensor.view, getText({{n, m}})).getDroppedNonZeroShare(),
          expected, 0.005)
          << n << ":" << m << " " << p;
    }
}

struct SyntheticRow {
  double density;
  const char *series;
  double macsKept, nonZerosPercent, magnitudePercent, error;
};

// Shares of one random tensor of 2^22 elements, some 4,000 of them dropped
// where they are fewest: within 5 % of the long-run figure, and half its last
// digit.
TEST(LawsTest, SyntheticTable) {
  const SyntheticRow rows[] = {
      {0.1, "2:4", .500, 0.950, 0.40, .043},
      {0.1, "2:8", .250, 5.446, 2.42, .107},
      {0.1, "2:8+1:8", .375, 0.685, 0.237, .030},
      {0.3, "2:4", .500, 7.650, 3.33, .125},
      {0.3, "2:4+1:8", .625, 0.967, 0.295, .032},
      {0.5, "2:4", .500, 18.750, 8.44, .202},
      {0.5, "4:8", .500, 13.672, 4.55, .128},
      {1.0, "2:4", .500, 50, 25.55, .364},
      {1.0, "2:4+2:8", .750, 25, 6.72, .138},
  };
  std::mt19937 rng(28);
  for (const SyntheticRow &row : rows) {
    SCOPED_TRACE(std::string(row.series) + " " + std::to_string(row.density));
    TestTensor tensor = getSynthetic(row.density, rng);
    SeriesMetrics metrics = getMetrics(tensor.view, row.series);
    EXPECT_DOUBLE_EQ(*parseSeries(row.series).getMaxDensity(), row.macsKept);
    EXPECT_NEAR(100 * metrics.getDroppedNonZeroShare(), row.nonZerosPercent,
                0.05 * row.nonZerosPercent + 0.0005);
    EXPECT_NEAR(100 * metrics.getDroppedMagnitudeShare(), row.magnitudePercent,
                0.05 * row.magnitudePercent + 0.005);
    EXPECT_NEAR(metrics.getRelativeFrobeniusError(), row.error,
                0.05 * row.error + 0.0005);
  }
}

} // namespace
