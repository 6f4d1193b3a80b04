//===- LaneRowsTest.cpp - Rows side by side in the lanes ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The layout against its definition, the way back, threads and error paths.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/LaneRows.h"
#include "TestLayouts.h"

#include "llvm/ADT/Sequence.h"
#include "llvm/Support/ThreadPool.h"

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

int32_t readNumber(const std::vector<char> &bytes, int64_t index) {
  return readAt<int32_t>(bytes, index * 4);
}

/// Multiplies by a vector whose elements are the numbers of the columns, as a
/// kernel reads the layout: for each row, the sum of bits times column numbers,
/// and the number of entries.
struct RowSums {
  std::vector<uint64_t> weighted, entries;
};

RowSums readAsKernel(int64_t lanes, const TensorView &view,
                     const Components &components) {
  int64_t numGroups = (view.blocked.getNumRows() + lanes - 1) / lanes;
  int64_t width = getByteWidth(view.elementType);
  RowSums sums;
  sums.weighted.resize(numGroups * lanes);
  sums.entries.resize(numGroups * lanes);
  for (int64_t group : llvm::seq(numGroups)) {
    int32_t begin = readNumber(components[3], group);
    int32_t end = readNumber(components[3], group + 1);
    EXPECT_EQ((end - begin) % 8, 0);
    for (int64_t slot = begin; slot < end; ++slot)
      for (int64_t lane : llvm::seq(lanes)) {
        int64_t at = slot * lanes + lane;
        uint64_t bits = 0;
        std::memcpy(&bits, components[0].data() + at * width, width);
        auto places = static_cast<uint32_t>(
            readNumber(components[1], slot / 8 * lanes + lane));
        int64_t place = places >> (4 * (slot % 8)) & 15;
        int32_t block = readNumber(components[2], slot);
        EXPECT_EQ(block % lanes, 0);
        sums.weighted[group * lanes + lane] += bits * (block + place + 1);
        sums.entries[group * lanes + lane] += bits != 0;
      }
  }
  return sums;
}

class LaneRowsTest : public testing::TestWithParam<ElementType> {};

TEST_P(LaneRowsTest, HoldsEachNonZeroOnce) {
  std::mt19937 rng(3);
  for (int round = 0; round < 200; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    LaneRows layout(2 * (1 + rng() % 8));
    RowSums sums = readAsKernel(layout.getLanes(), tensor.view,
                                layOut(layout, tensor.view));
    for (int64_t row : llvm::seq(tensor.getNumRows())) {
      uint64_t weighted = 0, entries = 0;
      for (int64_t column : llvm::seq(tensor.getNumColumns())) {
        uint64_t bits = getBits(tensor.view, row, column);
        weighted += bits * (column + 1);
        entries += bits != 0;
      }
      ASSERT_EQ(sums.weighted[row], weighted);
      ASSERT_EQ(sums.entries[row], entries);
    }
  }
}

TEST_P(LaneRowsTest, GivesTheTensorBack) {
  std::mt19937 rng(4);
  for (int round = 0; round < 200; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    LaneRows layout(2 * (1 + rng() % 8));
    ASSERT_NO_FATAL_FAILURE(expectRestored(layout, tensor));
  }
}

INSTANTIATE_TEST_SUITE_P(Types, LaneRowsTest,
                         testing::ValuesIn(allElementTypes));

TEST(LaneRowsSizeTest, IsThatOfTheEntriesWherePatternsFillSlots) {
  std::mt19937 rng(5);
  TestTensor tensor =
      TestTensor::matrix(ElementType::F32, 64, 512, Values::Finite, rng);
  llvm::cantFail(recompose(tensor.getMutable(), parseSeries("2:4+1:8")));
  Components components = layOut(LaneRows(16), tensor.view);
  // Of 16 columns 10 are kept: 10 slots of 4 groups of rows, 32 blocks each.
  EXPECT_EQ(components[0].size(), 10u * 4 * 32 * 16 * 4);
  EXPECT_EQ(components[1].size(), 10u * 4 * 32 * 8);
  EXPECT_EQ(components[2].size(), 10u * 4 * 32 * 4);
  EXPECT_EQ(components[3].size(), 5u * 4);
}

TEST(LaneRowsThreadsTest, GiveTheSameBytes) {
  std::mt19937 rng(6);
  TestTensor tensor =
      TestTensor::matrix(ElementType::F16, 301, 4099, Values::Ties, rng);
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(4));
  EXPECT_EQ(layOut(LaneRows(8), tensor.view),
            layOut(LaneRows(8), tensor.view, &pool));
}

TEST(LaneRowsErrorTest, ComponentsAreChecked) {
  EXPECT_EQ(getMessage(LaneRows(7).verifyParameters()),
            "expected an even number of at most 16 lanes but got 7");
  TestTensor tensor = TestTensor::of({1, 2, 3, 4, 5, 6, 7, 8}, {2, 4});
  TestTensor restored = TestTensor::zeros(ElementType::F32, {2, 4}, {1});
  LaneRows layout(4);
  Components good = layOut(layout, tensor.view);
  auto message = [&](const Components &components) {
    return getRestoreError(layout, components, restored);
  };
  EXPECT_EQ(message(good), "");
  Components bad = good;
  bad[0].pop_back();
  EXPECT_EQ(message(bad), "expected values and places of 8 slots");
  bad = good;
  bad[2].resize(bad[2].size() - 4);
  EXPECT_EQ(message(bad), "expected a multiple of 8 slots but got 7");
  bad = good;
  bad[3][4] = 9;
  EXPECT_EQ(message(bad), "expected begins that ascend from 0 to 8");
  bad = good;
  bad[2][0] = 4;
  EXPECT_EQ(message(bad), "slot 0: expected an element of the tensor but got "
                          "row 0 and column 4");
}

} // namespace
