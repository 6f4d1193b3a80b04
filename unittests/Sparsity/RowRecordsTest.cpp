//===- RowRecordsTest.cpp - Rows as lists of records ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The layout against its definition, the way back, threads and error paths.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/RowRecords.h"
#include "TestLayouts.h"

#include "llvm/ADT/Sequence.h"
#include "llvm/Support/ThreadPool.h"

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

/// A multiple of the batches as many rows as the tensor has.
RowRecords::Parameters draw(int64_t numRows, std::mt19937 &rng) {
  RowRecords::Parameters parameters;
  parameters.rows = 1 + rng() % 5;
  parameters.depth = 1 + rng() % 40;
  parameters.stride = 1 + rng() % 64;
  for (int64_t batches : {4, 3, 2})
    if (numRows % batches == 0 && rng() % 2)
      parameters.batches = batches;
  return parameters;
}

/// Reads a layout as its description says: the sum of what the entries of every
/// list hold, at the rows and columns that they are for.
class Reader {
public:
  Reader(const RowRecords &layout, const TensorView &view,
         const Components &components)
      : parameters(layout.getParameters()), components(components),
        width(getByteWidth(view.elementType)), tensor(view) {
    batchRows = view.blocked.getNumRows() / parameters.batches;
    numGroups = (batchRows + parameters.rows - 1) / parameters.rows;
    numPanels = (view.blocked.getNumColumns() + parameters.depth - 1) /
                parameters.depth;
  }

  /// Checks each entry, and counts those that are no zeros.
  int64_t countEntries() const {
    int64_t count = 0, list = 0;
    for (int64_t batch : llvm::seq(parameters.batches))
      for (int64_t panel : llvm::seq(numPanels))
        for (int64_t group : llvm::seq(numGroups))
          count += readList(list++, batch, panel, group);
    EXPECT_EQ(components[1].size(), (list + 1) * sizeof(int32_t));
    return count;
  }

private:
  int64_t readList(int64_t list, int64_t batch, int64_t panel,
                   int64_t group) const {
    int64_t count = 0;
    int64_t unit = 4 * (width + 2);
    auto begin = readAt<int32_t>(components[1], list * 4);
    auto end = readAt<int32_t>(components[1], list * 4 + 4);
    for (int64_t record = begin; record < end; ++record)
      for (int64_t i = 0; i < parameters.rows; ++i)
        for (int64_t entry = 0; entry < 4; ++entry) {
          int64_t at = (record * parameters.rows + i) * unit;
          uint64_t bits = 0;
          std::memcpy(&bits, components[0].data() + at + entry * width, width);
          auto offset =
              readAt<uint16_t>(components[0], at + 4 * width + entry * 2);
          if (bits == 0) {
            EXPECT_EQ(offset, 0);
            continue;
          }
          int64_t row = group * parameters.rows + i;
          EXPECT_LT(row, batchRows);
          EXPECT_EQ(offset % parameters.stride, 0);
          EXPECT_EQ(bits, getBits(tensor, batch * batchRows + row,
                                  panel * parameters.depth +
                                      offset / parameters.stride));
          ++count;
        }
    return count;
  }

  RowRecords::Parameters parameters;
  const Components &components;
  int64_t width, batchRows, numGroups, numPanels;
  const TensorView &tensor;
};

int64_t countNonZeroBits(const TensorView &view) {
  int64_t count = 0;
  for (int64_t row : llvm::seq(view.blocked.getNumRows()))
    for (int64_t column : llvm::seq(view.blocked.getNumColumns()))
      count += getBits(view, row, column) != 0;
  return count;
}

class RowRecordsTest : public testing::TestWithParam<ElementType> {};

TEST_P(RowRecordsTest, HoldsEachNonZeroOnce) {
  std::mt19937 rng(3);
  for (int round = 0; round < 200; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    RowRecords layout(draw(tensor.getNumRows(), rng));
    ASSERT_EQ(getMessage(layout.verify(tensor.view.blocked, GetParam())), "");
    Components components = layOut(layout, tensor.view);
    EXPECT_EQ(Reader(layout, tensor.view, components).countEntries(),
              countNonZeroBits(tensor.view));
  }
}

TEST_P(RowRecordsTest, GivesTheTensorBack) {
  std::mt19937 rng(4);
  for (int round = 0; round < 200; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    RowRecords layout(draw(tensor.getNumRows(), rng));
    ASSERT_NO_FATAL_FAILURE(expectRestored(layout, tensor));
  }
}

INSTANTIATE_TEST_SUITE_P(Types, RowRecordsTest,
                         testing::ValuesIn(allElementTypes));

TEST(RowRecordsSizeTest, IsThatOfTheEntriesWherePatternsFillRecords) {
  std::mt19937 rng(5);
  TestTensor tensor =
      TestTensor::matrix(ElementType::F32, 64, 512, Values::Finite, rng);
  llvm::cantFail(recompose(tensor.getMutable(), parseSeries("2:4+1:8")));
  Components components = layOut(RowRecords({1, 2, 64, 128}), tensor.view);
  // Of 8 elements 5 are kept, each of 4 bytes and an offset of 2.
  EXPECT_EQ(components[0].size(), 64u * 512 * 5 / 8 * 6);
  // 8 panels of 32 groups.
  EXPECT_EQ(components[1].size(), (8u * 32 + 1) * 4);
}

TEST(RowRecordsThreadsTest, GiveTheSameBytes) {
  std::mt19937 rng(6);
  TestTensor tensor =
      TestTensor::matrix(ElementType::F16, 301, 4099, Values::Ties, rng);
  RowRecords layout({7, 4, 96, 48});
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(4));
  EXPECT_EQ(layOut(layout, tensor.view), layOut(layout, tensor.view, &pool));
}

TEST(RowRecordsErrorTest, ParametersAreNamed) {
  EXPECT_EQ(getMessage(RowRecords({1, 0, 1, 1}).verifyParameters()),
            "expected positive numbers of batches, rows, columns and elements");
  EXPECT_EQ(getMessage(RowRecords({1, 1, 4096, 17}).verifyParameters()),
            "expected a panel of at most 65536 elements but got 4096 x 17");
  EXPECT_EQ(
      getMessage(
          RowRecords({2, 1, 8, 8}).verify({{3, 8}, {1}}, ElementType::F32)),
      "expected rows in 2 batches but got 3 rows");
}

TEST(RowRecordsErrorTest, ComponentsAreChecked) {
  TestTensor tensor = TestTensor::of({1, 2, 3, 4, 5, 6, 7, 8}, {2, 4});
  TestTensor restored = TestTensor::zeros(ElementType::F32, {2, 4}, {1});
  RowRecords layout({1, 1, 4, 2});
  Components good = layOut(layout, tensor.view);
  auto message = [&](const Components &components) {
    return getRestoreError(layout, components, restored);
  };
  EXPECT_EQ(message(good), "");
  Components bad = good;
  bad[0].pop_back();
  EXPECT_EQ(message(bad), "expected records of 24 bytes but got 47 bytes");
  bad = good;
  bad[1][4] = 2;
  bad[1][8] = 1;
  EXPECT_EQ(message(bad), "expected begins that ascend from 0 to 2");
  bad = good;
  bad[0][16] = 1; // the offset of the first entry
  EXPECT_EQ(message(bad), "list 0: expected offsets of columns of its panel "
                          "but got 1");
}

} // namespace
