//===- WeightedNormsTest.cpp - Norms that weigh columns -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/WeightedNorms.h"

#include "TestTensors.h"
#include "tasd/Sparsity/Metrics.h"

#include "llvm/Support/ThreadPool.h"

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

static double getValue(const TensorView &view, int64_t row, int64_t column) {
  Size size = getSize(view.elementType, getBits(view, row, column));
  return static_cast<double>(size.value);
}

/// By definition, from the owners by definition; none for the whole.
static double addByDefinition(const TensorView &view,
                              llvm::ArrayRef<double> weights,
                              llvm::ArrayRef<uint8_t> owners) {
  double sum = 0;
  int64_t numColumns = view.blocked.getNumColumns();
  for (int64_t row = 0; row < view.blocked.getNumRows(); ++row)
    for (int64_t column = 0; column < numColumns; ++column) {
      double value = getValue(view, row, column);
      if (owners.empty() ||
          owners[row * numColumns + column] == Ownership::unowned)
        sum += weights[column] * value * value;
    }
  return sum;
}

TEST(WeightedNormsTest, FollowTheDefinitionOnThreads) {
  std::mt19937 rng(1);
  llvm::DefaultThreadPool pool;
  for (ElementType type : allElementTypes)
    for (int i = 0; i < 20; ++i) {
      TestTensor tensor = TestTensor::random(type, Values::Finite, rng);
      std::vector<double> weights(tensor.getNumColumns());
      for (double &weight : weights)
        weight = double(rng() % 100) / 16;
      NMList terms = getRandomTerms(rng, 16);
      WeightedNorms norms = llvm::cantFail(measureWeightedNorms(
          tensor.view, parseSeries(getText(terms)), weights));
      double whole = addByDefinition(tensor.view, weights, {});
      double dropped = addByDefinition(tensor.view, weights,
                                       selectByDefinition(tensor.view, terms));
      EXPECT_NEAR(norms.whole, whole, 1e-12 * whole);
      EXPECT_NEAR(norms.dropped[0], dropped, 1e-12 * whole);
      WeightedNorms parallel = llvm::cantFail(measureWeightedNorms(
          tensor.view, parseSeries(getText(terms)), weights, &pool));
      EXPECT_EQ(parallel.whole, norms.whole);
      EXPECT_EQ(parallel.dropped, norms.dropped);
    }
}

TEST(WeightedNormsTest, AreSquaredNormsWhereAllColumnsWeighTheSame) {
  std::mt19937 rng(2);
  TestTensor tensor =
      TestTensor::matrix(ElementType::F32, 300, 1000, Values::Finite, rng);
  std::vector<Series> series = {parseSeries("2:4"), parseSeries("4:8+1:16")};
  WeightedNorms norms = llvm::cantFail(measureWeightedNorms(
      tensor.view, series, std::vector<double>(1000, 1.0)));
  Metrics metrics = llvm::cantFail(measure(tensor.view, series));
  for (size_t i = 0; i < series.size(); ++i) {
    double error = metrics.series[i].getRelativeFrobeniusError();
    EXPECT_NEAR(norms.getDroppedShare(i), error * error, 1e-12);
  }
}

TEST(WeightedNormsTest, AreTheExpectedChangeOfAProduct) {
  // Of [3 1] a 1:2 drops the 1, which meets elements of second moment 8.
  TestTensor tensor = TestTensor::of({3, 1}, {1, 2});
  WeightedNorms norms = llvm::cantFail(
      measureWeightedNorms(tensor.view, parseSeries("1:2"), {2.0, 8.0}));
  EXPECT_EQ(norms.whole, 26);
  EXPECT_EQ(norms.getDroppedShare(0), 8.0 / 26);
}

TEST(WeightedNormsTest, RefuseOtherWeights) {
  TestTensor tensor = TestTensor::of({3, 1}, {1, 2});
  EXPECT_EQ(getMessage(measureWeightedNorms(tensor.view, {}, {1.0})),
            "expected 2 weights of columns but got 1");
  EXPECT_EQ(getMessage(measureWeightedNorms(tensor.view, {}, {1.0, -1.0})),
            "expected finite weights of at least 0 but got -1 for column 1");
}
