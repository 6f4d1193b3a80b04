//===- PackingTest.cpp - Packed series ------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The packed form against its definition, round trips, threads and error paths.
//
//===----------------------------------------------------------------------===//

#include "TestTensors.h"

#include "llvm/Support/ThreadPool.h"

#include <limits>

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

using Bytes = std::vector<char>;

PackedSeries packed(const TensorView &view, llvm::StringRef series) {
  return llvm::cantFail(pack(view, parseSeries(series)));
}

class PackingTest : public testing::TestWithParam<ElementType> {};

TEST_P(PackingTest, EqualsDefinition) {
  std::mt19937 rng(11);
  for (int round = 0; round < 400; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    NMList terms = getRandomTerms(rng, 64);
    EXPECT_EQ(packed(tensor.view, getText(terms)).components,
              packByDefinition(tensor.view, terms).components)
        << getText(terms);
  }
}

TEST_P(PackingTest, LongRowsEqualDefinition) {
  std::mt19937 rng(12);
  for (const NMList &terms :
       {NMList{{2, 4}, {1, 8}}, NMList{{3, 16}, {1, 4}}, NMList{{9, 32}},
        NMList{{5, 7}, {3, 61}, {2, 59}}, NMList{{1, 2}, {2, 64}}})
    for (int64_t numColumns : {4096, 9001}) {
      TestTensor tensor =
          TestTensor::matrix(GetParam(), 3, numColumns, Values::AnyBits, rng);
      EXPECT_EQ(packed(tensor.view, getText(terms)).components,
                packByDefinition(tensor.view, terms).components)
          << getText(terms) << " " << numColumns;
    }
}

TEST_P(PackingTest, FusedEqualsTermByTerm) {
  std::mt19937 rng(13);
  for (int round = 0; round < 100; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    Series series = parseSeries(getText(getRandomTerms(rng, 64)));
    PackedSeries fused = llvm::cantFail(pack(tensor.view, series));
    PackedSeries stepwise = fused;
    Ownership ownership = llvm::cantFail(select(tensor.view, series));
    std::vector<TermBuffers> buffers = getBuffers(stepwise);
    for (size_t term = 0; term < series.size(); ++term) {
      for (llvm::MutableArrayRef<char> buffer : buffers[term])
        std::fill(buffer.begin(), buffer.end(), char(0xa5));
      series.getPatterns()[term]->pack(tensor.view, ownership, term,
                                       buffers[term]);
    }
    EXPECT_EQ(stepwise.components, fused.components) << series.getText();
  }
}

/// Composing gives the owned elements bit for bit, +0 elsewhere, and touches
/// nothing outside the tensor.
TEST_P(PackingTest, UnpackWritesWhatIsOwned) {
  std::mt19937 rng(14);
  for (int round = 0; round < 200; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    Series series = parseSeries(getText(getRandomTerms(rng, 64)));
    PackedSeries terms = llvm::cantFail(pack(tensor.view, series));
    Ownership ownership = llvm::cantFail(select(tensor.view, series));
    TestTensor expected = tensor;
    std::fill(expected.memory.begin(), expected.memory.end(), char(0x5a));
    expected.view.data = expected.memory.data() + expected.origin;
    TestTensor result = expected;
    result.view.data = result.memory.data() + result.origin;
    int64_t numColumns = tensor.getNumColumns();
    for (int64_t row = 0; row < tensor.getNumRows(); ++row)
      for (int64_t column = 0; column < numColumns; ++column) {
        uint8_t owner = ownership.owner[row * numColumns + column];
        setBits(expected.getMutable(), row, column,
                owner == Ownership::unowned
                    ? 0
                    : getBits(tensor.view, row, column));
      }
    EXPECT_EQ(getMessage(unpackInto(series, getConstBuffers(terms),
                                    result.getMutable())),
              "");
    EXPECT_EQ(result.memory, expected.memory) << series.getText();
  }
}

