//===- TileWiseTest.cpp - Patterns of compacted tiles ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Selection against its definition, to the element, and the edge cases by name.
//
//===----------------------------------------------------------------------===//

#include "TileOracle.h"

#include "tasd/Sparsity/TileWise.h"

#include <limits>

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

constexpr uint8_t none = Ownership::unowned;
using Owners = std::vector<uint8_t>;
const float inf = std::numeric_limits<float>::infinity();
const float nan = std::numeric_limits<float>::quiet_NaN();

Owners getOwners(const TensorView &view, const Series &series) {
  return llvm::cantFail(select(view, series)).owner;
}

/// The owners of a row-major f32 tensor, blocked along the last dimension.
Owners getOwners(llvm::ArrayRef<float> values, llvm::ArrayRef<int64_t> shape,
                 llvm::StringRef series) {
  TestTensor tensor = TestTensor::of(values, shape);
  return getOwners(tensor.view, parseSeries(series));
}

/// One of the scores, so that it is a threshold that drops ties; or 0, or a
/// number between.
double drawThreshold(std::vector<double> scores, std::mt19937 &rng) {
  llvm::erase_if(scores, [](double score) { return !std::isfinite(score); });
  if (scores.empty() || rng() % 4 == 0)
    return 0;
  return scores[rng() % scores.size()] * (rng() % 3 ? 1 : 0.75);
}

/// A rule with thresholds drawn from the scores of the tensor.
TileRule drawRule(const Magnitudes &magnitudes, std::mt19937 &rng) {
  TileRule rule;
  rule.cut = rng() % 3 ? TileCut::Survivors : TileCut::Consecutive;
  rule.height = rng() % 8 == 0 ? 1000 : 1 + rng() % 9;
  rule.score = rng() % 2 ? ScoreKind::Norm : ScoreKind::RootMeanSquare;
  std::vector<double> scores;
  for (int64_t row = 0; row < magnitudes.numRows; ++row)
    scores.push_back(scoreOutput(magnitudes, row, rule.score));
  if (rule.cut == TileCut::Survivors)
    rule.outputThreshold = drawThreshold(scores, rng);
  scores.clear();
  for (const OracleTile &tile : cutByDefinition(magnitudes, rule))
    for (int64_t k = 0; k < magnitudes.numColumns; ++k)
      scores.push_back(scoreK(magnitudes, tile, k, rule.score));
  rule.kThreshold = drawThreshold(scores, rng);
  return rule;
}

/// The owners after one more term, of inner blocks where there are any.
Owners takeByDefinition(const TensorView &view, Owners owners, uint8_t term,
                        const TileRule &rule, const NMList &inner) {
  int64_t width = view.blocked.getNumColumns();
  Magnitudes magnitudes(view, owners);
  for (const OracleTile &tile : cutByDefinition(magnitudes, rule)) {
    // The tile as a tensor of its own, in double: magnitudes are all it takes.
    int64_t numColumns = tile.columns.size();
    std::vector<double> values;
    for (int64_t row : tile.rows)
      for (int64_t column : tile.columns)
        values.push_back(magnitudes.at(row, column));
    Owners taken(values.size(), 0);
    if (!inner.empty())
      taken = selectByDefinition(
          TensorView::contiguous(values.data(), ElementType::F64,
                                 {int64_t(tile.rows.size()), numColumns}, {1}),
          inner);
    for (size_t i = 0; i < values.size(); ++i)
      if (taken[i] == 0 && values[i] != 0)
        owners[tile.rows[i / numColumns] * width +
               tile.columns[i % numColumns]] = term;
  }
  return owners;
}

class TileWiseTest : public testing::TestWithParam<ElementType> {};

TEST_P(TileWiseTest, EqualsDefinition) {
  std::mt19937 rng(61);
  for (int round = 0; round < 600; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    NMList inner;
    if (rng() % 3 == 0)
      inner = {{1 + rng() % 2, 2 + rng() % 7}};
    TileRule rule = drawRule(Magnitudes(tensor.view), rng);
    PatternRef pattern = llvm::cantFail(TileWisePattern::get(
        rule, inner.empty() ? nullptr
                            : llvm::cantFail(NMPattern::get(inner[0].first,
                                                            inner[0].second))));
    EXPECT_EQ(parseSeries(pattern->getText()).getText(), pattern->getText());
    Owners free(tensor.getNumRows() * tensor.getNumColumns(), none);
    EXPECT_EQ(getOwners(tensor.view, Series({pattern})),
              takeByDefinition(tensor.view, free, 0, rule, inner))
        << pattern->getText();
  }
}

