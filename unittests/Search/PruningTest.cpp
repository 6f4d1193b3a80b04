//===- PruningTest.cpp - Thresholds for all layers together ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Pruning.h"

#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"

#include <limits>

using namespace tasd;
using namespace tasd::search;

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
}

//===----------------------------------------------------------------------===//
// Series
//===----------------------------------------------------------------------===//

static sparsity::Series parse(llvm::StringRef text) {
  return llvm::cantFail(
      sparsity::PatternRegistry::createWithBuiltins().parseSeries(text));
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