TEST_P(PackingTest, ThreadsDoNotMatter) {
  std::mt19937 rng(15);
  TestTensor tensor =
      TestTensor::matrix(GetParam(), 3000, 260, Values::AnyBits, rng);
  Series series = parseSeries("2:4+1:8");
  PackedSeries alone = llvm::cantFail(pack(tensor.view, series));
  std::vector<uint8_t> owners =
      llvm::cantFail(select(tensor.view, series)).owner;
  for (unsigned threads : {1, 2, 5}) {
    llvm::StdThreadPool pool(llvm::hardware_concurrency(threads));
    EXPECT_EQ(llvm::cantFail(pack(tensor.view, series, &pool)).components,
              alone.components);
    EXPECT_EQ(llvm::cantFail(select(tensor.view, series, &pool)).owner, owners);
    TestTensor result = TestTensor::zeros(GetParam(), {3000, 260}, {1});
    TestTensor expected = result;
    expected.view.data = expected.memory.data();
    result.view.data = result.memory.data();
    EXPECT_EQ(getMessage(unpackInto(series, getConstBuffers(alone),
                                    expected.getMutable())),
              "");
    EXPECT_EQ(getMessage(unpackInto(series, getConstBuffers(alone),
                                    result.getMutable(), &pool)),
              "");
    EXPECT_EQ(result.memory, expected.memory);
  }
}

INSTANTIATE_TEST_SUITE_P(AllTypes, PackingTest,
                         testing::ValuesIn(allElementTypes),
                         [](const auto &info) {
                           return getName(info.param).str();
                         });

TEST(PackingTest, ByHand) {
  uint8_t row[] = {0, 9, 0, 7, 5, 0, 0, 0, 1, 2, 3};
  TensorView view = TensorView::contiguous(row, ElementType::UI8, {11}, {0});
  PackedSeries series = packed(view, "2:4");
  // Indices 1,3 | 0,1 (empty slot) | 1,2, two bits each, lowest first.
  EXPECT_EQ(series.components[0][0], (Bytes{9, 7, 5, 0, 2, 3}));
  EXPECT_EQ(series.components[0][1], (Bytes{char(0b01001101), char(0b1001)}));
}

TEST(PackingTest, SlotsMayPointPastTheEnd) {
  uint8_t row[] = {0, 0, 0, 0, 6};
  TensorView view = TensorView::contiguous(row, ElementType::UI8, {5}, {0});
  PackedSeries series = packed(view, "3:4");
  EXPECT_EQ(series.components[0][0], (Bytes{0, 0, 0, 6, 0, 0}));
  EXPECT_EQ(series.components[0][1], (Bytes{char(0b00100100), char(0b1001)}));
}

TEST(PackingTest, EmptySlotsOfLaterTermsTakeLowestFreeIndices) {
  uint8_t row[] = {5, 4, 0, 0};
  TensorView view = TensorView::contiguous(row, ElementType::UI8, {4}, {0});
  PackedSeries series = packed(view, "1:4+2:4");
  EXPECT_EQ(series.components[0][0], (Bytes{5}));
  EXPECT_EQ(series.components[1][0], (Bytes{0, 4}));
  EXPECT_EQ(series.components[1][1], (Bytes{0b0100}));
}

TEST(PackingTest, DenseHasTrivialIndices) {
  uint8_t row[] = {1, 2, 3};
  TensorView view = TensorView::contiguous(row, ElementType::UI8, {3}, {0});
  PackedSeries ones = packed(view, "1:1");
  EXPECT_EQ(ones.components[0][0], (Bytes{1, 2, 3}));
  EXPECT_EQ(ones.components[0][1], Bytes());
  PackedSeries dense = packed(view, "4:4");
  EXPECT_EQ(dense.components[0][0], (Bytes{1, 2, 3, 0}));
  EXPECT_EQ(dense.components[0][1], (Bytes{char(0b11100100)}));
}

