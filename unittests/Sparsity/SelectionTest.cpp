//===- SelectionTest.cpp - Selection against its definition ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Random tensors of every element type and layout, and the edge cases by name.
//
//===----------------------------------------------------------------------===//

#include "TestTensors.h"

#include <cmath>
#include <limits>

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

constexpr uint8_t none = Ownership::unowned;

std::vector<uint8_t> getOwners(const TensorView &view, const Series &series) {
  return llvm::cantFail(select(view, series)).owner;
}

std::vector<uint8_t> getOwners(llvm::ArrayRef<float> row,
                               llvm::StringRef series) {
  TestTensor tensor = TestTensor::of(row, {int64_t(row.size())});
  return getOwners(tensor.view, parseSeries(series));
}

using Owners = std::vector<uint8_t>;
const float inf = std::numeric_limits<float>::infinity();
const float nan = std::numeric_limits<float>::quiet_NaN();

class SelectionTest : public testing::TestWithParam<ElementType> {};

TEST_P(SelectionTest, EqualsDefinition) {
  std::mt19937 rng(1);
  for (int round = 0; round < 400; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    NMList terms = getRandomTerms(rng, 64);
    EXPECT_EQ(getOwners(tensor.view, parseSeries(getText(terms))),
              selectByDefinition(tensor.view, terms))
        << getText(terms);
  }
}

TEST_P(SelectionTest, LongRowsEqualDefinition) {
  std::mt19937 rng(2);
  // Segments of rows: cut, uncut because the blocks do not fit, ragged.
  for (const NMList &terms :
       {NMList{{2, 4}, {1, 8}}, NMList{{2, 4}}, NMList{{3, 16}, {1, 4}},
        NMList{{5, 7}, {3, 61}, {2, 59}}, NMList{{1, 4}, {1, 6}}})
    for (int64_t numColumns : {4096, 9001, 30000}) {
      TestTensor tensor =
          TestTensor::matrix(GetParam(), 2, numColumns, Values::AnyBits, rng);
      EXPECT_EQ(getOwners(tensor.view, parseSeries(getText(terms))),
                selectByDefinition(tensor.view, terms))
          << getText(terms) << " " << numColumns;
    }
}

TEST_P(SelectionTest, TermByTermEqualsWholeSeries) {
  std::mt19937 rng(3);
  for (int round = 0; round < 100; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    Series series = parseSeries(getText(getRandomTerms(rng, 64)));
    Ownership ownership = llvm::cantFail(select(tensor.view, series));
    Ownership stepwise = ownership;
    std::fill(stepwise.owner.begin(), stepwise.owner.end(), none);
    for (size_t term = 0; term < series.size(); ++term)
      series.getPatterns()[term]->select(tensor.view, stepwise, term);
    EXPECT_EQ(stepwise.owner, ownership.owner) << series.getText();
  }
}

INSTANTIATE_TEST_SUITE_P(AllTypes, SelectionTest,
                         testing::ValuesIn(allElementTypes),
                         [](const auto &info) {
                           return getName(info.param).str();
                         });

TEST(SelectionTest, OneTermKeepsTheMostMagnitude) {
  std::mt19937 rng(4);
  for (int64_t m = 1; m <= 10; ++m)
    for (int64_t n = 1; n <= m; ++n) {
      TestTensor tensor =
          TestTensor::matrix(ElementType::SI8, 1, m, Values::AnyBits, rng);
      auto sumOf = [&](uint64_t subset) {
        long double sum = 0;
        for (int64_t i = 0; i < m; ++i)
          if (subset >> i & 1)
            sum += getSize(ElementType::SI8, getBits(tensor.view, 0, i)).value;
        return sum;
      };
      long double best = 0;
      for (uint64_t subset = 0; subset < uint64_t(1) << m; ++subset)
        if (__builtin_popcountll(subset) <= n)
          best = std::max(best, sumOf(subset));
      uint64_t kept = 0;
      Owners owners = getOwners(tensor.view, parseSeries(getText({{n, m}})));
      for (int64_t i = 0; i < m; ++i)
        kept |= uint64_t(owners[i] == 0) << i;
      EXPECT_LE(__builtin_popcountll(kept), n);
      EXPECT_EQ(sumOf(kept), best);
    }
}

TEST(SelectionTest, LowerIndexWinsTies) {
  EXPECT_EQ(getOwners({1, -1, 1, 1}, "2:4"), (Owners{0, 0, none, none}));
  EXPECT_EQ(getOwners({1, 2, -2, 2}, "2:4"), (Owners{none, 0, 0, none}));
  EXPECT_EQ(getOwners({1, 1, 1, 1}, "1:4+2:4"), (Owners{0, 1, 1, none}));
}

TEST(SelectionTest, RaggedLastBlock) {
  EXPECT_EQ(getOwners({1, 2, 3, 4, 5, 6}, "1:4"),
            (Owners{none, none, none, 0, none, 0}));
  EXPECT_EQ(getOwners({7}, "2:4"), (Owners{0}));
}

TEST(SelectionTest, ZerosAreNeverOwned) {
  EXPECT_EQ(getOwners({0.0f, -0.0f, 0.0f, -0.0f}, "4:4"), Owners(4, none));
  EXPECT_EQ(getOwners({-0.0f, 3, 0.0f, -0.0f}, "2:4"),
            (Owners{none, 0, none, none}));
}

