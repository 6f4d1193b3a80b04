//===- MixedSeriesTest.cpp - Series of patterns of all families -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Random tensors of every element type and layout, decomposed into terms whose
// sizes depend on their elements.
//
//===----------------------------------------------------------------------===//

#include "TestTensors.h"

#include "tasd/Sparsity/Metrics.h"

#include "llvm/Support/ThreadPool.h"

#include <cmath>
#include <cstring>

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

constexpr uint8_t none = Ownership::unowned;

/// A number that is about as large as elements of the tensor are; often 0.
std::string drawNumber(const TensorView &view, std::mt19937 &rng) {
  int64_t numColumns = view.blocked.getNumColumns();
  int64_t numElements = view.blocked.getNumRows() * numColumns;
  if (numElements == 0 || rng() % 3 == 0)
    return "0";
  int64_t at = rng() % numElements;
  double value =
      getSize(view.elementType, getBits(view, at / numColumns, at % numColumns))
          .value;
  if (!std::isfinite(value))
    return "0";
  char text[40];
  std::snprintf(text, sizeof(text), "%g", value / (1 + rng() % 40));
  return text;
}

std::string drawPattern(const TensorView &view, std::mt19937 &rng) {
  auto number = [&](int64_t most) { return std::to_string(1 + rng() % most); };
  std::string blocks = getText({{1 + rng() % 2, 2 + rng() % 9}});
  switch (rng() % 5) {
  case 0:
    return blocks;
  case 1:
    return "csr(above = " + drawNumber(view, rng) + ")";
  case 2:
    return "bsr(" + number(5) + "x" + number(5) +
           ", above = " + drawNumber(view, rng) + ")";
  case 3:
    return "tw1(" + number(8) + ", rows = " + drawNumber(view, rng) + ")" +
           (rng() % 2 ? "*" + blocks : "");
  default:
    return "tw(" + number(8) + ", columns = " + drawNumber(view, rng) +
           ", rows = " + drawNumber(view, rng) + ")" +
           (rng() % 2 ? "*" + blocks : "");
  }
}

Series drawSeries(const TensorView &view, std::mt19937 &rng) {
  std::string text = drawPattern(view, rng);
  for (int more = rng() % 3; more > 0; --more)
    text += "+" + drawPattern(view, rng);
  return parseSeries(text);
}

/// The owners, one pattern after the other.
Ownership selectStepwise(const TensorView &view, const Series &series) {
  Ownership ownership{
      view.blocked.getNumRows(), view.blocked.getNumColumns(), {}};
  ownership.owner.assign(ownership.numRows * ownership.numColumns, none);
  for (size_t term = 0; term < series.size(); ++term)
    series.getPatterns()[term]->select(view, ownership, term);
  return ownership;
}

/// The elements of some terms bit for bit, +0 elsewhere; gaps as they are.
template <typename IsTaken>
TestTensor getTaken(const TestTensor &tensor, const Ownership &ownership,
                    IsTaken &&isTaken) {
  TestTensor taken = tensor;
  std::fill(taken.memory.begin(), taken.memory.end(), char(0x5a));
  taken.view.data = taken.memory.data() + taken.origin;
  for (int64_t row = 0; row < ownership.numRows; ++row)
    for (int64_t column = 0; column < ownership.numColumns; ++column)
      setBits(taken.getMutable(), row, column,
              isTaken(ownership.owner[row * ownership.numColumns + column])
                  ? getBits(tensor.view, row, column)
                  : 0);
  return taken;
}

TestTensor getPainted(const TestTensor &tensor, char paint) {
  TestTensor painted = tensor;
  std::fill(painted.memory.begin(), painted.memory.end(), paint);
  painted.view.data = painted.memory.data() + painted.origin;
  return painted;
}

class MixedSeriesTest : public testing::TestWithParam<ElementType> {};

