//===- CompareTest.cpp - How far results are apart ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/Compare.h"
#include "TestArrays.h"
#include "tasd/Evaluation/RunStats.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <cmath>
#include <limits>

using namespace llvm;
using namespace tasd::evaluation;
using testing::HasSubstr;

static constexpr float kInfinity = std::numeric_limits<float>::infinity();
static constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

static ErrorStats compareF32(std::vector<float> values,
                             std::vector<float> reference) {
  int64_t size = values.size();
  Expected<ErrorStats> stats = compare(makeF32({size}, std::move(values)),
                                       makeF32({size}, std::move(reference)));
  if (!stats)
    report_fatal_error(stats.takeError());
  return *stats;
}

TEST(CompareTest, MeasuresErrors) {
  ErrorStats stats = compareF32({3, 4, 1}, {3, 4, 0});
  EXPECT_EQ(stats.numElements, 3);
  EXPECT_EQ(stats.maxAbsError, 1);
  EXPECT_DOUBLE_EQ(stats.relativeError, 1.0 / 5);
}

TEST(CompareTest, TakesAllArraysTogether) {
  Expected<ErrorStats> stats = compare({makeF32({1}, {3}), makeF32({}, {6})},
                                       {makeF32({1}, {3}), makeF32({}, {4})});
  ASSERT_TRUE(bool(stats));
  EXPECT_EQ(stats->maxAbsError, 2);
  EXPECT_DOUBLE_EQ(stats->relativeError, 2.0 / 5);
}

TEST(CompareTest, TakesEqualNonFiniteElementsAsEqual) {
  ErrorStats stats =
      compareF32({kNaN, kInfinity, -kInfinity}, {kNaN, kInfinity, -kInfinity});
  EXPECT_EQ(stats.numNonFiniteMismatches, 0);
  EXPECT_EQ(stats.maxAbsError, 0);
  EXPECT_EQ(stats.relativeError, 0);
}

TEST(CompareTest, CountsNonFiniteMismatches) {
  ErrorStats stats = compareF32({kNaN, 1, kInfinity, kNaN, 1},
                                {1, kNaN, -kInfinity, kInfinity, 1});
  EXPECT_EQ(stats.numNonFiniteMismatches, 4);
  EXPECT_EQ(stats.maxAbsError, kInfinity);
  EXPECT_EQ(stats.relativeError, kInfinity);
}

TEST(CompareTest, HandlesAZeroReference) {
  EXPECT_EQ(compareF32({0, -0.0f}, {0, 0}).relativeError, 0);
  EXPECT_EQ(compareF32({0, 1}, {0, 0}).relativeError, kInfinity);
  EXPECT_EQ(compareF32({}, {}).relativeError, 0);
}

TEST(CompareTest, RefusesArraysThatDiffer) {
  NDArray array = makeF32({2}, {0, 0});
  Expected<ErrorStats> stats = compare(array, makeF32({1, 2}, {0, 0}));
  ASSERT_FALSE(bool(stats));
  EXPECT_EQ(toString(stats.takeError()),
            "array 0: expected f32 of shape 1x2 but got f32 of shape 2");
  stats = compare(array, {});
  ASSERT_FALSE(bool(stats));
  consumeError(stats.takeError());
}

TEST(CompareTest, CountsTopClasses) {
  NDArray scores = makeF32({4, 3, 1, 1}, {0, 1, 2,      //
                                          5, 5, 0,      //
                                          kNaN, -1, -2, //
                                          kNaN, kNaN, kNaN});
  NDArray labels = makeArray<int64_t>(DType::SI64, {4}, {2, 0, 1, 0});
  Expected<Accuracy> accuracy = getTopAccuracy(scores, labels);
  ASSERT_TRUE(bool(accuracy)) << toString(accuracy.takeError());
  EXPECT_EQ(accuracy->numCorrect, 3);
  EXPECT_EQ(accuracy->numTotal, 4);
  EXPECT_DOUBLE_EQ(accuracy->getShare(), 0.75);
}

TEST(CompareTest, CountsClassesAmongTheLargest) {
  NDArray scores = makeF32({4, 3}, {0, 1, 2,    //
                                    5, 5, 5,    //
                                    kNaN, 1, 2, //
                                    0, 1, 2});
  NDArray labels = makeArray<int64_t>(DType::SI64, {4}, {1, 2, 0, 0});
  for (auto [count, numCorrect] : {std::pair(1, 0), {2, 1}, {3, 3}}) {
    Expected<Accuracy> accuracy = getTopAccuracy(scores, labels, count);
    ASSERT_TRUE(bool(accuracy)) << toString(accuracy.takeError());
    EXPECT_EQ(accuracy->numCorrect, numCorrect) << count;
  }
}

TEST(CompareTest, NamesTopClasses) {
  Expected<NDArray> classes =
      getTopClasses(makeF32({3, 2, 1}, {1, 1, kNaN, -1, kNaN, kNaN}));
  ASSERT_TRUE(bool(classes)) << toString(classes.takeError());
  EXPECT_EQ(getElements(*classes), (std::vector<double>{0, 1, -1}));
  EXPECT_FALSE(errorToBool(getTopClasses(makeF32({1, 1}, {0})).takeError()));
  EXPECT_TRUE(errorToBool(getTopClasses(makeF32({2}, {0, 1})).takeError()));
}

TEST(CompareTest, RefusesScoresAndLabelsThatDoNotFit) {
  auto getMessage = [](const NDArray &scores, const NDArray &labels) {
    Expected<Accuracy> accuracy = getTopAccuracy(scores, labels);
    return accuracy ? std::string() : toString(accuracy.takeError());
  };
  NDArray scores = makeF32({1, 2}, {0, 1});
  EXPECT_THAT(getMessage(makeF32({2}, {0, 1}), scores),
              HasSubstr("expected scores of rows and classes"));
  EXPECT_THAT(getMessage(scores, makeF32({1}, {0})),
              HasSubstr("expected labels of an integer type but got f32"));
  EXPECT_THAT(getMessage(scores, makeArray<int8_t>(DType::SI8, {2}, {0, 1})),
              HasSubstr("expected 1 labels but got 2"));
  EXPECT_THAT(getMessage(scores, makeArray<int8_t>(DType::SI8, {1}, {2})),
              HasSubstr("expected classes from 0 to 1 but got 2 as label 0"));
  EXPECT_THAT(getMessage(scores, makeArray<int8_t>(DType::SI8, {1}, {-1})),
              HasSubstr("expected classes from 0 to 1 but got -1 as label 0"));
}

TEST(RunStatsTest, PrintsJSON) {
  RunStats stats{2, 3, {}};
  stats.error.relativeError = kInfinity;
  std::string text;
  raw_string_ostream os(text);
  stats.printJSON(os);
  Expected<json::Value> value = json::parse(text);
  ASSERT_TRUE(bool(value)) << toString(value.takeError());
  const json::Object &object = *value->getAsObject();
  EXPECT_EQ(object.getNumber("time_ms"), 2);
  EXPECT_EQ(object.getNumber("dense_time_ms"), 3);
  EXPECT_EQ(object.getNumber("speedup"), 1.5);
  EXPECT_EQ(object.getNumber("max_abs_error"), 0);
  EXPECT_TRUE(object.getNull("rel_error").has_value());
}
