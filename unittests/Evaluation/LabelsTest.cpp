//===- LabelsTest.cpp - Count right answers -------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/Labels.h"
#include "TestArrays.h"

#include "gtest/gtest.h"

#include <limits>

using namespace tasd::evaluation;

static Labels getLabels() {
  return Labels("y.npy", makeArray<int32_t>(DType::SI32, {3}, {1, 0, 1}));
}

static Signature getSignature(llvm::ArrayRef<int64_t> shape) {
  Signature signature;
  signature.results.push_back(
      {DType::F32, {}, {shape.begin(), shape.end()}, "the type"});
  return signature;
}

static std::string getMessage(llvm::Error error) {
  return llvm::toString(std::move(error));
}

static std::string getMessage(const Labels &labels, const NDArray &scores) {
  llvm::Expected<Accuracy> accuracy = labels.getAccuracy(scores);
  return accuracy ? "" : llvm::toString(accuracy.takeError());
}

TEST(LabelsTest, CountsRowsWhoseLargestScoreIsTheLabels) {
  llvm::Expected<Accuracy> accuracy =
      getLabels().getAccuracy(makeF32({3, 2}, {0, 1, 0, 1, 0, 1}));
  ASSERT_TRUE(static_cast<bool>(accuracy));
  EXPECT_EQ(accuracy->numCorrect, 2);
  EXPECT_EQ(accuracy->numTotal, 3);
}

TEST(LabelsTest, RejectsAnotherLength) {
  EXPECT_EQ(getMessage(getLabels(), makeF32({2, 2}, {0, 1, 0, 1})),
            "labels 'y.npy': expected 2 labels but got 3");
}

TEST(LabelsTest, RejectsNaN) {
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(getMessage(getLabels(), makeF32({3, 2}, {0, 1, 0, nan, 0, 1})),
            "labels 'y.npy': expected scores to compare with but got NaN in "
            "row 1");
}

TEST(LabelsTest, TakesResultsThatMayBeScores) {
  constexpr int64_t dynamic = std::numeric_limits<int64_t>::min();
  for (auto shape : {std::vector<int64_t>{3, 2},
                     {dynamic, 2},
                     {dynamic, dynamic},
                     {3, 2, 1, 1}})
    EXPECT_EQ(getMessage(getLabels().verify(getSignature(shape))), "");
}

TEST(LabelsTest, RejectsOtherResults) {
  for (auto shape : {std::vector<int64_t>{}, {3}, {3, 2, 2}})
    EXPECT_EQ(getMessage(getLabels().verify(getSignature(shape))),
              "labels 'y.npy': expected scores of rows and classes as the "
              "first result but got 'the type'");
  EXPECT_EQ(getMessage(getLabels().verify(Signature())),
            "labels 'y.npy': expected a function with scores as its first "
            "result but got one without results");
}

TEST(LabelsTest, RejectsOtherElements) {
  Labels labels("y.npy", makeF32({3}, {1, 0, 1}));
  EXPECT_EQ(getMessage(labels.verify(getSignature({3, 2}))),
            "labels 'y.npy': expected integers but got f32 of shape 3");
}