TEST(PackingTest, ComponentShapes) {
  BlockedShape shape{{10, 3, 7}, {2, 0}};
  auto components =
      parseSeries("2:4").getPatterns().front()->getPackedComponents(shape);
  ASSERT_EQ(components.size(), 2u);
  EXPECT_EQ(components[0].name, "values");
  EXPECT_EQ(components[0].elementType, std::nullopt);
  EXPECT_EQ(components[0].shape, (llvm::SmallVector<int64_t, 4>{3, 36}));
  EXPECT_EQ(components[0].getNumBytes(ElementType::F16), 216);
  EXPECT_EQ(components[1].name, "metadata");
  EXPECT_EQ(components[1].elementType, ElementType::SI8);
  EXPECT_EQ(components[1].shape, (llvm::SmallVector<int64_t, 4>{3, 9}));
  shape.shape[1] = std::numeric_limits<int64_t>::min();
  components =
      parseSeries("2:4").getPatterns().front()->getPackedComponents(shape);
  EXPECT_EQ(components[0].shape.front(), std::numeric_limits<int64_t>::min());
}

TEST(PackingTest, IndexBits) {
  auto bits = [](int64_t m) {
    auto pattern = llvm::cantFail(NMPattern::get(1, m));
    return static_cast<const NMPattern &>(*pattern).getIndexBits();
  };
  EXPECT_EQ(bits(1), 0u);
  EXPECT_EQ(bits(2), 1u);
  EXPECT_EQ(bits(3), 2u);
  EXPECT_EQ(bits(4), 2u);
  EXPECT_EQ(bits(5), 3u);
  EXPECT_EQ(bits(33), 6u);
  EXPECT_EQ(bits(64), 6u);
}

TEST(PackingTest, ReportsWrongBuffers) {
  TestTensor tensor = TestTensor::of({1, 2, 3, 4, 5, 6, 7, 8}, {1, 8});
  Series series = parseSeries("2:4+1:8");
  PackedSeries good = llvm::cantFail(pack(tensor.view, series));
  auto packError = [&](llvm::ArrayRef<TermBuffers> buffers) {
    return getMessage(packInto(tensor.view, series, buffers));
  };
  std::vector<TermBuffers> buffers = getBuffers(good);
  EXPECT_EQ(packError(buffers), "");
  EXPECT_EQ(packError(llvm::ArrayRef(buffers).drop_back()),
            "expected buffers for 2 terms but got 1");
  buffers[1][0] = buffers[1][0].drop_back();
  EXPECT_EQ(packError(buffers),
            "expected 4 bytes of values but got 3 for term 1 (1:8)");
  buffers = getBuffers(good);
  buffers[0].pop_back();
  EXPECT_EQ(packError(buffers),
            "expected 2 buffers but got 1 for term 0 (2:4)");
}

TEST(PackingTest, UnpackReportsErrors) {
  TestTensor tensor = TestTensor::of({1, 2, 3, 4}, {4});
  Series series = parseSeries("2:4");
  PackedSeries good = llvm::cantFail(pack(tensor.view, series));
  std::vector<ConstTermBuffers> buffers = getConstBuffers(good);
  buffers[0][1] = {};
  EXPECT_EQ(getMessage(unpackInto(series, buffers, tensor.getMutable())),
            "expected 1 bytes of metadata but got 0 for term 0 (2:4)");
  MutableTensorView view = tensor.getMutable();
  view.strides.clear();
  EXPECT_EQ(getMessage(unpackInto(series, getConstBuffers(good), view)),
            "expected 1 strides but got 0");
}

TEST(PackingTest, PackReportsInvalidViews) {
  TestTensor tensor = TestTensor::of({1, 2, 3, 4}, {4});
  tensor.view.blocked.along = {};
  EXPECT_EQ(getMessage(pack(tensor.view, parseSeries("2:4"))),
            "expected at least one blocked dimension");
}

/// Indices past the end come with +0 only, but a corrupt one is not followed.
TEST(PackingTest, UnpackDoesNotFollowIndicesPastTheEnd) {
  Series series = parseSeries("2:4");
  Bytes values{7, 9}, metadata{char(0b1100)};
  Bytes memory(3, char(1));
  MutableTensorView view{memory.data(), ElementType::UI8, {{2}, {0}}, {1}};
  EXPECT_EQ(
      getMessage(unpackInto(series, ConstTermBuffers{values, metadata}, view)),
      "");
  EXPECT_EQ(memory, (Bytes{7, 0, 1}));
}

} // namespace
