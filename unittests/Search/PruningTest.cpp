//===- PruningTest.cpp - Thresholds for all layers together ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Pruning.h"

#include "PruningByDefinition.h"

#include "tasd/Sparsity/Packing.h"

#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"

#include <limits>

using namespace tasd;
using namespace tasd::search;
using namespace tasd::search::test;
using tasd::sparsity::ScoreKind;

static PruningOptions getOptions(double sparsity) {
  PruningOptions options;
  options.sparsity = sparsity;
  return options;
}

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

/// The mistake's option and what was expected; empty if there is none.
static std::string getMistake(llvm::StringRef name,
                              const PruningOptions &options) {
  auto mistake = findPruning(name)->findMistake(options);
  return mistake ? mistake->option.str() + ": " + mistake->message : "";
}

TEST(PruningOptionsTest, Names) {
  for (const Pruning &pruning : getPrunings())
    EXPECT_EQ(findPruning(pruning.name), &pruning);
  EXPECT_EQ(findPruning("uniform"), nullptr);
}

TEST(PruningOptionsTest, Shares) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Pruning &pruning : getPrunings()) {
    for (double sparsity : {0.0, 0.5, 0.95})
      EXPECT_EQ(getMistake(pruning.name, getOptions(sparsity)), "");
    EXPECT_EQ(getMistake(pruning.name, getOptions(1)),
              "sparsity: expected a share of at least 0 and below 1 but got 1");
    EXPECT_EQ(
        getMistake(pruning.name, getOptions(-0.5)),
        "sparsity: expected a share of at least 0 and below 1 but got -0.5");
    EXPECT_EQ(
        getMistake(pruning.name, getOptions(nan)),
        "sparsity: expected a share of at least 0 and below 1 but got nan");
  }
  PruningOptions options = getOptions(0.98);
  options.delta = 0.02;
  EXPECT_EQ(getMistake("tile-wise", options),
            "delta: expected less than 1 together with a sparsity of 0.98 but "
            "got 0.02");
  options.delta = -1;
  EXPECT_EQ(getMistake("tile-wise", options),
            "delta: expected a share of at least 0 but got -1");
  EXPECT_EQ(getMistake("vector-wise", getOptions(0.98)),
            "sparsity: expected a share that leaves 1 of 16 elements but got "
            "0.98");
}

TEST(PruningOptionsTest, Foreign) {
  PruningOptions options = getOptions(0.5);
  options.granularity = 0;
  EXPECT_EQ(getMistake("tile-wise", options),
            "granularity: expected at least 1 but got 0");
  EXPECT_EQ(getMistake("element-wise", options),
            "granularity: expected none for strategy 'element-wise'");
  options = getOptions(0.5);
  options.delta = 0.02;
  EXPECT_EQ(getMistake("block-wise", options),
            "delta: expected none for strategy 'block-wise'");
  options = getOptions(0.5);
  options.inner = "2:4";
  EXPECT_EQ(getMistake("vector-wise", options),
            "inner: expected none for strategy 'vector-wise'");
  options = getOptions(0.5);
  options.score = ScoreKind::RootMeanSquare;
  EXPECT_EQ(getMistake("block-wise", options),
            "score: expected none for strategy 'block-wise'");
}

TEST(PruningOptionsTest, Texts) {
  auto getText = [](llvm::StringRef name, const PruningOptions &options) {
    EXPECT_EQ(getMistake(name, options), "");
    return findPruning(name)->getSeriesText(options);
  };
  PruningOptions options = getOptions(0.75);
  EXPECT_EQ(getText("tile-wise", options), "tw(128)");
  EXPECT_EQ(getText("tile-wise-columns", options), "tw1(128)");
  EXPECT_EQ(getText("element-wise", options), "csr");
  EXPECT_EQ(getText("block-wise", options), "bsr(32x32)");
  EXPECT_EQ(getText("vector-wise", options), "4:16");
  options.granularity = 64;
  EXPECT_EQ(getText("block-wise", options), "bsr(64x64)");
  EXPECT_EQ(getText("vector-wise", options), "16:64");
  options.inner = "2:4";
  options.delta = 0.02;
  EXPECT_EQ(getText("tile-wise", options), "tw(64)*2:4+csr");
  options.score = ScoreKind::RootMeanSquare;
  EXPECT_EQ(getText("tile-wise", options), "tw(64, score = rms)*2:4+csr");
}

//===----------------------------------------------------------------------===//
// Series
//===----------------------------------------------------------------------===//

