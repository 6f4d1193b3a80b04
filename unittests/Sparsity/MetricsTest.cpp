//===- MetricsTest.cpp - Metrics against sums over elements ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All candidates in one pass give what each gives alone and what the ownership
// says; histograms, pseudo-density, non-finite elements and threads.
//
//===----------------------------------------------------------------------===//

#include "TestTensors.h"

#include "tasd/Sparsity/Metrics.h"

#include "llvm/Support/ThreadPool.h"

#include <cmath>
#include <cstring>
#include <limits>

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

const char *const candidates[] = {
    "1:4",     "2:4",      "3:4",      "1:8",           "2:8",
    "3:8",     "4:8",      "6:8",      "1:16",          "2:16",
    "4:16",    "8:16",     "2:4+1:8",  "2:4+2:8",       "1:4+1:8",
    "2:8+1:8", "4:8+1:16", "2:4+1:16", "1:4+1:8+1:16",  "2:4+1:8+1:16",
    "1:1",     "1:4+1:6",  "1:8+2:4",  "1:64+3:64",     "5:7",
    "2:3+1:9", "1:4+1:4",  "4:4",      "1:2+1:32+2:64", "1:16+1:4"};

std::vector<Series> parseAll(llvm::ArrayRef<const char *> texts) {
  std::vector<Series> series;
  for (const char *text : texts)
    series.push_back(parseSeries(text));
  return series;
}

class MetricsTest : public testing::TestWithParam<ElementType> {};

/// Equal within a relative tolerance, or both no normal numbers; infinities
/// equal each other.
void expectNear(double actual, long double expected, double tolerance) {
  if (std::isinf(double(expected)))
    EXPECT_EQ(actual, double(expected));
  else
    EXPECT_NEAR(actual, expected,
                tolerance * expected + std::numeric_limits<double>::min());
}

/// Sums over elements in long double; what is measured may differ from them
/// only by the rounding of sums in double.
TEST_P(MetricsTest, EqualsSumsOverElements) {
  std::mt19937 rng(31);
  std::vector<Series> series = parseAll(candidates);
  for (int round = 0; round < 12; ++round) {
    TestTensor tensor = TestTensor::random(
        GetParam(), round % 2 ? Values::Ties : Values::Finite, rng);
    if (round == 0)
      tensor = TestTensor::matrix(GetParam(), 3, 5001, Values::Finite, rng);
    int64_t numColumns = tensor.getNumColumns();
    std::vector<double> weights(numColumns);
    for (double &weight : weights)
      weight = double(1 << rng() % 8);
    Metrics metrics =
        llvm::cantFail(measure(tensor.view, series, {}, nullptr, weights));
    for (size_t i = 0; i < series.size(); ++i) {
      SCOPED_TRACE(candidates[i]);
      std::vector<uint8_t> owners =
          llvm::cantFail(select(tensor.view, series[i])).owner;
      long double sums[2] = {}, squares[2] = {}, weighted[2] = {};
      int64_t counts[2] = {};
      for (size_t at = 0; at < owners.size(); ++at) {
        Size size = getSize(
            GetParam(), getBits(tensor.view, at / numColumns, at % numColumns));
        bool isKept = owners[at] != Ownership::unowned;
        counts[isKept] += !size.isZero();
        sums[isKept] += size.value;
        squares[isKept] += size.value * size.value;
        weighted[isKept] += weights[at % numColumns] * size.value * size.value;
      }
      const SeriesMetrics &one = metrics.series[i];
      EXPECT_EQ(one.keptNonZeros, counts[1]);
      EXPECT_EQ(one.droppedNonZeros, counts[0]);
      expectNear(one.keptMagnitude, sums[1], 1e-12);
      expectNear(one.droppedMagnitude, sums[0], 1e-13);
      expectNear(one.keptSquaredNorm, squares[1], 1e-12);
      expectNear(one.droppedSquaredNorm, squares[0], 1e-13);
      if (std::isfinite(one.keptWeightedNorm))
        EXPECT_NEAR(one.keptWeightedNorm, weighted[1],
                    1e-12 * (weighted[0] + weighted[1]));
      expectNear(one.droppedWeightedNorm, weighted[0], 1e-12);
      expectNear(metrics.tensor.weightedNorm, weighted[0] + weighted[1], 1e-12);
      EXPECT_EQ(metrics.tensor.numNonZeros, counts[0] + counts[1]);
      expectNear(metrics.tensor.magnitude, sums[0] + sums[1], 1e-13);
      expectNear(metrics.tensor.squaredNorm, squares[0] + squares[1], 1e-13);
    }
    EXPECT_EQ(metrics.tensor.numElements, tensor.getNumRows() * numColumns);
  }
}

TEST_P(MetricsTest, CompanyDoesNotMatter) {
  std::mt19937 rng(32);
  TestTensor tensor =
      TestTensor::matrix(GetParam(), 50, 333, Values::Finite, rng);
  std::vector<Series> series = parseAll(candidates);
  Metrics together = llvm::cantFail(measure(tensor.view, series));
  for (size_t i = 0; i < series.size(); ++i) {
    SeriesMetrics alone =
        llvm::cantFail(measure(tensor.view, series[i])).series.front();
    const SeriesMetrics &one = together.series[i];
    EXPECT_EQ(alone.droppedNonZeros, one.droppedNonZeros);
    EXPECT_NEAR(alone.droppedMagnitude, one.droppedMagnitude,
                1e-13 * one.droppedMagnitude);
  }
}

