//===- CompensationTest.cpp - Kept values that make up for dropped ones ---===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Compensation.h"

#include "TestTensors.h"
#include "tasd/Sparsity/Metrics.h"

#include "llvm/Support/ThreadPool.h"

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

/// The second moments of samples of correlated inputs.
static std::vector<double> drawMoments(int64_t size, int64_t numSamples,
                                       std::mt19937 &rng) {
  std::normal_distribution<double> normal;
  std::vector<double> moments(size * size);
  for (int64_t sample = 0; sample < numSamples; ++sample) {
    std::vector<double> inputs(size);
    double common = normal(rng);
    for (double &input : inputs)
      input = common + normal(rng);
    for (int64_t i = 0; i < size; ++i)
      for (int64_t j = 0; j < size; ++j)
        moments[i * size + j] += inputs[i] * inputs[j] / numSamples;
  }
  return moments;
}

/// Normally distributed, so that no type overflows.
static void fillNormally(TestTensor &tensor, std::mt19937 &rng) {
  std::normal_distribution<float> normal;
  MutableTensorView view = tensor.getMutable();
  for (int64_t row = 0; row < tensor.getNumRows(); ++row)
    for (int64_t column = 0; column < tensor.getNumColumns(); ++column) {
      float value = normal(rng);
      uint32_t bits;
      std::memcpy(&bits, &value, sizeof(bits));
      // The upper bits of a float are a bfloat.
      setBits(view, row, column,
              view.elementType == ElementType::BF16 ? bits >> 16 : bits);
    }
}

static double getValue(const TensorView &view, int64_t row, int64_t column) {
  uint64_t bits = getBits(view, row, column);
  double value = getSize(view.elementType, bits).value;
  return bits >> (8 * getByteWidth(view.elementType) - 1) ? -value : value;
}

/// (w - w')^T H (w - w'), summed over rows; H repeats.
static double getError(const TensorView &lhs, const TensorView &rhs,
                       llvm::ArrayRef<double> moments, int64_t size) {
  double error = 0;
  int64_t numColumns = lhs.blocked.getNumColumns();
  for (int64_t row = 0; row < lhs.blocked.getNumRows(); ++row)
    for (int64_t i = 0; i < numColumns; ++i)
      for (int64_t j = i / size * size; j < i / size * size + size; ++j)
        error += (getValue(lhs, row, i) - getValue(rhs, row, i)) *
                 moments[i % size * size + j % size] *
                 (getValue(lhs, row, j) - getValue(rhs, row, j));
  return error;
}

TEST(CompensationTest, LosesLessOnTheSameSupport) {
  std::mt19937 rng(1);
  llvm::DefaultThreadPool pool;
  for (ElementType type : {ElementType::F32, ElementType::BF16})
    for (llvm::StringRef text : {"2:4", "1:8", "2:4+1:8", "1:8+2:4"})
      for (int64_t size : {24, 72}) {
        auto tensor = TestTensor::matrix(type, 9, 72, Values::Finite, rng);
        fillNormally(tensor, rng);
        auto result = TestTensor::zeros(type, {9, 72}, {1});
        auto parallel = TestTensor::zeros(type, {9, 72}, {1});
        std::vector<double> moments = drawMoments(size, 200, rng);
        Series series = parseSeries(text);
        Compensation errors = llvm::cantFail(
            compensate(tensor.view, series, moments, result.getMutable()));
        TensorView solved = result.getMutable();
        EXPECT_NEAR(errors.errorAfter,
                    getError(tensor.view, solved, moments, size),
                    1e-9 * errors.errorBefore);
        EXPECT_LT(errors.errorAfter, 0.9 * errors.errorBefore);
        EXPECT_EQ(
            llvm::cantFail(measure(solved, {series})).series[0].droppedNonZeros,
            0);
        Ownership kept = llvm::cantFail(select(tensor.view, series));
        for (int64_t i = 0; i < 9 * 72; ++i)
          if (kept.owner[i] == Ownership::unowned)
            EXPECT_EQ(getValue(solved, i / 72, i % 72), 0);
        llvm::cantFail(compensate(tensor.view, series, moments,
                                  parallel.getMutable(), {}, &pool));
        EXPECT_EQ(parallel.memory, result.memory);
      }
}

