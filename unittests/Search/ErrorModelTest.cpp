//===- ErrorModelTest.cpp - Sums of errors are exact ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestProblems.h"

#include <cmath>
#include <limits>

using namespace tasd::search;
using namespace tasd::search::test;

static ErrorSum sumUp(std::vector<double> figures) {
  ErrorSum sum;
  for (double figure : figures)
    sum += ErrorSum::fromFigure(figure);
  return sum;
}

TEST(ErrorModelTest, SumsInAnyOrder) {
  std::vector<double> figures = {1, 1e-17, 0.1, kMaxError, 1e-9, 0.3};
  ErrorSum sum = sumUp(figures);
  EXPECT_TRUE(sumUp({figures.rbegin(), figures.rend()}) == sum);
  // In doubles, 0.1 + 0.2 is not 0.3.
  EXPECT_EQ(sumUp({0.25, 0.5}).toDouble(), 0.75);
}

TEST(ErrorModelTest, RoundsUpWhatIsSmall) {
  double quantum = std::ldexp(1, -62);
  EXPECT_EQ(sumUp({quantum}).toDouble(), quantum);
  EXPECT_EQ(sumUp({quantum / 1024}).toDouble(), quantum);
  EXPECT_EQ(sumUp({0}).toDouble(), 0);
}

TEST(ErrorModelTest, AdmitsASumAsItsOwnBound) {
  std::mt19937_64 rng(1);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (int i = 0; i < 1000; ++i) {
    ErrorSum sum =
        sumUp({uniform(rng), 1e3 * uniform(rng), 1e-9 * uniform(rng)});
    ErrorSum bound = makeBound(sum.toDouble());
    EXPECT_TRUE(sum <= bound);
    EXPECT_LT(bound.toDouble(), sum.toDouble() * (1 + 1e-15));
  }
}

TEST(ErrorModelTest, RefusesBoundsThatAreNone) {
  EXPECT_TRUE(makeBound(std::numeric_limits<double>::infinity()) ==
              ErrorSum::unlimited());
  EXPECT_EQ(getMessage(ErrorSum::fromBound(-1)),
            "expected a bound on the error of at least 0 but got -1");
  EXPECT_NE(
      getMessage(ErrorSum::fromBound(std::numeric_limits<double>::quiet_NaN())),
      "");
}

TEST(ErrorModelTest, ParsesItsNames) {
  for (ErrorModel model : kErrorModels)
    EXPECT_EQ(parseErrorModel(getName(model)), model);
  EXPECT_EQ(parseErrorModel("none"), std::nullopt);
}

TEST(ErrorModelTest, TakesFiguresFromMetrics) {
  tasd::sparsity::SeriesMetrics metrics;
  metrics.keptNonZeros = 3;
  metrics.droppedNonZeros = 1;
  metrics.keptMagnitude = 7;
  metrics.droppedMagnitude = 1;
  metrics.keptSquaredNorm = 15;
  metrics.droppedSquaredNorm = 1;
  ErrorFigures figures = getErrorFigures(metrics, 0.5);
  figures += figures;
  EXPECT_EQ(figures.get(ErrorModel::DroppedNonZeros), 0.5);
  EXPECT_EQ(figures.get(ErrorModel::DroppedMagnitude), 0.25);
  EXPECT_EQ(figures.get(ErrorModel::Frobenius), 0.125);
  EXPECT_EQ(figures.get(ErrorModel::OutputError), 1);
}

TEST(ErrorModelTest, ForbidsWhatDropsNonFiniteElements) {
  tasd::sparsity::SeriesMetrics metrics;
  metrics.droppedNonZeros = 1;
  metrics.droppedMagnitude = std::numeric_limits<double>::quiet_NaN();
  metrics.keptMagnitude = metrics.droppedMagnitude;
  for (ErrorModel model : kErrorModels)
    EXPECT_TRUE(std::isinf(getErrorFigures(metrics, 0).get(model)));
}

TEST(ErrorModelTest, NothingDroppedIsNoError) {
  tasd::sparsity::SeriesMetrics metrics;
  metrics.keptNonZeros = 3;
  metrics.keptMagnitude = std::numeric_limits<double>::quiet_NaN();
  metrics.keptSquaredNorm = metrics.keptMagnitude;
  for (ErrorModel model : kErrorModels)
    EXPECT_EQ(getErrorFigures(metrics, metrics.keptMagnitude).get(model), 0);
}
