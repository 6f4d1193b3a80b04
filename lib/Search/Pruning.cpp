//===- Pruning.cpp - Thresholds for all layers together -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is scored, and how, is asked of the patterns: no rule for any family of
// them is needed here.
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Pruning.h"

#include "tasd/Search/Quantile.h"
#include "tasd/Sparsity/Packing.h"
#include "tasd/Sparsity/Scoring.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace tasd;
using namespace tasd::search;
using llvm::Error;
using llvm::Expected;
using tasd::sparsity::PatternRef;
using tasd::sparsity::Scoring;
using tasd::sparsity::Series;

static Error createLayerError(const PrunedLayer &layer,
                              const llvm::Twine &message) {
  return llvm::createStringError("layer '" + layer.name + "': " + message);
}

//===----------------------------------------------------------------------===//
// Shares
//===----------------------------------------------------------------------===//

/// The share of its scores that each of `count` thresholds leaves out, so that
/// together they leave out `share`.
static double getShareOfEach(double share, unsigned count) {
  if (count == 1)
    return share;
  // Where there is an exact root, it is the one that is wanted.
  return 1 -
         (count == 2 ? std::sqrt(1 - share) : std::pow(1 - share, 1.0 / count));
}

/// The share that thresholds have to leave out of a pattern, which keeps its
/// bound on the density of the rest.
static double getThresholdShare(const sparsity::Pattern &pattern,
                                double share) {
  double density = pattern.getMaxDensity().value_or(1);
  return (share - (1 - density)) / density;
}

//===----------------------------------------------------------------------===//
// Thresholds
//===----------------------------------------------------------------------===//

/// What the series `before` takes of each layer.
using Ownerships = std::vector<sparsity::Ownership>;

/// Of valid views.
static Ownerships getOwnerships(llvm::ArrayRef<PrunedLayer> layers,
                                const Series &before) {
  Ownerships ownerships;
  for (const PrunedLayer &layer : layers)
    ownerships.push_back(llvm::cantFail(select(layer.weights, before)));
  return ownerships;
}

/// The threshold that leaves out a share of what is compared with it in all
/// layers.
static Expected<double> chooseThreshold(llvm::ArrayRef<PrunedLayer> layers,
                                        const Ownerships &ownerships,
                                        const Scoring &scoring,
                                        unsigned position, double share) {
  if (share == 0)
    return 0;
  std::vector<double> scores;
  for (auto [layer, ownership] : llvm::zip_equal(layers, ownerships)) {
    size_t begin = scores.size();
    scoring.appendScores(layer.weights, ownership, position, scores);
    if (!llvm::all_of(llvm::drop_begin(scores, begin),
                      [](double score) { return std::isfinite(score); }))
      return createLayerError(layer, "expected " + layer.elements +
                                         " that are finite but got a NaN or "
                                         "an infinity");
  }
  return scores.empty() ? 0 : getQuantile(std::move(scores), share);
}

/// The pattern with thresholds that each leave out a share.
static Expected<PatternRef> setThresholds(llvm::ArrayRef<PrunedLayer> layers,
                                          const Ownerships &ownerships,
                                          PatternRef pattern, double share) {
  for (unsigned i = 0; i < pattern->getScoring()->getNumThresholds(); ++i) {
    Expected<double> threshold =
        chooseThreshold(layers, ownerships, *pattern->getScoring(), i, share);
    if (!threshold)
      return threshold.takeError();
    pattern = pattern->getScoring()->withThreshold(i, *threshold);
  }
  return pattern;
}

//===----------------------------------------------------------------------===//
// Series
//===----------------------------------------------------------------------===//

/// The share that each threshold of a pattern leaves out, the first of a series
/// or one that gives elements back.
static double getShare(const sparsity::Pattern &pattern, bool isFirst,
                       const PruningOptions &options) {
  if (!isFirst)
    return 1 - options.delta;
  return getShareOfEach(
      getThresholdShare(pattern, options.sparsity + options.delta),
      pattern.getScoring()->getNumThresholds());
}

/// The pattern after those before it in its series, its thresholds chosen.
static Expected<PatternRef> choose(llvm::ArrayRef<PrunedLayer> layers,
                                   const Series &before,
                                   const PatternRef &pattern,
                                   const PruningOptions &options) {
  if (!pattern->getScoring())
    return pattern;
  double share = getShare(*pattern, before.size() == 0, options);
  return setThresholds(layers, getOwnerships(layers, before), pattern, share);
}

Expected<Series> tasd::search::prune(llvm::ArrayRef<PrunedLayer> layers,
                                     const Series &series,
                                     const PruningOptions &options) {
  if (auto mistake = findMistake(series, options))
    return llvm::createStringError(mistake->option + ": " + mistake->message);
  for (const PrunedLayer &layer : layers)
    if (Error error = layer.weights.verify())
      return createLayerError(layer, llvm::toString(std::move(error)));
  std::vector<PatternRef> patterns;
  for (const PatternRef &pattern : series.getPatterns()) {
    Expected<PatternRef> chosen =
        choose(layers, Series(patterns), pattern, options);
    if (!chosen)
      return chosen.takeError();
    patterns.push_back(std::move(*chosen));
  }
  return Series(std::move(patterns));
}
