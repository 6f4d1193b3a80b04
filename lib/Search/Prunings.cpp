//===- Prunings.cpp - Ways to prune all layers together -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The table of prunings, each by the text of its series. They are those of the
// publications on tile-wise sparsity: TW, with an overlay TEW and with a
// pattern inside tiles TVW; TW1; and what they compare with, EW, BW and VW.
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Pruning.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace tasd::search;
using tasd::sparsity::ScoreKind;
namespace sparsity = tasd::sparsity;

static std::string format(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%g", value);
  return text;
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

llvm::StringRef tasd::search::getOverlayText() { return "csr"; }

/// As in "tw(128)", "tw(128)*2:4" or "tw(128)+csr".
static std::string getTilesText(const std::string &keyword,
                                const PruningOptions &options) {
  std::string granularity = std::to_string(options.granularity.value_or(128));
  bool isRms = options.score == ScoreKind::RootMeanSquare;
  return keyword + "(" + granularity + (isRms ? ", score = rms)" : ")") +
         (options.inner.empty() ? "" : "*" + options.inner) +
         (options.delta > 0 ? "+" + getOverlayText().str() : "");
}

static std::string getBlocksText(const PruningOptions &options) {
  std::string granularity = std::to_string(options.granularity.value_or(32));
  return "bsr(" + granularity + "x" + granularity + ")";
}

/// Elements that a vector keeps.
static int64_t getNumKept(int64_t vector, double sparsity) {
  return std::llround(static_cast<double>(vector) * (1 - sparsity));
}

static std::string getVectorsText(const PruningOptions &options) {
  int64_t vector = options.granularity.value_or(16);
  return std::to_string(getNumKept(vector, options.sparsity)) + ":" +
         std::to_string(vector);
}

static std::optional<OptionMistake>
findVectorMistake(const PruningOptions &options) {
  int64_t vector = options.granularity.value_or(16);
  if (getNumKept(vector, options.sparsity) >= 1)
    return std::nullopt;
  return OptionMistake{"sparsity", "expected a share that leaves 1 of " +
                                       std::to_string(vector) +
                                       " elements but got " +
                                       format(options.sparsity)};
}

static std::optional<OptionMistake> findNoMistake(const PruningOptions &) {
  return std::nullopt;
}

llvm::ArrayRef<Pruning> tasd::search::getPrunings() {
  static constexpr Pruning prunings[] = {
      {"tile-wise",
       "whole rows of weights, then columns inside each tile of those left",
       /*hasGranularity=*/true, /*hasTiles=*/true,
       [](const PruningOptions &options) {
         return getTilesText("tw", options);
       },
       findNoMistake},
      {"tile-wise-columns", "columns inside each tile of rows",
       /*hasGranularity=*/true, /*hasTiles=*/true,
       [](const PruningOptions &options) {
         return getTilesText("tw1", options);
       },
       findNoMistake},
      {"element-wise", "single elements",
       /*hasGranularity=*/false, /*hasTiles=*/false,
       [](const PruningOptions &) { return getOverlayText().str(); },
       findNoMistake},
      {"block-wise", "square blocks", /*hasGranularity=*/true,
       /*hasTiles=*/false, getBlocksText, findNoMistake},
      {"vector-wise", "the same number of elements of each vector",
       /*hasGranularity=*/true, /*hasTiles=*/false, getVectorsText,
       findVectorMistake},
  };
  return prunings;
}

const Pruning *tasd::search::findPruning(llvm::StringRef name) {
  const Pruning *it = llvm::find_if(getPrunings(), [&](const Pruning &pruning) {
    return pruning.name == name;
  });
  return it == getPrunings().end() ? nullptr : it;
}

std::string tasd::search::getPruningNames() {
  auto getName = [](const Pruning &pruning) { return pruning.name; };
  return llvm::join(llvm::map_range(getPrunings(), getName), ", ");
}

//===----------------------------------------------------------------------===//
// Mistakes
//===----------------------------------------------------------------------===//

static std::optional<OptionMistake>
findShareMistake(const PruningOptions &options) {
  // Not a number is no share either.
  if (!(options.sparsity >= 0 && options.sparsity < 1))
    return OptionMistake{"sparsity",
                         "expected a share of at least 0 and below 1 but got " +
                             format(options.sparsity)};
  if (!(options.delta >= 0))
    return OptionMistake{"delta", "expected a share of at least 0 but got " +
                                      format(options.delta)};
  if (!(options.sparsity + options.delta < 1))
    return OptionMistake{"delta",
                         "expected less than 1 together with a sparsity of " +
                             format(options.sparsity) + " but got " +
                             format(options.delta)};
  return std::nullopt;
}

std::optional<OptionMistake>
tasd::search::findMistake(const sparsity::Series &series,
                          const PruningOptions &options) {
  if (auto mistake = findShareMistake(options))
    return mistake;
  if (series.size() == 0)
    return std::nullopt;
  const sparsity::Pattern &pattern = *series.getPatterns().front();
  double least = 1 - pattern.getMaxDensity().value_or(1);
  if (!pattern.getScoring() || options.sparsity + options.delta >= least)
    return std::nullopt;
  return OptionMistake{"sparsity", "expected at least " + format(least) +
                                       ", which '" + pattern.getText() +
                                       "' leaves out anyway, but got " +
                                       format(options.sparsity)};
}

std::optional<OptionMistake>
Pruning::findMistake(const PruningOptions &options) const {
  if (auto mistake = findShareMistake(options))
    return mistake;
  auto refuse = [&](llvm::StringRef option) {
    return OptionMistake{option,
                         "expected none for strategy '" + name.str() + "'"};
  };
  if (options.granularity && !hasGranularity)
    return refuse("granularity");
  if (options.granularity && *options.granularity < 1)
    return OptionMistake{"granularity",
                         "expected at least 1 but got " +
                             std::to_string(*options.granularity)};
  if (options.delta > 0 && !hasTiles)
    return refuse("delta");
  if (!options.inner.empty() && !hasTiles)
    return refuse("inner");
  if (options.score != ScoreKind::Norm && !hasTiles)
    return refuse("score");
  return findOwnMistake(options);
}
