//===- Compare.cpp - How far results are apart ----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/Compare.h"

#include <cmath>
#include <limits>

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

namespace {
/// Sums over the elements seen.
struct ErrorSums {
  ErrorStats stats;
  double squaredError = 0;
  double squaredNorm = 0;

  void add(double value, double reference);
  ErrorStats finish();
};
} // namespace

void ErrorSums::add(double value, double reference) {
  ++stats.numElements;
  bool bothNaN = std::isnan(value) && std::isnan(reference);
  if (std::isfinite(reference))
    squaredNorm += reference * reference;
  if (value == reference || bothNaN)
    return;
  if (!std::isfinite(value) || !std::isfinite(reference)) {
    ++stats.numNonFiniteMismatches;
    return;
  }
  double error = std::abs(value - reference);
  stats.maxAbsError = std::max(stats.maxAbsError, error);
  squaredError += error * error;
}

ErrorStats ErrorSums::finish() {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (stats.numNonFiniteMismatches > 0)
    stats.maxAbsError = stats.relativeError = infinity;
  else if (squaredError > 0)
    stats.relativeError =
        squaredNorm > 0 ? std::sqrt(squaredError / squaredNorm) : infinity;
  return stats;
}

Expected<ErrorStats> evaluation::compare(ArrayRef<NDArray> arrays,
                                         ArrayRef<NDArray> reference) {
  if (arrays.size() != reference.size())
    return createStringError("expected " + Twine(reference.size()) +
                             " arrays but got " + Twine(arrays.size()));
  ErrorSums sums;
  for (size_t i = 0; i < arrays.size(); ++i) {
    const NDArray &array = arrays[i], &expected = reference[i];
    if (array.dtype != expected.dtype || array.shape != expected.shape)
      return createStringError("array " + Twine(i) + ": expected " +
                               expected.getText() + " but got " +
                               array.getText());
    for (int64_t j = 0, e = array.getNumElements(); j < e; ++j)
      sums.add(array.getElement(j), expected.getElement(j));
  }
  return sums.finish();
}

//===----------------------------------------------------------------------===//
// Accuracy
//===----------------------------------------------------------------------===//

double Accuracy::getShare() const {
  return numTotal == 0 ? 0 : static_cast<double>(numCorrect) / numTotal;
}

static Error verifyScores(const NDArray &scores) {
  if (scores.getRank() < 2 || scores.shape[1] == 0 ||
      llvm::any_of(ArrayRef(scores.shape).drop_front(2),
                   [](int64_t extent) { return extent != 1; }))
    return createStringError(
        "expected scores of rows and classes but got shape " +
        getShapeText(scores.shape));
  return Error::success();
}

static Error verifyLabels(const NDArray &scores, const NDArray &labels) {
  if (isFloat(labels.dtype) || labels.dtype == DType::Bool)
    return createStringError("expected labels of an integer type but got " +
                             getName(labels.dtype));
  if (labels.getNumElements() != scores.shape[0])
    return createStringError("expected " + Twine(scores.shape[0]) +
                             " labels but got " +
                             Twine(labels.getNumElements()));
  for (int64_t row = 0; row < scores.shape[0]; ++row)
    if (double label = labels.getElement(row);
        label < 0 || label >= scores.shape[1])
      return createStringError("expected classes from 0 to " +
                               Twine(scores.shape[1] - 1) + " but got " +
                               Twine(static_cast<int64_t>(label)) +
                               " as label " + Twine(row));
  return Error::success();
}

/// How many scores of a row stand before that of `label`; none if it is NaN.
static std::optional<int64_t> getRank(const NDArray &scores, int64_t row,
                                      int64_t label) {
  int64_t numClasses = scores.shape[1], rank = 0;
  double own = scores.getElement(row * numClasses + label);
  if (std::isnan(own))
    return std::nullopt;
  for (int64_t i = 0; i < numClasses; ++i) {
    double score = scores.getElement(row * numClasses + i);
    rank += score > own || (score == own && i < label);
  }
  return rank;
}

Expected<Accuracy> evaluation::getTopAccuracy(const NDArray &scores,
                                              const NDArray &labels,
                                              int64_t count) {
  if (Error error = verifyScores(scores))
    return std::move(error);
  if (Error error = verifyLabels(scores, labels))
    return std::move(error);
  Accuracy accuracy;
  accuracy.numTotal = scores.shape[0];
  for (int64_t row = 0; row < accuracy.numTotal; ++row) {
    auto label = static_cast<int64_t>(labels.getElement(row));
    std::optional<int64_t> rank = getRank(scores, row, label);
    accuracy.numCorrect += rank && *rank < count;
  }
  return accuracy;
}

/// The class of the largest score of a row; -1 if all are NaN.
static int64_t getTopClass(const NDArray &scores, int64_t row) {
  int64_t numClasses = scores.shape[1], best = -1;
  double bestScore = 0;
  for (int64_t i = 0; i < numClasses; ++i) {
    double score = scores.getElement(row * numClasses + i);
    if (std::isnan(score) || (best >= 0 && score <= bestScore))
      continue;
    best = i;
    bestScore = score;
  }
  return best;
}

Expected<NDArray> evaluation::getTopClasses(const NDArray &scores) {
  if (Error error = verifyScores(scores))
    return std::move(error);
  NDArray classes = NDArray::allocate(DType::SI64, scores.shape[0]);
  auto *data = reinterpret_cast<int64_t *>(classes.bytes.data());
  for (int64_t row = 0; row < scores.shape[0]; ++row)
    data[row] = getTopClass(scores, row);
  return classes;
}