TEST_P(MetricsTest, ThreadsDoNotMatter) {
  std::mt19937 rng(33);
  TestTensor tensor =
      TestTensor::matrix(GetParam(), 4000, 100, Values::Finite, rng);
  std::vector<Series> series = parseAll(candidates);
  int64_t blocks[] = {4, 100, 128};
  std::vector<double> weights(100);
  for (double &weight : weights)
    weight = double(rng()) / 1e9;
  Metrics alone =
      llvm::cantFail(measure(tensor.view, series, blocks, nullptr, weights));
  for (unsigned threads : {1, 2, 5}) {
    llvm::StdThreadPool pool(llvm::hardware_concurrency(threads));
    Metrics metrics =
        llvm::cantFail(measure(tensor.view, series, blocks, &pool, weights));
    EXPECT_EQ(metrics.tensor.magnitude, alone.tensor.magnitude);
    EXPECT_EQ(metrics.tensor.squaredNorm, alone.tensor.squaredNorm);
    EXPECT_EQ(metrics.tensor.weightedNorm, alone.tensor.weightedNorm);
    for (size_t i = 0; i < series.size(); ++i) {
      EXPECT_EQ(metrics.series[i].droppedNonZeros,
                alone.series[i].droppedNonZeros);
      EXPECT_EQ(metrics.series[i].droppedMagnitude,
                alone.series[i].droppedMagnitude);
      EXPECT_EQ(metrics.series[i].droppedSquaredNorm,
                alone.series[i].droppedSquaredNorm);
      EXPECT_EQ(metrics.series[i].droppedWeightedNorm,
                alone.series[i].droppedWeightedNorm);
    }
    for (size_t i = 0; i < 3; ++i)
      EXPECT_EQ(metrics.histograms[i].counts, alone.histograms[i].counts);
  }
}

INSTANTIATE_TEST_SUITE_P(AllTypes, MetricsTest,
                         testing::ValuesIn(allElementTypes),
                         [](const auto &info) {
                           return getName(info.param).str();
                         });

TEST(MetricsTest, LosslessMeansNothingDropped) {
  TestTensor tensor = TestTensor::of({1e30f, 0, 0, 1e-30f, 0, 0, 0, 0}, {8});
  SeriesMetrics exact =
      llvm::cantFail(measure(tensor.view, parseSeries("2:4"))).series.front();
  EXPECT_TRUE(exact.isLossless());
  EXPECT_EQ(exact.droppedMagnitude, 0);
  EXPECT_EQ(exact.getRelativeFrobeniusError(), 0);
  SeriesMetrics lossy =
      llvm::cantFail(measure(tensor.view, parseSeries("1:4"))).series.front();
  EXPECT_FALSE(lossy.isLossless());
  // What is dropped is not lost in the rounding of what is kept.
  EXPECT_EQ(lossy.droppedMagnitude, double(1e-30f));
}

TEST(MetricsTest, SharesOfNothingAreZero) {
  for (int64_t extent : {0, 8}) {
    TestTensor tensor = TestTensor::zeros(ElementType::F32, {extent}, {0});
    Metrics metrics =
        llvm::cantFail(measure(tensor.view, parseSeries("2:4"), {4}));
    EXPECT_EQ(metrics.tensor.getDensity(), 0);
    EXPECT_EQ(metrics.series[0].getDroppedNonZeroShare(), 0);
    EXPECT_EQ(metrics.series[0].getDroppedMagnitudeShare(), 0);
    EXPECT_EQ(metrics.series[0].getRelativeFrobeniusError(), 0);
    EXPECT_EQ(metrics.histograms[0].counts[0], extent / 4);
    EXPECT_EQ(llvm::cantFail(getPseudoDensity(tensor.view)), 0);
  }
}

TEST(MetricsTest, EmptySeriesDropsEverything) {
  TestTensor tensor = TestTensor::of({1, 2, 0, 4}, {4});
  SeriesMetrics metrics =
      llvm::cantFail(measure(tensor.view, Series())).series.front();
  EXPECT_EQ(metrics.keptNonZeros, 0);
  EXPECT_EQ(metrics.keptMagnitude, 0);
  EXPECT_EQ(metrics.droppedMagnitude, 7);
}

