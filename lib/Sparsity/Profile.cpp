//===- Profile.cpp - Statistics of operands, measured on data -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Profile.h"

#include "Chunks.h"
#include "Histograms.h"
#include "Magnitude.h"
#include "Rows.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

#include <cmath>

using namespace tasd;
using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

Error ProfileRequest::verify() const {
  if (Error error = verifyHistogramBlocks(blockSizes))
    return error;
  llvm::StringSet<> seen;
  for (const Series &one : series)
    if (!seen.insert(one.getText()).second)
      return createStringError("expected each series once but got " +
                               one.getText() + " twice");
  for (int64_t size : blockSizes)
    if (!seen.insert(std::to_string(size)).second)
      return createStringError("expected each block size once but got " +
                               Twine(size) + " twice");
  return Error::success();
}

OperandProfile::OperandProfile(const ProfileRequest &request,
                               int64_t numColumns)
    : numColumns(numColumns), columnSquares(numColumns) {
  for (int64_t size : request.blockSizes)
    histograms.push_back({size, std::vector<int64_t>(size + 1)});
  for (const Series &one : request.series)
    series.push_back({one, 0, {}, {}});
  if (request.hasMatrix)
    matrix.emplace().numColumns = numColumns;
}

//===----------------------------------------------------------------------===//
// One tensor
//===----------------------------------------------------------------------===//

/// The sum of a^2 over each column of rows [rowBegin, rowEnd).
static std::vector<double> addSquares(const TensorView &tensor,
                                      int64_t rowBegin, int64_t rowEnd) {
  std::vector<double> sums(tensor.blocked.getNumColumns());
  withMagnitude(tensor.elementType, [&](auto magnitude) {
    using Magnitude = decltype(magnitude);
    auto add = [&](const Segment &segment) {
      auto *elements =
          reinterpret_cast<const typename Magnitude::Bits *>(segment.elements);
      double *sum = sums.data() + segment.columnBegin;
      for (int64_t i = 0; i < segment.numColumns; ++i) {
        double value = Magnitude::decode(Magnitude::getKey(elements[i]));
        sum[i] += value * value;
      }
    };
    forEachSegment(tensor, rowBegin, rowEnd, {2048, {}}, add);
  });
  return sums;
}

/// The sum of a^2 over each column, added in the order of chunks.
static std::vector<double> getColumnSquares(const TensorView &tensor,
                                            llvm::ThreadPoolInterface *pool) {
  int64_t numColumns = tensor.blocked.getNumColumns();
  RowChunks chunks(tensor.blocked.getNumRows(), numColumns);
  std::vector<std::vector<double>> chunkSums(chunks.size());
  chunks.forEach(pool, [&](int64_t chunk, int64_t begin, int64_t end) {
    chunkSums[chunk] = addSquares(tensor, begin, end);
  });
  std::vector<double> sums(numColumns);
  for (const std::vector<double> &part : chunkSums)
    for (auto [sum, added] : llvm::zip(sums, part))
      sum += added;
  return sums;
}

/// Checks that what was measured can be summed.
static Error verifySums(const Metrics &metrics) {
  if (!std::isfinite(metrics.tensor.magnitude))
    return createStringError(
        "expected finite elements but got an infinity or NaN");
  // Sums of squares of columns are not larger, nor are sums of magnitudes of
  // elements above 1.
  if (!(metrics.tensor.squaredNorm <= ExactSum::kLargest &&
        metrics.tensor.magnitude <= ExactSum::kLargest))
    return createStringError("expected a sum of squares of at most %g but got "
                             "%g",
                             ExactSum::kLargest, metrics.tensor.squaredNorm);
  return Error::success();
}

