//===- BSRTest.cpp - Patterns of blocks and of single elements ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Selection against its definition, to the element, the packed form, and the
// edge cases by name.
//
//===----------------------------------------------------------------------===//

#include "TileOracle.h"

#include "tasd/Sparsity/BSR.h"

#include <cmath>
#include <cstring>
#include <limits>

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

constexpr uint8_t none = Ownership::unowned;
using Owners = std::vector<uint8_t>;
const float inf = std::numeric_limits<float>::infinity();
const float nan = std::numeric_limits<float>::quiet_NaN();

Owners getOwners(llvm::ArrayRef<float> values, llvm::ArrayRef<int64_t> shape,
                 llvm::StringRef series) {
  TestTensor tensor = TestTensor::of(values, shape);
  return llvm::cantFail(select(tensor.view, parseSeries(series))).owner;
}

template <typename T> std::vector<T> read(const std::vector<char> &bytes) {
  std::vector<T> numbers(bytes.size() / sizeof(T));
  std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

class BSRTest : public testing::TestWithParam<ElementType> {};

TEST_P(BSRTest, EqualsDefinition) {
  std::mt19937 rng(71);
  for (int round = 0; round < 300; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    Owners first(tensor.getNumRows() * tensor.getNumColumns(), none);
    bool isSecond = rng() % 2;
    if (isSecond)
      first = selectByDefinition(tensor.view, {{1, 4}});
    Magnitudes magnitudes(tensor.view, first);
    BSRRule rule;
    rule.numRows = 1 + rng() % 5;
    rule.numColumns = 1 + rng() % 5;
    if (rng() % 3 == 0)
      rule.numRows = rule.numColumns = 1;
    // The magnitude of an element is the threshold at which it is dropped.
    if (!magnitudes.values.empty() && rng() % 4)
      rule.threshold = magnitudes.values[rng() % magnitudes.values.size()];
    if (!std::isfinite(rule.threshold))
      rule.threshold = 0;
    PatternRef pattern = llvm::cantFail(BSRPattern::get(rule));
    std::string text = (isSecond ? "1:4+" : "") + pattern->getText();
    Owners expected = first;
    std::vector<bool> kept = keepBlocksByDefinition(
        magnitudes, rule.numRows, rule.numColumns, rule.threshold);
    for (size_t i = 0; i < kept.size(); ++i)
      if (kept[i])
        expected[i] = isSecond;
    EXPECT_EQ(llvm::cantFail(select(tensor.view, parseSeries(text))).owner,
              expected)
        << text;
  }
}

INSTANTIATE_TEST_SUITE_P(AllTypes, BSRTest, testing::ValuesIn(allElementTypes),
                         [](const auto &info) {
                           return getName(info.param).str();
                         });

TEST(BSRTest, ElementsAboveTheThreshold) {
  EXPECT_EQ(getOwners({1, -2, 3, 0, nan, -inf}, {6}, "csr(above = 2)"),
            (Owners{none, none, 0, none, 0, 0}));
  EXPECT_EQ(getOwners({1, -0.0f, 3, 0}, {4}, "csr"),
            (Owners{0, none, 0, none}));
}

TEST(BSRTest, BlocksAboveTheThreshold) {
  // Norms 5 and 10, over a root of 4.
  const float values[] = {3, 0, 6, 0, 0, 4, 0, 8};
  EXPECT_EQ(getOwners(values, {2, 4}, "bsr(2x2, above = 2.5)"),
            (Owners{none, none, 0, none, none, none, none, 0}));
  EXPECT_EQ(getOwners(values, {2, 4}, "bsr(2x2, above = 5)"), Owners(8, none));
}

TEST(BSRTest, RaggedBlocksCountAsPadded) {
  // The last block holds one element of four: 4 / 2.
  EXPECT_EQ(getOwners({0, 0, 4}, {1, 3}, "bsr(2x2, above = 1.9)"),
            (Owners{none, none, 0}));
  EXPECT_EQ(getOwners({0, 0, 4}, {1, 3}, "bsr(2x2, above = 2)"),
            Owners(3, none));
}

TEST(BSRTest, BlocksStayWithinOuterRows) {
  // Groups of one output: the two do not add up to one block.
  EXPECT_EQ(getOwners({2, 2}, {2, 1, 1}, "bsr(2x1, above = 1.5)"),
            Owners(2, none));
  EXPECT_EQ(getOwners({2, 2}, {2, 1}, "bsr(2x1, above = 1.5)"), Owners(2, 0));
}

TEST(BSRTest, PackedForm) {
  TestTensor tensor = TestTensor::of(
      {1, 2, 0, 0, 0, /**/ 3, -0.0f, 0, 0, 4, /**/ 0, 0, 5, 6, 0}, {3, 5});
  PackedSeries packed =
      llvm::cantFail(pack(tensor.view, parseSeries("bsr(2x2)")));
  const auto &components = packed.components.front();
  EXPECT_EQ(read<float>(components[0]),
            (std::vector<float>{1, 2, 3, 0, 0, 0, 4, 0, 5, 6, 0, 0}));
  EXPECT_EQ(read<int32_t>(components[1]), (std::vector<int32_t>{0, 2, 1}));
  EXPECT_EQ(read<int64_t>(components[2]), (std::vector<int64_t>{0, 2, 3}));
}

/// Nothing is stored beyond the tensor, while norms are of whole blocks.
TEST(BSRTest, LargerThanTheTensor) {
  const float values[] = {1, 0, 2, /**/ 0, 3, 0};
  TestTensor tensor = TestTensor::of(values, {2, 3});
  PackedSeries packed =
      llvm::cantFail(pack(tensor.view, parseSeries("bsr(65536x65536)")));
  const auto &components = packed.components.front();
  EXPECT_EQ(read<float>(components[0]), (std::vector<float>{1, 0, 2, 0, 3, 0}));
  EXPECT_EQ(read<int32_t>(components[1]), std::vector<int32_t>{0});
  EXPECT_EQ(read<int64_t>(components[2]), (std::vector<int64_t>{0, 1}));
  EXPECT_EQ(getOwners({3, 4}, {1, 2}, "bsr(2x2, above = 2.4)"), Owners(2, 0));
  EXPECT_EQ(getOwners({3, 4}, {1, 2}, "bsr(2x2, above = 2.5)"),
            Owners(2, none));
}

/// Rows of blocks end with an outer row dimension, and are no higher.
TEST(BSRTest, HigherThanAGroup) {
  const float values[] = {1, 0, /**/ 0, 2, /**/ 3, 0, /**/ 0, 4};
  TestTensor tensor = TestTensor::of(values, {2, 2, 2});
  PackedSeries packed =
      llvm::cantFail(pack(tensor.view, parseSeries("bsr(5x1)")));
  EXPECT_EQ(read<float>(packed.components.front()[0]),
            (std::vector<float>{1, 0, 0, 2, 3, 0, 0, 4}));
}

TEST(BSRTest, ComponentShapes) {
  using Shape = llvm::SmallVector<int64_t, 4>;
  constexpr int64_t any = PackedComponent::dataDependentExtent;
  auto components = parseSeries("bsr(4x2)")
                        .getPatterns()
                        .front()
                        ->getPackedComponents({{3, 10, 7}, {2}});
  ASSERT_EQ(components.size(), 3u);
  EXPECT_EQ(components[0].name, "values");
  EXPECT_EQ(components[0].elementType, std::nullopt);
  EXPECT_EQ(components[0].shape, Shape{any});
  EXPECT_EQ(components[1].name, "columns");
  EXPECT_EQ(components[1].elementType, ElementType::SI32);
  EXPECT_EQ(components[1].shape, Shape{any});
  EXPECT_EQ(components[2].name, "begins");
  EXPECT_EQ(components[2].elementType, ElementType::SI64);
  EXPECT_EQ(components[2].shape, Shape{3 * 3 + 1});
}

TEST(BSRTest, Facts) {
  auto get = [](llvm::StringRef text) {
    return parseSeries(text).getPatterns().front();
  };
  EXPECT_EQ(get("csr")->getMaxDensity(), std::nullopt);
  EXPECT_EQ(get("bsr(2x4)")->getBlockSize(), std::nullopt);
  EXPECT_TRUE(get("csr")->keepsEverything());
  EXPECT_FALSE(get("csr(above = 1)")->keepsEverything());
  EXPECT_FALSE(get("csr")->hasFixedSize());
  EXPECT_EQ(get("csr")->getStored(), nullptr);
  EXPECT_EQ(get("csr(above = 1)")->getStored()->getText(), "csr");
  EXPECT_EQ(get("bsr(2x4, above = 1)")->getStored()->getText(), "bsr(2x4)");
  EXPECT_EQ(get("csr")->getFamilyKeyword(), "bsr");
  EXPECT_TRUE(get("csr")->obeys(TestTensor::of({1, 2}, {2}).view));
}

} // namespace