/// Scores are those of what earlier terms left.
TEST_P(TileWiseTest, TakesWhatIsLeft) {
  std::mt19937 rng(62);
  for (int round = 0; round < 200; ++round) {
    TestTensor tensor = TestTensor::random(GetParam(), Values(round % 3), rng);
    Owners first = selectByDefinition(tensor.view, {{1, 4}});
    TileRule rule = drawRule(Magnitudes(tensor.view, first), rng);
    PatternRef pattern = llvm::cantFail(TileWisePattern::get(rule));
    Series series = parseSeries("1:4+" + pattern->getText());
    EXPECT_EQ(getOwners(tensor.view, series),
              takeByDefinition(tensor.view, first, 1, rule, {}))
        << series.getText();
  }
}

INSTANTIATE_TEST_SUITE_P(AllTypes, TileWiseTest,
                         testing::ValuesIn(allElementTypes),
                         [](const auto &info) {
                           return getName(info.param).str();
                         });

TEST(TileWiseTest, WithoutThresholdsKeepsAllNonZeros) {
  EXPECT_EQ(getOwners({0, 1, 0, 0, 0, -0.0f, 2, 0, 3}, {3, 3}, "tw(2)"),
            (Owners{none, 0, none, none, none, none, 0, none, 0}));
  EXPECT_EQ(getOwners({0, 1, 0, 0}, {2, 2}, "tw1(1)"),
            (Owners{none, 0, none, none}));
}

TEST(TileWiseTest, DropsOutputsAtTheThreshold) {
  // Scores 5/2, 5/2, 6/2: a score at the threshold does not exceed it.
  const float values[] = {3, 4, -4, 3, 6, 0};
  EXPECT_EQ(getOwners(values, {3, 2}, "tw(8, columns = 2.5)"),
            (Owners{none, none, none, none, 0, none}));
  EXPECT_EQ(getOwners(values, {3, 2}, "tw(8, columns = 2.4999)"),
            (Owners{0, 0, 0, 0, 0, none}));
}

TEST(TileWiseTest, WidthReachesFromTileToTile) {
  // Outputs 0 and 2 survive; tiles of one: widths 1 and 3.
  const float values[] = {3, 9, 0, 0, 3, 9, 0, 0};
  EXPECT_EQ(getOwners(values, {4, 2}, "tw(1, rows = 2)"),
            (Owners{0, 0, none, none, none, 0, none, none}));
  // One tile of width 4: scores sqrt(18) / 4 and sqrt(162) / 4.
  EXPECT_EQ(getOwners(values, {4, 2}, "tw(2, rows = 2)"),
            (Owners{none, 0, none, none, none, 0, none, none}));
}

TEST(TileWiseTest, TilesStayWithinOuterRows) {
  // Two groups of two outputs, a tile of up to three: width 2 for both.
  const float values[] = {4, 0, 0, 0, 0, 6, 0, 0};
  EXPECT_EQ(getOwners(values, {2, 2, 2}, "tw(3, rows = 2)"),
            (Owners{none, none, none, none, none, 0, none, none}));
  // As one group of four outputs both ks score at most 1.5.
  EXPECT_EQ(getOwners(values, {4, 2}, "tw(3, rows = 2)"), Owners(8, none));
}

TEST(TileWiseTest, ThresholdsMayKeepNothing) {
  for (llvm::StringRef text : {"tw(2, columns = 1e308)", "tw(2, rows = 1e308)",
                               "tw1(2, rows = 1e308)*2:4"}) {
    EXPECT_EQ(getOwners({1, 2, 3, 4}, {2, 2}, text), Owners(4, none));
    TestTensor tensor = TestTensor::of({1, 2, 3, 4}, {2, 2});
    PackedSeries packed = llvm::cantFail(pack(tensor.view, parseSeries(text)));
    EXPECT_TRUE(packed.components[0][0].empty());
  }
}

TEST(TileWiseTest, KeepsNaNAndInfinity) {
  EXPECT_EQ(getOwners({nan, 0, 1, 1, 0, -inf}, {3, 2},
                      "tw(1, columns = 1e308, rows = 1e308)"),
            (Owners{0, none, none, none, none, 0}));
}

