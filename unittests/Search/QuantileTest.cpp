//===- QuantileTest.cpp - The value that a share lies below ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Quantile.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <cmath>
#include <random>

using namespace tasd::search;

/// The numbers are those of numpy.quantile.
TEST(QuantileTest, NumPy) {
  std::vector<double> values;
  for (int i : {7, 3, 5, 1, 2, 9, 4})
    values.push_back(0.1 * i * i);
  EXPECT_EQ(getQuantile(values, 0), 0x1.999999999999ap-4);
  EXPECT_EQ(getQuantile(values, 0.1), 0x1.1eb851eb851ecp-2);
  EXPECT_EQ(getQuantile(values, 0.3), 0x1.999999999999ap-1);
  EXPECT_EQ(getQuantile(values, 1.0 / 3), 0x1.ccccccccccccep-1);
  EXPECT_EQ(getQuantile(values, 0.5), 0x1.999999999999ap+0);
  EXPECT_EQ(getQuantile(values, 0.77), 0x1.fe76c8b439582p+1);
  EXPECT_EQ(getQuantile(values, 1), 0x1.0333333333333p+3);
  EXPECT_EQ(getQuantile({3}, 0.7), 3);
}

/// Values at whole places are given as they are, ties too.
TEST(QuantileTest, WholePlaces) {
  std::mt19937 rng(1);
  for (int i = 0; i < 200; ++i) {
    std::vector<double> values(1 + 4 * (rng() % 8));
    for (double &value : values)
      value = double(rng() % 10) / 7;
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    for (size_t quarter = 0; quarter <= 4; ++quarter)
      EXPECT_EQ(getQuantile(values, double(quarter) / 4),
                sorted[(sorted.size() - 1) / 4 * quarter]);
  }
}
