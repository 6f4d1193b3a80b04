//===- StoredSeriesTest.cpp - Series of weights pruned by scores ----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/StoredSeries.h"

#include "tasd/Search/Pruning.h"
#include "tasd/Sparsity/Masking.h"
#include "tasd/Sparsity/Metrics.h"
#include "tasd/Sparsity/Packing.h"

#include "gtest/gtest.h"

#include <random>

using namespace tasd;
using namespace tasd::search;
using sparsity::ElementType;
using sparsity::Series;
using sparsity::TensorView;

namespace {
/// Rows x columns, blocked along the columns.
struct Matrix {
  int64_t numRows, numColumns;
  std::vector<float> values;

  TensorView getView() const {
    return TensorView::contiguous(values.data(), ElementType::F32,
                                  {numRows, numColumns}, {1});
  }
};
} // namespace

static Matrix draw(int64_t numRows, int64_t numColumns, unsigned seed) {
  std::mt19937 rng(seed);
  std::normal_distribution<float> normal;
  Matrix matrix{numRows, numColumns, {}};
  for (int64_t i = 0; i < numRows * numColumns; ++i)
    matrix.values.push_back(normal(rng));
  return matrix;
}

static Series parse(llvm::StringRef text) {
  return llvm::cantFail(
      sparsity::PatternRegistry::createWithBuiltins().parseSeries(text));
}

static Series choose(const Series &chosen, const Matrix &scores,
                     const Matrix &rest) {
  return llvm::cantFail(
      chooseStoredSeries(chosen, scores.getView(), rest.getView(),
                         parse(getOverlayText()).getPatterns().front()));
}

/// What a series leaves of the weights by what it keeps of the scores.
static Matrix getRest(const Matrix &weights, const Matrix &scores,
                      const Series &chosen) {
  Matrix rest = weights;
  TensorView view = rest.getView();
  copyPart(weights.getView(), llvm::cantFail(select(scores.getView(), chosen)),
           sparsity::Part::Owned,
           {rest.values.data(), view.elementType, view.blocked, view.strides});
  return rest;
}

static int64_t countKept(const Matrix &matrix, const Series &series) {
  auto metrics = llvm::cantFail(measure(matrix.getView(), series));
  EXPECT_TRUE(metrics.series.front().isLossless()) << series.getText();
  return metrics.series.front().keptNonZeros;
}

/// By scores that have nothing to do with the weights.
TEST(StoredSeriesTest, KeepsTheRest) {
  for (llvm::StringRef text :
       {"tw(8)", "tw1(8)", "tw(8, score = rms)", "csr", "bsr(8x8)", "4:16",
        "tw(8)+csr", "tw(8)*2:4", "tw(8)*2:4+csr"})
    for (unsigned seed = 0; seed < 10; ++seed) {
      Matrix weights = draw(37, 50, seed), scores = draw(37, 50, seed + 100);
      PruningOptions options;
      options.sparsity = 0.75;
      options.delta = llvm::StringRef(text).ends_with("+csr") ? 0.05 : 0;
      Series chosen = llvm::cantFail(
          prune(PrunedLayer{"fc", scores.getView()}, parse(text), options));
      Matrix rest = getRest(weights, scores, chosen);
      Series stored = choose(chosen, scores, rest);
      EXPECT_EQ(countKept(rest, stored),
                countKept(getRest(scores, scores, chosen), parse("csr")));
    }
}

TEST(StoredSeriesTest, Texts) {
  Matrix ones{4, 4, std::vector<float>(16, 1)};
  auto getText = [&](llvm::StringRef text) {
    return choose(parse(text), ones, ones).getText();
  };
  EXPECT_EQ(getText("tw(2, columns = 0.25, score = rms)"), "tw(2)");
  EXPECT_EQ(getText("csr(above = 0.5)"), "csr");
  EXPECT_EQ(getText("4:4"), "4:4");
}

/// The scores' tile keeps the second output alone; of the weights the first one
/// is an element of the overlay, however large.
TEST(StoredSeriesTest, TilesAreThoseOfTheScores) {
  Matrix scores{2, 4, {9, 0, 0, 0, 8, 8, 8, 8}};
  Matrix rest{2, 4, {1, 0, 0, 0, 2, 2, 2, 2}};
  Series stored = choose(parse("tw(2, columns = 3)+csr"), scores, rest);
  EXPECT_EQ(stored.getText(), "tw(2, columns = 0.25)+csr");
}

/// A tile of one output lost two ks, so that blocks of those left hold more.
TEST(StoredSeriesTest, OverlayOfWhatTilesLost) {
  Matrix scores{1, 8, {1, 2, 3, 4, 1, 2, 3, 4}};
  Series chosen = parse("tw(2)*2:4");
  Matrix rest = getRest(scores, scores, chosen);
  Series stored = choose(chosen, scores, rest);
  EXPECT_EQ(stored.getText(), "tw(2)*2:4+csr");
  EXPECT_EQ(countKept(rest, stored), 4);
}

TEST(StoredSeriesTest, InvalidView) {
  TensorView view =
      TensorView::contiguous(nullptr, ElementType::F32, {2, 2}, {1});
  auto stored = chooseStoredSeries(parse("csr"), view, view, nullptr);
  EXPECT_EQ(llvm::toString(stored.takeError()),
            "expected data but got a null pointer");
}