TEST_P(MixedSeriesTest, ComposeWritesWhatIsOwned) {
  std::mt19937 rng(81);
  for (int round = 0; round < 400; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    Series series = drawSeries(tensor.view, rng);
    Ownership ownership = llvm::cantFail(select(tensor.view, series));
    EXPECT_EQ(ownership.owner, selectStepwise(tensor.view, series).owner);
    PackedSeries packed = llvm::cantFail(pack(tensor.view, series));
    TestTensor result = getPainted(tensor, char(0x5a));
    EXPECT_EQ(getMessage(unpackInto(series, getConstBuffers(packed),
                                    result.getMutable())),
              "")
        << series.getText();
    TestTensor expected = getTaken(tensor, ownership,
                                   [](uint8_t owner) { return owner != none; });
    EXPECT_EQ(result.memory, expected.memory) << series.getText();
  }
}

/// A term reads back with the stored pattern.
TEST_P(MixedSeriesTest, StoredPatternsReadTheSameForm) {
  std::mt19937 rng(82);
  for (int round = 0; round < 100; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    Series series = drawSeries(tensor.view, rng);
    std::vector<PatternRef> patterns;
    for (const PatternRef &pattern : series.getPatterns()) {
      PatternRef stored = pattern->getStored();
      EXPECT_TRUE(!stored || !stored->getStored());
      patterns.push_back(stored ? stored : pattern);
    }
    PackedSeries packed = llvm::cantFail(pack(tensor.view, series));
    TestTensor result = getPainted(tensor, 0), expected = result;
    expected.view.data = expected.memory.data() + expected.origin;
    EXPECT_EQ(getMessage(unpackInto(series, getConstBuffers(packed),
                                    expected.getMutable())),
              "");
    EXPECT_EQ(getMessage(unpackInto(Series(patterns), getConstBuffers(packed),
                                    result.getMutable())),
              "");
    EXPECT_EQ(result.memory, expected.memory) << series.getText();
  }
}

/// The bytes of a part's component.
llvm::ArrayRef<char> getBytes(const PackedPart::Component &component,
                              const PackedComponent &whole, ElementType type,
                              llvm::ArrayRef<char> bytes) {
  int64_t width = getByteWidth(whole.elementType.value_or(type));
  int64_t numElements = 1;
  for (int64_t extent : component.shape)
    numElements *= extent;
  return bytes.slice(component.begin * width, numElements * width);
}

/// Adds a part to `tensor`, whose elements it must find zero.
void addPart(const PackedPart &part, llvm::ArrayRef<PackedComponent> all,
             const ConstTermBuffers &buffers, const MutableTensorView &tensor) {
  int64_t numRows = part.rows.size(), numColumns = part.columns.size();
  TestTensor dense =
      TestTensor::zeros(tensor.elementType, {numRows, numColumns}, {1});
  ConstTermBuffers slices;
  for (const PackedPart::Component &component : part.components)
    slices.push_back(getBytes(component, all[component.position],
                              tensor.elementType, buffers[component.position]));
  if (part.pattern) {
    part.pattern->unpack(slices, dense.getMutable());
  } else {
    ASSERT_EQ(slices.size(), 1u);
    ASSERT_EQ(slices[0].size(), dense.memory.size());
    std::memcpy(dense.memory.data(), slices[0].data(), slices[0].size());
  }
  EXPECT_GT(numRows * numColumns, 0);
  EXPECT_TRUE(llvm::is_sorted(part.rows) && llvm::is_sorted(part.columns));
  for (int64_t i = 0; i < numRows; ++i)
    for (int64_t j = 0; j < numColumns; ++j) {
      EXPECT_EQ(getBits(tensor, part.rows[i], part.columns[j]), 0u);
      setBits(tensor, part.rows[i], part.columns[j], getBits(dense.view, i, j));
    }
}

/// Of the pattern that parts have.
static std::string getText(const PatternRef &pattern) {
  return pattern ? pattern->getText() : "dense";
}