TEST(TileWiseTest, SmallSquaresCount) {
  double tiny[] = {1e-300, 0, 0, -5e-324};
  TensorView view = TensorView::contiguous(tiny, ElementType::F64, {2, 2}, {1});
  for (llvm::StringRef text : {"tw(2)", "tw1(2)", "bsr(2x2)", "csr"})
    EXPECT_EQ(getOwners(view, parseSeries(text)), (Owners{0, none, none, 0}));
}

TEST(TileWiseTest, InnerBlocksRunAlongKeptColumns) {
  // Columns 1 and 4 are dropped: blocks of two are {0, 2} and {3, 5}.
  EXPECT_EQ(getOwners({5, 0, 4, 3, 0, 2}, {1, 6}, "tw(1)*1:2"),
            (Owners{0, none, none, 0, none, none}));
}

TEST(TileWiseTest, SingleOutputAndSingleColumn) {
  EXPECT_EQ(getOwners({2, 1, 0}, {3}, "tw(4, rows = 1)"),
            (Owners{0, none, none}));
  EXPECT_EQ(getOwners({2, 1, 0}, {3, 1}, "tw(4, columns = 1)"),
            (Owners{0, none, none}));
}

TEST(TileWiseTest, EmptyTensors) {
  for (auto shape : {llvm::SmallVector<int64_t, 4>{0, 8}, {8, 0}, {0, 0}})
    for (llvm::StringRef text : {"tw(4)", "tw1(4)", "tw(4)*2:4"}) {
      TestTensor tensor = TestTensor::zeros(ElementType::F32, shape, {1});
      EXPECT_TRUE(getOwners(tensor.view, parseSeries(text)).empty());
      Series series = parseSeries(text);
      PackedSeries packed = llvm::cantFail(pack(tensor.view, series));
      EXPECT_EQ(getMessage(unpackInto(series, getConstBuffers(packed),
                                      tensor.getMutable())),
                "");
    }
}

TEST(TileWiseTest, Facts) {
  auto get = [](llvm::StringRef text) {
    return parseSeries(text).getPatterns().front();
  };
  EXPECT_EQ(get("tw(8)")->getMaxDensity(), std::nullopt);
  EXPECT_EQ(get("tw(8)*2:4")->getMaxDensity(), 0.5);
  EXPECT_EQ(get("tw(8)")->getBlockSize(), std::nullopt);
  EXPECT_EQ(get("tw(8)*2:4")->getBlockSize(), std::nullopt);
  EXPECT_TRUE(get("tw(8)")->keepsEverything());
  EXPECT_TRUE(get("tw(8)*4:4")->keepsEverything());
  EXPECT_FALSE(get("tw(8)*2:4")->keepsEverything());
  EXPECT_FALSE(get("tw(8, rows = 1)")->keepsEverything());
  EXPECT_FALSE(get("tw(8)")->hasFixedSize());
  EXPECT_EQ(get("tw(8)")->getStored(), nullptr);
  EXPECT_EQ(get("tw(8)*2:4")->getStored(), nullptr);
  EXPECT_EQ(get("tw(8, rows = 1)*2:4")->getStored()->getText(), "tw(8)*2:4");
  EXPECT_EQ(get("tw(8, columns = 1)")->getStored()->getText(), "tw(8)");
  EXPECT_EQ(get("tw1(8, rows = 1)")->getStored()->getText(), "tw1(8)");
  EXPECT_EQ(get("tw1(8)")->getFamilyKeyword(), "tw1");
}

TEST(TileWiseTest, Obeys) {
  auto obeys = [](llvm::ArrayRef<float> row, llvm::StringRef text) {
    TestTensor tensor = TestTensor::of(row, {int64_t(row.size())});
    return parseSeries(text).getPatterns().front()->obeys(tensor.view);
  };
  EXPECT_TRUE(obeys({1, 2, 0, nan}, "tw(1, columns = 5, rows = 3)"));
  EXPECT_TRUE(obeys({1, 2, 0, 0}, "tw(1)*2:4"));
  EXPECT_FALSE(obeys({1, 2, 0, 3}, "tw(1)*2:4"));
  EXPECT_TRUE(obeys({}, "tw(1)*2:4"));
}

} // namespace