TEST(CompensationTest, FindsTheBestValues) {
  // One of two inputs that are always equal takes over the other's weight.
  std::vector<float> weights = {2, 1}, result(2);
  auto view =
      TensorView::contiguous(weights.data(), ElementType::F32, {1, 2}, {1});
  Compensation errors = llvm::cantFail(
      compensate(view, parseSeries("1:2"), {1, 1, 1, 1},
                 {result.data(), ElementType::F32, {{1, 2}, {1}}, {2, 1}},
                 {/*damping=*/0}));
  EXPECT_EQ(errors.errorBefore, 1);
  EXPECT_EQ(errors.errorAfter, 0);
  EXPECT_EQ(result, std::vector<float>({3, 0}));
}

TEST(CompensationTest, LeavesRowsItCannotImprove) {
  // Inputs that have nothing to do with each other; and no moments at all.
  std::vector<float> weights = {2, 1}, result(2);
  auto view =
      TensorView::contiguous(weights.data(), ElementType::F32, {1, 2}, {1});
  for (std::vector<double> moments :
       {std::vector<double>{1, 0, 0, 1}, std::vector<double>(4)}) {
    Compensation errors = llvm::cantFail(
        compensate(view, parseSeries("1:2"), moments,
                   {result.data(), ElementType::F32, {{1, 2}, {1}}, {2, 1}}));
    EXPECT_EQ(errors.errorAfter, errors.errorBefore);
    EXPECT_EQ(errors.numRows, 0);
    EXPECT_EQ(result, std::vector<float>({2, 0}));
  }
}

TEST(CompensationTest, SamplesRows) {
  std::mt19937 rng(2);
  llvm::DefaultThreadPool pool;
  auto tensor =
      TestTensor::matrix(ElementType::F32, 90, 48, Values::Finite, rng);
  fillNormally(tensor, rng);
  auto zeros = TestTensor::zeros(ElementType::F32, {90, 48}, {1});
  std::vector<double> moments = drawMoments(48, 200, rng);
  std::vector<Series> series = {parseSeries("1:4"), parseSeries("2:4")};
  auto sample = [&](int64_t maxRows) {
    return llvm::cantFail(
        sampleCompensation(tensor.view, series, moments, maxRows, {}, &pool));
  };
  std::vector<Compensation> all = sample(90), some = sample(30);
  for (size_t i : {0, 1}) {
    Compensation errors = llvm::cantFail(
        compensate(tensor.view, series[i], moments, zeros.getMutable()));
    EXPECT_EQ(all[i].errorAfter, errors.errorAfter);
    EXPECT_EQ(all[i].numRows, 90);
    EXPECT_EQ(some[i].numRows, 30);
    EXPECT_NEAR(some[i].getErrorShare(), all[i].getErrorShare(),
                0.2 * all[i].getErrorShare());
  }
  zeros = TestTensor::zeros(ElementType::F32, {90, 48}, {1});
  EXPECT_NEAR(all[0].output,
              getError(tensor.view, zeros.getMutable(), moments, 48),
              1e-9 * all[0].output);
  EXPECT_EQ(getMessage(sampleCompensation(tensor.view, series, moments, 0)),
            "expected at least 1 row but got 0");
}

TEST(CompensationTest, RejectsWhatItCannotUse) {
  std::vector<float> weights = {2, 1}, result(2);
  auto run = [&](std::vector<double> moments, double damping) {
    return getMessage(compensate(
        TensorView::contiguous(weights.data(), ElementType::F32, {1, 2}, {1}),
        parseSeries("1:2"), moments,
        {result.data(), ElementType::F32, {{1, 2}, {1}}, {2, 1}}, {damping}));
  };
  EXPECT_EQ(run({1, 2, 3}, 0), "expected second moments of 2 columns, or of a "
                               "part that repeats, but got 3 numbers");
  EXPECT_EQ(run({1, 0, 0, NAN}, 0), "expected finite second moments");
  EXPECT_EQ(run({1, 0, 0, 1}, -1),
            "expected a finite damping of at least 0 but got -1");
  EXPECT_EQ(
      getMessage(sampleCompensation(
          TensorView::contiguous(weights.data(), ElementType::F32, {1, 2}, {1}),
          {parseSeries("1:2"), parseSeries("1:2+tw(4)")}, {1, 0, 0, 1}, 1)),
      "expected patterns whose packed form has a fixed size but got "
      "'tw(4)'");
  weights[0] = NAN;
  EXPECT_EQ(run({1, 0, 0, 1}, 0), "expected finite elements but got others");
}