TEST_P(MixedSeriesTest, PartsMakeTheTerm) {
  std::mt19937 rng(83);
  int64_t numParts = 0;
  for (int round = 0; round < 200; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    Series series = drawSeries(tensor.view, rng);
    Ownership ownership = llvm::cantFail(select(tensor.view, series));
    PackedSeries packed = llvm::cantFail(pack(tensor.view, series));
    auto buffers = getConstBuffers(packed);
    for (auto [term, pattern] : llvm::enumerate(series.getPatterns())) {
      auto parts = pattern->getParts(tensor.view.blocked, buffers[term]);
      bool hasParts = pattern->getFamilyKeyword().starts_with("tw");
      EXPECT_TRUE(hasParts || parts.empty());
      EXPECT_EQ(pattern->getPartPattern().has_value(), hasParts);
      if (!hasParts)
        continue;
      for (const PackedPart &part : parts)
        EXPECT_EQ(getText(part.pattern), getText(*pattern->getPartPattern()));
      TestTensor sum = getPainted(tensor, 0);
      for (const PackedPart &part : parts)
        addPart(part, pattern->getPackedComponents(tensor.view.blocked),
                buffers[term], sum.getMutable());
      numParts += parts.size();
      TestTensor expected =
          getTaken(tensor, ownership,
                   [term = term](uint8_t owner) { return owner == term; });
      for (int64_t row = 0; row < tensor.getNumRows(); ++row)
        for (int64_t column = 0; column < tensor.getNumColumns(); ++column)
          EXPECT_EQ(getBits(sum.view, row, column),
                    getBits(expected.view, row, column));
    }
  }
  EXPECT_GT(numParts, 200);
}

/// Any bytes are a term or an error, and are never followed out of bounds.
TEST_P(MixedSeriesTest, BrokenTermsAreErrors) {
  std::mt19937 rng(84);
  int numErrors = 0;
  for (int round = 0; round < 400; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values::Finite, rng);
    Series series = drawSeries(tensor.view, rng);
    PackedSeries packed = llvm::cantFail(pack(tensor.view, series));
    auto &term = packed.components[rng() % packed.components.size()];
    std::vector<char> &bytes = term[rng() % term.size()];
    if (bytes.empty() || rng() % 4 == 0)
      bytes.resize(rng() % 64);
    else
      bytes[rng() % bytes.size()] = rng() % 2 ? rng() : rng() % 4;
    numErrors += !getMessage(unpackInto(series, getConstBuffers(packed),
                                        tensor.getMutable()))
                      .empty();
  }
  EXPECT_GT(numErrors, 100);
}

TEST_P(MixedSeriesTest, MetricsAreThoseOfTheOwners) {
  std::mt19937 rng(85);
  for (int round = 0; round < 50; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values::Finite, rng);
    std::vector<Series> series = {drawSeries(tensor.view, rng),
                                  parseSeries("2:4"),
                                  drawSeries(tensor.view, rng)};
    Metrics metrics = llvm::cantFail(measure(tensor.view, series));
    for (size_t i = 0; i < series.size(); ++i)
      EXPECT_EQ(
          metrics.series[i].keptNonZeros,
          llvm::count_if(llvm::cantFail(select(tensor.view, series[i])).owner,
                         [](uint8_t owner) { return owner != none; }));
  }
}

INSTANTIATE_TEST_SUITE_P(AllTypes, MixedSeriesTest,
                         testing::ValuesIn(allElementTypes),
                         [](const auto &info) {
                           return getName(info.param).str();
                         });

TEST(MixedSeriesTest, ThreadsDoNotMatter) {
  std::mt19937 rng(86);
  TestTensor tensor =
      TestTensor::matrix(ElementType::F16, 3000, 260, Values::Finite, rng);
  for (llvm::StringRef text :
       {"tw(128, columns = 2, rows = 3)+csr(above = 1000)",
        "2:4+bsr(8x16, above = 100)", "tw(32, rows = 4)*2:4+1:8+csr"}) {
    Series series = parseSeries(text);
    PackedSeries alone = llvm::cantFail(pack(tensor.view, series));
    Metrics metrics = llvm::cantFail(measure(tensor.view, series));
    llvm::StdThreadPool pool(llvm::hardware_concurrency(3));
    EXPECT_EQ(llvm::cantFail(pack(tensor.view, series, &pool)).components,
              alone.components);
    Metrics threaded = llvm::cantFail(measure(tensor.view, series, {}, &pool));
    EXPECT_EQ(threaded.series[0].droppedSquaredNorm,
              metrics.series[0].droppedSquaredNorm);
  }
}

} // namespace