TEST(SelectionTest, DenseKeepsAllNonZeros) {
  EXPECT_EQ(getOwners({1, 0, -2, 3}, "4:4"), (Owners{0, none, 0, 0}));
  EXPECT_EQ(getOwners({1, 0, -2}, "1:1"), (Owners{0, none, 0}));
}

TEST(SelectionTest, NaNAboveInfinityAboveFinite) {
  EXPECT_EQ(getOwners({inf, 1e38f, nan, -inf}, "1:4"),
            (Owners{none, none, 0, none}));
  EXPECT_EQ(getOwners({inf, 1e38f, -nan, -inf}, "1:4+1:4+1:4"),
            (Owners{1, none, 0, 2}));
  EXPECT_EQ(getOwners({-nan, nan, inf, inf}, "1:4"),
            (Owners{0, none, none, none}));
}

TEST(SelectionTest, NaNPayloadsAreEqual) {
  TestTensor tensor = TestTensor::zeros(ElementType::F32, {4}, {0});
  uint32_t bits[] = {0x7f800001, 0xffffffff, 0x7fc00000, 0xff800001};
  std::memcpy(tensor.memory.data(), bits, sizeof(bits));
  EXPECT_EQ(getOwners(tensor.view, parseSeries("2:4")),
            (Owners{0, 0, none, none}));
}

TEST(SelectionTest, IntegersBySignedness) {
  uint8_t bytes[] = {0x80, 0x7f, 0xff, 0x01};
  auto owners = [&](ElementType type) {
    return getOwners(TensorView::contiguous(bytes, type, {4}, {0}),
                     parseSeries("1:4"));
  };
  EXPECT_EQ(owners(ElementType::SI8), (Owners{0, none, none, none}));
  EXPECT_EQ(owners(ElementType::UI8), (Owners{none, none, 0, none}));
  uint32_t words[] = {0x7fffffff, 0x80000000, 0xffffffff, 1};
  auto wideOwners = [&](ElementType type) {
    return getOwners(TensorView::contiguous(words, type, {4}, {0}),
                     parseSeries("1:4"));
  };
  EXPECT_EQ(wideOwners(ElementType::SI32), (Owners{none, 0, none, none}));
  EXPECT_EQ(wideOwners(ElementType::UI32), (Owners{none, none, 0, none}));
}

TEST(SelectionTest, SubnormalsCount) {
  float tiny = std::numeric_limits<float>::denorm_min();
  EXPECT_EQ(getOwners({0, -tiny, 2 * tiny, 0}, "1:4+1:4"),
            (Owners{none, 1, 0, none}));
}

TEST(SelectionTest, CoarseFirstIsNotFineFirst) {
  const float row[] = {8, 7, 6, 5, 1, 0, 0, 0};
  EXPECT_EQ(getOwners(row, "1:4+1:8"),
            (Owners{0, 1, none, none, 0, none, none, none}));
  EXPECT_EQ(getOwners(row, "1:8+1:4"),
            (Owners{0, 1, none, none, 1, none, none, none}));
  EXPECT_EQ(getOwners({9, 8, 0, 0, 7, 6, 0, 0}, "2:8+1:4"),
            (Owners{0, 0, none, none, 1, none, none, none}));
}

TEST(SelectionTest, BlocksThatDoNotNest) {
  const float row[] = {4, 3, 2, 1, 9, 8, 7, 6, 5, 4, 3, 2};
  EXPECT_EQ(getOwners(row, "1:4+1:6"),
            (Owners{0, none, none, none, 0, 1, 1, none, 0, none, none, none}));
}

TEST(SelectionTest, EmptyTensors) {
  for (auto shape : {llvm::SmallVector<int64_t, 4>{0, 8}, {8, 0}, {0, 0}}) {
    TestTensor tensor = TestTensor::zeros(ElementType::F16, shape, {1});
    EXPECT_TRUE(getOwners(tensor.view, parseSeries("2:4")).empty());
  }
}

TEST(SelectionTest, BroadcastStrides) {
  float row[] = {1, 3, 2, 0};
  TensorView view = TensorView::contiguous(row, ElementType::F32, {3, 4}, {1});
  view.strides = {0, 1};
  Owners once{none, 0, 0, none}, thrice;
  for (int i = 0; i < 3; ++i)
    thrice.insert(thrice.end(), once.begin(), once.end());
  EXPECT_EQ(getOwners(view, parseSeries("2:4")), thrice);
}

TEST(SelectionTest, ObeysCountsNonZerosOfBlocks) {
  auto obeys = [](llvm::ArrayRef<float> row, llvm::StringRef pattern) {
    TestTensor tensor = TestTensor::of(row, {int64_t(row.size())});
    return parseSeries(pattern).getPatterns().front()->obeys(tensor.view);
  };
  EXPECT_TRUE(obeys({1, 0, 2, -0.0f, 0, nan}, "2:4"));
  EXPECT_FALSE(obeys({1, 0, 2, 3, 0, 0}, "2:4"));
  EXPECT_FALSE(obeys({1, 0, 0, 0, 5, 6}, "1:4"));
  EXPECT_TRUE(obeys({1, 2, 3}, "1:1"));
  EXPECT_TRUE(obeys({}, "1:4"));
}

TEST(SelectionTest, ReportsInvalidViews) {
  TestTensor tensor = TestTensor::of({1, 2}, {2});
  tensor.view.blocked.along = {3};
  EXPECT_EQ(getMessage(select(tensor.view, parseSeries("2:4"))),
            "expected 0 <= blocked dimension < 1 but got 3");
}

} // namespace