Error OperandProfile::observe(const TensorView &tensor,
                              llvm::ThreadPoolInterface *pool) {
  std::vector<Series> measured;
  for (const SeriesProfile &one : series)
    measured.push_back(one.series);
  std::vector<int64_t> blockSizes;
  for (const BlockHistogram &histogram : histograms)
    blockSizes.push_back(histogram.blockSize);
  Expected<Metrics> metrics = measure(tensor, measured, blockSizes, pool);
  if (!metrics)
    return metrics.takeError();
  if (tensor.blocked.getNumColumns() != numColumns)
    return createStringError("expected " + Twine(numColumns) +
                             " columns but got " +
                             Twine(tensor.blocked.getNumColumns()));
  if (Error error = verifySums(*metrics))
    return error;

  numRows += tensor.blocked.getNumRows();
  numNonZeros += metrics->tensor.numNonZeros;
  magnitude.add(metrics->tensor.magnitude);
  squaredNorm.add(metrics->tensor.squaredNorm);
  distribution.add(tensor, pool);
  for (auto [histogram, added] : llvm::zip(histograms, metrics->histograms))
    for (auto [count, part] : llvm::zip(histogram.counts, added.counts))
      count += part;
  for (auto [one, added] : llvm::zip(series, metrics->series)) {
    one.droppedNonZeros += added.droppedNonZeros;
    one.droppedMagnitude.add(added.droppedMagnitude);
    one.droppedSquaredNorm.add(added.droppedSquaredNorm);
  }
  for (auto [sum, added] :
       llvm::zip(columnSquares, getColumnSquares(tensor, pool)))
    sum.add(added);
  if (matrix)
    matrix->add(tensor, pool);
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Merging
//===----------------------------------------------------------------------===//

static std::string getListText(const OperandProfile &profile) {
  std::string text;
  for (const SeriesProfile &one : profile.series)
    text += (text.empty() ? "" : ",") + one.series.getText();
  return "[" + text + "]";
}

static std::string getBlockText(const OperandProfile &profile) {
  std::string text;
  for (const BlockHistogram &histogram : profile.histograms)
    text += (text.empty() ? "" : ",") + std::to_string(histogram.blockSize);
  return "[" + text + "]";
}

/// Checks that two profiles measured the same.
static Error verifyMergeable(const OperandProfile &a, const OperandProfile &b) {
  auto differ = [](const Twine &what, const Twine &expected, const Twine &got) {
    return createStringError("expected " + what + " " + expected + " but got " +
                             got);
  };
  if (a.numColumns != b.numColumns)
    return differ("columns:", Twine(a.numColumns), Twine(b.numColumns));
  if (getBlockText(a) != getBlockText(b))
    return differ("block sizes", getBlockText(a), getBlockText(b));
  if (getListText(a) != getListText(b))
    return differ("series", getListText(a), getListText(b));
  if (a.matrix.has_value() != b.matrix.has_value())
    return createStringError(
        "expected second-moment matrices in both profiles or in none");
  return Error::success();
}

Error OperandProfile::merge(const OperandProfile &other) {
  if (Error error = verifyMergeable(*this, other))
    return error;
  numRows += other.numRows;
  numNonZeros += other.numNonZeros;
  magnitude.add(other.magnitude);
  squaredNorm.add(other.squaredNorm);
  distribution.add(other.distribution);
  for (auto [histogram, added] : llvm::zip(histograms, other.histograms))
    for (auto [count, part] : llvm::zip(histogram.counts, added.counts))
      count += part;
  for (auto [one, added] : llvm::zip(series, other.series)) {
    one.droppedNonZeros += added.droppedNonZeros;
    one.droppedMagnitude.add(added.droppedMagnitude);
    one.droppedSquaredNorm.add(added.droppedSquaredNorm);
  }
  for (auto [sum, added] : llvm::zip(columnSquares, other.columnSquares))
    sum.add(added);
  if (matrix)
    matrix->add(*other.matrix);
  // The matrix in the file is of a part of the data alone.
  matrixPath.clear();
  return Error::success();
}

const OperandProfile *Profile::find(StringRef layer, int64_t input) const {
  auto it = layers.find(layer.str());
  if (it == layers.end())
    return nullptr;
  auto operand = it->second.find(input);
  return operand == it->second.end() ? nullptr : &operand->second;
}

Error Profile::merge(const Profile &other) {
  for (const auto &[layer, inputs] : other.layers)
    for (const auto &[input, operand] : inputs) {
      auto [it, isNew] = layers[layer].try_emplace(input, operand);
      if (isNew)
        continue;
      if (Error error = it->second.merge(operand))
        return createStringError(getOperandText(layer, input) + ": " +
                                 llvm::toString(std::move(error)));
    }
  return Error::success();
}

std::string tasd::sparsity::getOperandText(StringRef layer, int64_t input) {
  return ("layer '" + layer + "', input " + Twine(input)).str();
}

//===----------------------------------------------------------------------===//
// What follows from the sums
//===----------------------------------------------------------------------===//

TensorMetrics OperandProfile::getTensorMetrics() const {
  return {getNumElements(), numNonZeros, magnitude.toDouble(),
          squaredNorm.toDouble()};
}

SeriesMetrics OperandProfile::getSeriesMetrics(size_t index) const {
  const SeriesProfile &dropped = series[index];
  // The parts of a sum are rounded apart from the whole.
  auto getKept = [](ExactSum whole, const ExactSum &part) {
    whole.subtract(part);
    return std::max(0.0, whole.toDouble());
  };
  SeriesMetrics metrics;
  metrics.keptNonZeros = numNonZeros - dropped.droppedNonZeros;
  metrics.droppedNonZeros = dropped.droppedNonZeros;
  metrics.keptMagnitude = getKept(magnitude, dropped.droppedMagnitude);
  metrics.droppedMagnitude = dropped.droppedMagnitude.toDouble();
  metrics.keptSquaredNorm = getKept(squaredNorm, dropped.droppedSquaredNorm);
  metrics.droppedSquaredNorm = dropped.droppedSquaredNorm.toDouble();
  return metrics;
}

double OperandProfile::getPseudoDensity(double share) const {
  return getNumElements() == 0 ? 0
                               : double(distribution.getNumLargest(share)) /
                                     double(getNumElements());
}

std::vector<double> OperandProfile::getSecondMoments() const {
  std::vector<double> moments;
  for (const ExactSum &sum : columnSquares)
    moments.push_back(numRows == 0 ? 0 : sum.toDouble() / double(numRows));
  return moments;
}
