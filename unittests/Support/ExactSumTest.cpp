//===- ExactSumTest.cpp - Sums without rounding ---------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Support/ExactSum.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <algorithm>
#include <random>
#include <vector>

using namespace tasd;
using testing::ElementsAre;
using testing::IsEmpty;

static ExactSum getSum(llvm::ArrayRef<double> values) {
  ExactSum sum;
  for (double value : values)
    sum.add(value);
  return sum;
}

TEST(ExactSum, KeepsWhatADoubleWouldRoundAway) {
  ExactSum sum = getSum({0x1p100, 1, 0x1p-100});
  EXPECT_EQ(sum.toDouble(), 0x1p100);
  EXPECT_THAT(sum.getParts(), ElementsAre(0x1p100, 1, 0x1p-100));
  sum.add(-0x1p100);
  sum.subtract(ExactSum(1));
  EXPECT_EQ(sum.toDouble(), 0x1p-100);
}

TEST(ExactSum, OfNothingIsZero) {
  EXPECT_EQ(ExactSum().toDouble(), 0);
  EXPECT_THAT(ExactSum().getParts(), IsEmpty());
  EXPECT_THAT(getSum({0.0, -0.0, 3, -3}).getParts(), IsEmpty());
}

TEST(ExactSum, RoundsToNearestAndEven) {
  double unit = 0x1p-52;
  EXPECT_EQ(getSum({1, unit / 2}).toDouble(), 1);
  EXPECT_EQ(getSum({1 + unit, unit / 2}).toDouble(), 1 + 2 * unit);
  // What comes after the half decides.
  EXPECT_EQ(getSum({1, unit / 2, 0x1p-200}).toDouble(), 1 + unit);
  EXPECT_EQ(getSum({1, unit / 2, -0x1p-200}).toDouble(), 1);
  EXPECT_EQ(getSum({1 + unit, unit / 2, -0x1p-200}).toDouble(), 1 + unit);
  EXPECT_EQ(getSum({-1, -unit / 2, -0x1p-200}).toDouble(), -1 - unit);
}

TEST(ExactSum, LargestAndSmallestNumbers) {
  ExactSum sum;
  for (int i = 0; i < 1000; ++i)
    sum.add(ExactSum::kLargest);
  sum.add(0x1p-1074);
  EXPECT_EQ(sum.toDouble(), 1000 * ExactSum::kLargest);
  for (int i = 0; i < 1000; ++i)
    sum.add(-ExactSum::kLargest);
  EXPECT_EQ(sum.toDouble(), 0x1p-1074);
}

/// Numbers of both signs, of exponents far apart and close together.
static std::vector<double> getRandomNumbers(std::mt19937 &rng) {
  std::uniform_int_distribution<int> exponent(-60, 60), count(1, 200);
  std::uniform_real_distribution<double> fraction(-1, 1);
  std::vector<double> numbers(count(rng));
  for (double &number : numbers)
    number = std::ldexp(fraction(rng), exponent(rng));
  return numbers;
}

TEST(ExactSum, DoesNotDependOnTheOrder) {
  std::mt19937 rng(1);
  for (int round = 0; round < 500; ++round) {
    std::vector<double> numbers = getRandomNumbers(rng);
    auto parts = getSum(numbers).getParts();
    std::shuffle(numbers.begin(), numbers.end(), rng);
    EXPECT_EQ(getSum(numbers).getParts(), parts);
    // Nor on what was added up before.
    size_t half = rng() % numbers.size();
    ExactSum front = getSum(llvm::ArrayRef(numbers).take_front(half));
    front.add(getSum(llvm::ArrayRef(numbers).drop_front(half)));
    EXPECT_EQ(front.getParts(), parts);
    EXPECT_EQ(getSum(parts).getParts(), parts);
  }
}

TEST(ExactSum, IsThatOfIntegers) {
  std::mt19937_64 rng(2);
  for (int round = 0; round < 500; ++round) {
    ExactSum sum;
    __int128 expected = 0;
    for (int i = 0; i < 100; ++i) {
      auto number = static_cast<int64_t>(rng()) >> (rng() % 50 + 11);
      expected += static_cast<__int128>(number) * (int64_t(1) << 40);
      sum.add(std::ldexp(static_cast<double>(number), 40));
      number = static_cast<int64_t>(rng()) >> (rng() % 50 + 11);
      expected += number;
      sum.add(static_cast<double>(number));
    }
    EXPECT_EQ(sum.toDouble(), static_cast<double>(expected));
  }
}