static sparsity::Series parse(llvm::StringRef text) {
  return llvm::cantFail(
      sparsity::PatternRegistry::createWithBuiltins().parseSeries(text));
}

/// What a pruning chooses; fails the test on errors.
static sparsity::Series choose(llvm::ArrayRef<PrunedLayer> layers,
                               llvm::StringRef name,
                               const PruningOptions &options) {
  EXPECT_EQ(getMistake(name, options), "");
  sparsity::Series series = parse(findPruning(name)->getSeriesText(options));
  return llvm::cantFail(prune(layers, series, options));
}

/// Which elements a series keeps of each layer.
static Masks getMasks(llvm::ArrayRef<PrunedLayer> layers,
                      const sparsity::Series &series) {
  Masks masks;
  for (const PrunedLayer &layer : layers) {
    sparsity::Ownership ownership =
        llvm::cantFail(select(layer.weights, series));
    for (uint8_t owner : ownership.owner)
      masks[layer.name].push_back(owner != sparsity::Ownership::unowned);
  }
  return masks;
}

/// The share of elements that are left out.
static double getSparsity(const Masks &masks) {
  int64_t numKept = 0, numElements = 0;
  for (const auto &[name, mask] : masks) {
    numKept += llvm::count(mask, true);
    numElements += static_cast<int64_t>(mask.size());
  }
  return 1 - double(numKept) / double(numElements);
}

/// The thresholds in the text of a series, to the bit.
static std::vector<double> readThresholds(llvm::StringRef text) {
  std::vector<double> thresholds;
  for (size_t at = text.find("= "); at != text.npos; at = text.find("= ")) {
    text = text.drop_front(at + 2);
    if (text.consume_front("rms"))
      continue;
    thresholds.push_back(std::stod(
        text.take_until([](char c) { return c == ',' || c == ')'; }).str()));
  }
  return thresholds;
}

/// Expects the thresholds of the definition and the elements that they keep.
static void expectPruned(const TestModel &model, const sparsity::Series &series,
                         Pruned expected) {
  // A threshold of 0 is not written.
  llvm::erase(expected.thresholds, 0.0);
  EXPECT_EQ(readThresholds(series.getText()), expected.thresholds)
      << series.getText();
  // Zeros are never kept.
  EXPECT_TRUE(getMasks(model.getLayers(), series) ==
              model.withoutZeros(expected.masks))
      << series.getText();
}

namespace {
class PruningDefinitionTest : public testing::TestWithParam<unsigned> {
protected:
  TestModel model{GetParam()};
};
} // namespace

constexpr double kSparsities[] = {0.1, 0.5, 0.75, 0.9, 0.98};

TEST_P(PruningDefinitionTest, TileWise) {
  for (double sparsity : kSparsities)
    for (int64_t granularity : {1, 4, 7, 128}) {
      PruningOptions options = getOptions(sparsity);
      options.granularity = granularity;
      for (ScoreKind score : {ScoreKind::Norm, ScoreKind::RootMeanSquare}) {
        options.score = score;
        expectPruned(
            model, choose(model.getLayers(), "tile-wise", options),
            model.pruneTiles(sparsity, granularity, /*hasRows=*/true, score));
        expectPruned(
            model, choose(model.getLayers(), "tile-wise-columns", options),
            model.pruneTiles(sparsity, granularity, /*hasRows=*/false, score));
      }
    }
}

TEST_P(PruningDefinitionTest, Overlay) {
  for (double sparsity : {0.5, 0.75, 0.9})
    for (double delta : {0.01, 0.05}) {
      PruningOptions options = getOptions(sparsity);
      options.granularity = 8;
      options.delta = delta;
      Pruned tiles = model.pruneTiles(sparsity + delta, 8, /*hasRows=*/true);
      Pruned expected =
          model.addOverlay(model.withoutZeros(tiles.masks), delta);
      expected.thresholds.insert(expected.thresholds.begin(),
                                 tiles.thresholds.begin(),
                                 tiles.thresholds.end());
      expectPruned(model, choose(model.getLayers(), "tile-wise", options),
                   expected);
    }
}

TEST_P(PruningDefinitionTest, ElementsAndBlocks) {
  for (double sparsity : kSparsities) {
    PruningOptions options = getOptions(sparsity);
    expectPruned(model, choose(model.getLayers(), "element-wise", options),
                 model.pruneElements(sparsity));
    for (int64_t size : {2, 5, 32}) {
      options.granularity = size;
      expectPruned(model, choose(model.getLayers(), "block-wise", options),
                   model.pruneBlocks(sparsity, size));
    }
  }
}