TEST(MetricsTest, NonFiniteElementsShow) {
  float inf = std::numeric_limits<float>::infinity();
  float nan = std::numeric_limits<float>::quiet_NaN();
  auto measureRow = [](llvm::ArrayRef<float> row) {
    TestTensor tensor = TestTensor::of(row, {int64_t(row.size())});
    return llvm::cantFail(measure(tensor.view, parseSeries("1:4")));
  };
  Metrics kept = measureRow({1, -inf, 2, 0});
  EXPECT_EQ(kept.tensor.magnitude, inf);
  EXPECT_EQ(kept.series[0].keptMagnitude, inf);
  EXPECT_EQ(kept.series[0].droppedMagnitude, 3);
  Metrics both = measureRow({inf, -inf, 2, 0});
  EXPECT_EQ(both.series[0].keptMagnitude, inf);
  EXPECT_EQ(both.series[0].droppedMagnitude, inf);
  Metrics unknown = measureRow({1, inf, -nan, 0});
  EXPECT_TRUE(std::isnan(unknown.tensor.magnitude));
  EXPECT_TRUE(std::isnan(unknown.series[0].keptMagnitude));
  EXPECT_EQ(unknown.series[0].droppedMagnitude, inf);
  EXPECT_EQ(unknown.series[0].droppedNonZeros, 2);
}

TEST(MetricsTest, HistogramsCountPaddedBlocks) {
  TestTensor tensor =
      TestTensor::of({1, 0, 2, 3, -0.0f, 4, 0, 0, 0, 5}, {2, 5});
  Metrics metrics = llvm::cantFail(measure(tensor.view, {}, {1, 2, 4, 100}));
  EXPECT_EQ(metrics.histograms[0].counts, (std::vector<int64_t>{5, 5}));
  EXPECT_EQ(metrics.histograms[1].counts, (std::vector<int64_t>{2, 3, 1}));
  EXPECT_EQ(metrics.histograms[2].counts,
            (std::vector<int64_t>{1, 2, 0, 1, 0}));
  EXPECT_EQ(metrics.histograms[3].blockSize, 100);
  EXPECT_EQ(metrics.histograms[3].counts.size(), 101u);
  EXPECT_EQ(metrics.histograms[3].counts[2], 1);
  EXPECT_EQ(metrics.histograms[3].counts[3], 1);
}

TEST(MetricsTest, PseudoDensity) {
  TestTensor tensor = TestTensor::of({-90, 5, 4, 1, 0, 0, 0, 0}, {8});
  auto at = [&](double share) {
    return llvm::cantFail(getPseudoDensity(tensor.view, share));
  };
  EXPECT_EQ(at(0), 0);
  EXPECT_EQ(at(0.9), 1 / 8.0);
  EXPECT_EQ(at(0.91), 2 / 8.0);
  EXPECT_EQ(at(0.99), 3 / 8.0);
  EXPECT_EQ(at(1), 4 / 8.0);
}

TEST(MetricsTest, PseudoDensityOfOneKeepsTheLeast) {
  TestTensor tensor = TestTensor::of({1e30f, 1e-30f}, {2});
  EXPECT_EQ(llvm::cantFail(getPseudoDensity(tensor.view, 1)), 1);
  EXPECT_EQ(llvm::cantFail(getPseudoDensity(tensor.view, 0.99)), 0.5);
}

TEST_P(MetricsTest, PseudoDensityFollowsTheDefinition) {
  std::mt19937 rng(34);
  for (int round = 0; round < 20; ++round) {
    TestTensor tensor = TestTensor::random(
        GetParam(), round % 2 ? Values::Ties : Values::Finite, rng);
    std::vector<long double> sizes;
    long double whole = 0, kept = 0;
    for (int64_t row = 0; row < tensor.getNumRows(); ++row)
      for (int64_t column = 0; column < tensor.getNumColumns(); ++column)
        sizes.push_back(
            getSize(GetParam(), getBits(tensor.view, row, column)).value);
    llvm::sort(sizes, std::greater<long double>());
    for (long double size : sizes)
      whole += size;
    if (whole > std::numeric_limits<double>::max())
      continue;
    // Off from shares that sums reach, where rounding would decide.
    double share = 0.123456789 + 0.8 * double(rng()) / 4294967296.0;
    int64_t count = 0;
    while (kept < share * whole)
      kept += sizes[count++];
    double density = llvm::cantFail(getPseudoDensity(tensor.view, share));
    EXPECT_EQ(density,
              sizes.empty() ? 0 : double(count) / double(sizes.size()));
  }
}

TEST(MetricsTest, ReportsErrors) {
  TestTensor tensor = TestTensor::of({1, 2}, {2});
  EXPECT_EQ(getMessage(measure(tensor.view, {}, {0})),
            "expected 1 <= histogram block size <= 65536 but got 0");
  EXPECT_EQ(getMessage(measure(tensor.view, {}, {65537})),
            "expected 1 <= histogram block size <= 65536 but got 65537");
  EXPECT_EQ(getMessage(getPseudoDensity(tensor.view, 1.5)),
            "expected 0 <= share <= 1 but got 1.500000");
  EXPECT_EQ(getMessage(getPseudoDensity(tensor.view, std::nan(""))),
            "expected 0 <= share <= 1 but got nan");
  tensor.view.strides = {};
  EXPECT_EQ(getMessage(measure(tensor.view, {})),
            "expected 1 strides but got 0");
  TestTensor infinite =
      TestTensor::of({std::numeric_limits<float>::infinity()}, {1});
  EXPECT_EQ(getMessage(getPseudoDensity(infinite.view)),
            "expected finite elements but got an infinity or NaN");
}

} // namespace
