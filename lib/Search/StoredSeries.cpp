//===- StoredSeries.cpp - Series of weights pruned by scores --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/StoredSeries.h"

#include "tasd/Sparsity/Metrics.h"
#include "tasd/Sparsity/Packing.h"
#include "tasd/Sparsity/Scoring.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace tasd;
using llvm::Expected;
using sparsity::Pattern;
using sparsity::PatternRef;
using sparsity::Series;
using sparsity::TensorView;

static PatternRef getStored(const PatternRef &pattern) {
  PatternRef stored = pattern->getStored();
  return stored ? stored : pattern;
}

/// The scores of a tensor of which nothing is owned. The view is valid.
static std::vector<double>
getScores(const Pattern &pattern, const TensorView &tensor, unsigned position) {
  std::vector<double> scores;
  pattern.getScoring()->appendScores(
      tensor, llvm::cantFail(select(tensor, Series())), position, scores);
  return scores;
}

/// The threshold that all but the `count` largest of the scores do not exceed;
/// 0 where there are no others.
static double getThreshold(std::vector<double> scores, size_t count) {
  if (count >= scores.size())
    return 0;
  auto it = scores.end() - static_cast<std::ptrdiff_t>(count) - 1;
  std::nth_element(scores.begin(), it, scores.end());
  return *it;
}

/// A pattern with thresholds by which it keeps as many parts of `rest` as the
/// chosen one of the scores.
static PatternRef fitThresholds(const PatternRef &chosen,
                                const TensorView &scores,
                                const TensorView &rest) {
  const sparsity::Scoring *scoring = chosen->getScoring();
  PatternRef pattern = chosen;
  for (unsigned i = 0; scoring && i < scoring->getNumThresholds(); ++i) {
    double threshold = scoring->getThreshold(i);
    size_t count =
        llvm::count_if(getScores(*chosen, scores, i),
                       [&](double score) { return score > threshold; });
    pattern = pattern->getScoring()->withThreshold(
        i, getThreshold(getScores(*pattern, rest, i), count));
  }
  return pattern;
}

/// Whether a series keeps every non-zero.
static Expected<bool> keepsAll(const Series &series, const TensorView &tensor) {
  auto metrics = sparsity::measure(tensor, series);
  if (!metrics)
    return metrics.takeError();
  return metrics->series.front().isLossless();
}

Expected<Series> tasd::search::chooseStoredSeries(const Series &chosen,
                                                  const TensorView &scores,
                                                  const TensorView &rest,
                                                  const PatternRef &overlay) {
  for (const TensorView *view : {&scores, &rest})
    if (llvm::Error error = view->verify())
      return std::move(error);
  std::vector<PatternRef> patterns;
  for (const PatternRef &pattern : chosen.getPatterns())
    patterns.push_back(getStored(pattern));
  if (patterns.size() > 1)
    patterns.front() =
        fitThresholds(chosen.getPatterns().front(), scores, rest);
  Expected<bool> isComplete = keepsAll(Series(patterns), rest);
  if (!isComplete)
    return isComplete.takeError();
  if (!*isComplete)
    patterns.push_back(overlay);
  return Series(std::move(patterns));
}