/// Tiles are as sparse as their inner pattern leaves them to be.
TEST_P(PruningDefinitionTest, InnerPattern) {
  PruningOptions options = getOptions(0.75);
  options.granularity = 8;
  options.inner = "2:4";
  std::string text = choose(model.getLayers(), "tile-wise", options).getText();
  EXPECT_EQ(readThresholds(text),
            model.pruneTiles(0.5, 8, /*hasRows=*/true).thresholds);
  EXPECT_TRUE(llvm::StringRef(text).ends_with(")*2:4")) << text;
}

INSTANTIATE_TEST_SUITE_P(Seeds, PruningDefinitionTest, testing::Range(0U, 8U));

//===----------------------------------------------------------------------===//
// Properties
//===----------------------------------------------------------------------===//

/// The more is asked for, the more is left out; of single elements without ties
/// as much as is asked for.
TEST(PruningTest, Achieved) {
  TestModel model(0);
  for (const Pruning &pruning : getPrunings()) {
    double last = 0;
    for (double sparsity : {0.2, 0.4, 0.6, 0.8, 0.9}) {
      PruningOptions options = getOptions(sparsity);
      double achieved = getSparsity(getMasks(
          model.getLayers(), choose(model.getLayers(), pruning.name, options)));
      EXPECT_GE(achieved, last) << pruning.name.str();
      if (pruning.name == "element-wise")
        EXPECT_NEAR(achieved, sparsity, 1e-3);
      last = achieved;
    }
  }
}

TEST(PruningTest, NothingLeftOut) {
  TestModel model(1);
  for (const Pruning &pruning : getPrunings()) {
    sparsity::Series series =
        choose(model.getLayers(), pruning.name, getOptions(0));
    EXPECT_TRUE(getMasks(model.getLayers(), series) ==
                model.withoutZeros(model.getFullMasks()))
        << series.getText();
  }
}

/// However little is left, there is a series, which may keep nothing.
TEST(PruningTest, NearlyAllLeftOut) {
  TestModel model(2);
  for (const Pruning &pruning : getPrunings())
    if (pruning.name != "vector-wise") {
      sparsity::Series series =
          choose(model.getLayers(), pruning.name, getOptions(1 - 1e-12));
      EXPECT_GT(getSparsity(getMasks(model.getLayers(), series)), 0.8)
          << series.getText();
    }
}

TEST(PruningTest, NoLayers) {
  EXPECT_EQ(choose({}, "tile-wise", getOptions(0.5)).getText(), "tw(128)");
}

TEST(PruningTest, NotFinite) {
  float data[] = {1, std::numeric_limits<float>::infinity()};
  PrunedLayer layer{"fc1", sparsity::TensorView::contiguous(
                               data, sparsity::ElementType::F32, {1, 2}, {1})};
  for (llvm::StringRef text : {"tw(8)", "csr", "bsr(2x2)"})
    EXPECT_EQ(
        llvm::toString(prune(layer, parse(text), getOptions(0.5)).takeError()),
        "layer 'fc1': expected weights that are finite but got a NaN or "
        "an infinity");
  layer.elements = "scores";
  EXPECT_EQ(
      llvm::toString(prune(layer, parse("csr"), getOptions(0.5)).takeError()),
      "layer 'fc1': expected scores that are finite but got a NaN or "
      "an infinity");
}

TEST(PruningTest, DenserThanTheInnerPattern) {
  EXPECT_EQ(llvm::toString(
                prune({}, parse("tw(8)*2:4"), getOptions(0.25)).takeError()),
            "sparsity: expected at least 0.5, which 'tw(8)*2:4' leaves out "
            "anyway, but got 0.25");
}

/// A pattern without thresholds is as sparse as it is.
TEST(PruningTest, WithoutThresholds) {
  EXPECT_EQ(
      llvm::cantFail(prune({}, parse("4:16"), getOptions(0.75))).getText(),
      "4:16");
}

TEST(PruningTest, InvalidLayer) {
  PrunedLayer layer{"fc1",
                    sparsity::TensorView::contiguous(
                        nullptr, sparsity::ElementType::F32, {2, 2}, {1})};
  auto series = prune(layer, parse("4:16"), getOptions(0.75));
  EXPECT_EQ(llvm::toString(series.takeError()),
            "layer 'fc1': expected data but got a null pointer");
}
