//===- RecomposeTest.cpp - The record of tasd_runtime_recompose -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Runtime/Recompose.h"
#include "tasd/Runtime/ABI.h"
#include "tasd/Runtime/Runtime.h"

#include "gtest/gtest.h"

#include <thread>

using namespace tasd;
using namespace tasd::runtime;

using Floats = std::vector<float>;

static Recomposition get(llvm::StringRef series, int64_t along) {
  return {llvm::cantFail(getPatternRegistry().parseSeries(series)), {along}};
}

/// Calls the function for a 2 x 4 matrix.
static Floats call(int64_t slot, Floats elements = {1, 2, 3, 4, -8, 7, 6, 5}) {
  const int64_t record[] = {
      TASD_RUNTIME_ABI_VERSION,
      slot,
      TASD_RUNTIME_F32,
      /*rank=*/2,
      static_cast<int64_t>(reinterpret_cast<uintptr_t>(elements.data())),
      /*sizes=*/2,
      4,
      /*strides=*/4,
      1};
  tasd_runtime_recompose(record);
  return elements;
}

static const Floats kWhole = {1, 2, 3, 4, -8, 7, 6, 5};

TEST(RecomposeTest, ComposesWhatTheSeriesKeeps) {
  Recomposition slots[] = {get("1:4", 1), get("1:2", 0), get("2:4+1:4", 1)};
  RecompositionScope scope(slots);
  EXPECT_EQ(call(0), (Floats{0, 0, 0, 4, -8, 0, 0, 0}));
  EXPECT_EQ(call(1), (Floats{0, 0, 0, 0, -8, 7, 6, 5}));
  EXPECT_EQ(call(2), (Floats{0, 2, 3, 4, -8, 7, 6, 0}));
}

TEST(RecomposeTest, LeavesWhatHasNoSeries) {
  EXPECT_EQ(call(0), kWhole);
  Recomposition slots[] = {Recomposition()};
  RecompositionScope scope(slots);
  EXPECT_EQ(call(0), kWhole);
  EXPECT_EQ(call(1), kWhole);
}

TEST(RecomposeTest, EndsWithItsScope) {
  Recomposition outer[] = {get("1:4", 1)}, inner[] = {get("2:4", 1)};
  RecompositionScope scope(outer);
  {
    RecompositionScope nested(inner);
    EXPECT_EQ(call(0), (Floats{0, 0, 3, 4, -8, 7, 0, 0}));
  }
  EXPECT_EQ(call(0), (Floats{0, 0, 0, 4, -8, 0, 0, 0}));
}

TEST(RecomposeTest, IsOfOneThread) {
  Recomposition slots[] = {get("1:4", 1)};
  RecompositionScope scope(slots);
  Floats other;
  std::thread([&] { other = call(0); }).join();
  EXPECT_EQ(other, kWhole);
}
