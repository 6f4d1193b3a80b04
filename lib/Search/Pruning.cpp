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
#include "tasd/Sparsity/Residual.h"
#include "tasd/Sparsity/Thresholds.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace tasd;
using namespace tasd::search;
using llvm::Error;
using llvm::Expected;
using tasd::sparsity::PatternRef;
using tasd::sparsity::Series;
using tasd::sparsity::TensorView;
using tasd::sparsity::Thresholds;

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
/// bound on the density of the rest. Errors: that is not even so much.
static Expected<double> getThresholdShare(const sparsity::Pattern &pattern,
                                          double share) {
  double density = pattern.getMaxDensity().value_or(1);
  if (share >= 1 - density)
    return (share - (1 - density)) / density;
  std::string message;
  llvm::raw_string_ostream(message)
      << "expected a sparsity of at least " << llvm::format("%g", 1 - density)
      << ", which '" << pattern.getText() << "' has anyway, but got "
      << llvm::format("%g", share);
  return llvm::createStringError(message);
}

//===----------------------------------------------------------------------===//
// Thresholds
//===----------------------------------------------------------------------===//

/// Appends what threshold `position` of a pattern is compared with in a layer,
/// as far as the series `before` leaves it.
static void appendScores(const PrunedLayer &layer, const Series &before,
                         const Thresholds &thresholds, unsigned position,
                         std::vector<double> &scores) {
  if (before.size() == 0)
    return thresholds.appendScores(layer.weights, position, scores);
  sparsity::Residual residual(layer.weights,
                              llvm::cantFail(select(layer.weights, before)));
  thresholds.appendScores(residual.getView(), position, scores);
}

/// The threshold that leaves out a share of what is compared with it in all
/// layers.
static Expected<double> chooseThreshold(llvm::ArrayRef<PrunedLayer> layers,
                                        const Series &before,
                                        const Thresholds &thresholds,
                                        unsigned position, double share) {
  if (share == 0)
    return 0;
  std::vector<double> scores;
  for (const PrunedLayer &layer : layers) {
    size_t begin = scores.size();
    appendScores(layer, before, thresholds, position, scores);
    if (!llvm::all_of(llvm::drop_begin(scores, begin),
                      [](double score) { return std::isfinite(score); }))
      return createLayerError(layer, "expected scores that are finite");
  }
  return scores.empty() ? 0 : getQuantile(std::move(scores), share);
}

/// The pattern with thresholds that each leave out a share.
static Expected<PatternRef> setThresholds(llvm::ArrayRef<PrunedLayer> layers,
                                          const Series &before,
                                          PatternRef pattern, double share) {
  for (unsigned i = 0; i < pattern->getThresholds()->size(); ++i) {
    Expected<double> threshold =
        chooseThreshold(layers, before, *pattern->getThresholds(), i, share);
    if (!threshold)
      return threshold.takeError();
    pattern = pattern->getThresholds()->with(i, *threshold);
  }
  return pattern;
}

//===----------------------------------------------------------------------===//
// Series
//===----------------------------------------------------------------------===//

static Error verify(llvm::ArrayRef<PrunedLayer> layers,
                    const PruningOptions &options) {
  if (auto mistake = findShareMistake(options))
    return llvm::createStringError(mistake->option + ": " + mistake->message);
  for (const PrunedLayer &layer : layers)
    if (Error error = layer.weights.verify())
      return createLayerError(layer, llvm::toString(std::move(error)));
  return Error::success();
}

/// The share that each threshold of a pattern leaves out, the first of a series
/// or one that gives elements back.
static Expected<double> getShare(const sparsity::Pattern &pattern, bool isFirst,
                                 const PruningOptions &options) {
  if (!isFirst)
    return 1 - options.delta;
  Expected<double> share =
      getThresholdShare(pattern, options.sparsity + options.delta);
  if (!share)
    return share;
  return getShareOfEach(*share, pattern.getThresholds()->size());
}

Expected<Series> tasd::search::prune(llvm::ArrayRef<PrunedLayer> layers,
                                     const Series &series,
                                     const PruningOptions &options) {
  if (Error error = verify(layers, options))
    return std::move(error);
  std::vector<PatternRef> patterns;
  for (PatternRef pattern : series.getPatterns()) {
    if (pattern->getThresholds()) {
      Expected<double> share = getShare(*pattern, patterns.empty(), options);
      if (!share)
        return share.takeError();
      Expected<PatternRef> chosen =
          setThresholds(layers, Series(patterns), pattern, *share);
      if (!chosen)
        return chosen.takeError();
      pattern = std::move(*chosen);
    }
    patterns.push_back(std::move(pattern));
  }
  return Series(std::move(patterns));
}
