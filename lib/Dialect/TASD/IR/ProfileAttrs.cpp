//===- ProfileAttrs.cpp - Statistics of operands and layers ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "Along.h"

#include "tasd/Sparsity/Profile.h"
#include "llvm/ADT/SmallSet.h"

using namespace mlir;
using namespace mlir::tasd;

/// Calls that tell what is wrong.
using EmitError = function_ref<InFlightDiagnostic()>;

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

static bool isSum(double number) {
  return std::isfinite(number) && number >= 0;
}
static bool isSum(const APFloat &number) {
  return isSum(number.convertToDouble());
}

static LogicalResult verifySums(EmitError emitError, ArrayRef<APFloat> sums) {
  for (const APFloat &sum : sums)
    if (!isSum(sum))
      return emitError() << "expected finite sums of at least 0 but got "
                         << sum.convertToDouble();
  return success();
}

//===----------------------------------------------------------------------===//
// SeriesProfileAttr
//===----------------------------------------------------------------------===//

LogicalResult SeriesProfileAttr::verify(EmitError emitError, SeriesAttr series,
                                        int64_t numNonZeros, APFloat magnitude,
                                        APFloat squaredNorm) {
  if (numNonZeros < 0) // series_profile_c1
    return emitError() << "expected at least 0 dropped non-zeros but got "
                       << numNonZeros;
  return verifySums(emitError, {magnitude, squaredNorm}); // series_profile_c1
}

//===----------------------------------------------------------------------===//
// OperandProfileAttr: constraints
//===----------------------------------------------------------------------===//

static LogicalResult verifyShare(EmitError emitError, const APFloat &share) {
  double value = share.convertToDouble();
  if (value >= 0 && value <= 1)
    return success();
  return emitError() << "expected a share from 0 to 1 but got " << value;
}

static LogicalResult verifyHistograms(EmitError emitError,
                                      ArrayRef<DenseI64ArrayAttr> histograms) {
  llvm::SmallSet<size_t, 4> sizes;
  for (DenseI64ArrayAttr histogram : histograms) {
    ArrayRef<int64_t> counts = histogram.asArrayRef();
    if (counts.size() < 2 || counts.size() > 65537)
      return emitError() << "expected counts of blocks with 0 to M non-zeros, "
                            "1 <= M <= 65536, but got "
                         << counts.size() << " counts";
    if (llvm::any_of(counts, [](int64_t count) { return count < 0; }))
      return emitError() << "expected counts of at least 0 but got [" << counts
                         << "]";
    if (!sizes.insert(counts.size()).second)
      return emitError() << "expected one histogram of blocks of "
                         << counts.size() - 1 << " elements but got several";
  }
  return success();
}

static LogicalResult verifySeries(EmitError emitError,
                                  ArrayRef<SeriesProfileAttr> series,
                                  int64_t numNonZeros) {
  llvm::SmallPtrSet<Attribute, 8> seen;
  for (SeriesProfileAttr one : series) {
    if (!seen.insert(one.getSeries()).second)
      return emitError() << "expected each series once but got "
                         << one.getSeries().getText() << " twice";
    if (one.getNumNonZeros() > numNonZeros)
      return emitError() << "expected " << one.getSeries().getText()
                         << " to drop at most " << numNonZeros
                         << " non-zeros but got " << one.getNumNonZeros();
  }
  return success();
}

LogicalResult OperandProfileAttr::verify(
    EmitError emitError, ArrayRef<int64_t> along, int64_t numElements,
    int64_t numNonZeros, APFloat magnitude, APFloat squaredNorm,
    APFloat pseudoDensity, APFloat share,
    ArrayRef<DenseI64ArrayAttr> histograms, DenseF64ArrayAttr moments,
    ArrayRef<SeriesProfileAttr> series) {
  if (failed(verifyAlong(emitError, along))) // operand_profile_c1
    return failure();
  if (numElements < 1 || numNonZeros < 0 ||
      numNonZeros > numElements) // operand_profile_c2
    return emitError() << "expected elements, and at most as many non-zeros, "
                          "but got "
                       << numElements << " and " << numNonZeros;
  if (failed(verifySums(emitError,
                        {magnitude, squaredNorm}))) // operand_profile_c3
    return failure();
  if (moments)
    for (double moment : moments.asArrayRef())
      if (!isSum(moment)) // operand_profile_c3
        return emitError()
               << "expected finite second moments of at least 0 but got "
               << moment;
  if (failed(verifyShare(emitError, pseudoDensity)) ||
      failed(verifyShare(emitError, share))) // operand_profile_c4
    return failure();
  if (failed(verifyHistograms(emitError, histograms))) // operand_profile_c5
    return failure();
  return verifySeries(emitError, series, numNonZeros); // operand_profile_c6
}

//===----------------------------------------------------------------------===//
// OperandProfileAttr: what was measured
//===----------------------------------------------------------------------===//

OperandProfileAttr
OperandProfileAttr::get(MLIRContext *context, ArrayRef<int64_t> along,
                        const sparsity::OperandProfile &profile, double share) {
  SmallVector<DenseI64ArrayAttr> histograms;
  for (const sparsity::BlockHistogram &histogram : profile.histograms)
    histograms.push_back(DenseI64ArrayAttr::get(context, histogram.counts));
  SmallVector<SeriesProfileAttr> series;
  for (const sparsity::SeriesProfile &one : profile.series)
    series.push_back(SeriesProfileAttr::get(
        context, SeriesAttr::get(context, one.series), one.droppedNonZeros,
        APFloat(one.droppedMagnitude.toDouble()),
        APFloat(one.droppedSquaredNorm.toDouble())));
  sparsity::TensorMetrics metrics = profile.getTensorMetrics();
  return get(
      context, along, metrics.numElements, metrics.numNonZeros,
      APFloat(metrics.magnitude), APFloat(metrics.squaredNorm),
      APFloat(profile.getPseudoDensity(share)), APFloat(share), histograms,
      DenseF64ArrayAttr::get(context, profile.getSecondMoments()), series);
}

double OperandProfileAttr::getPseudoDensity() const {
  return getPseudoDensityValue().convertToDouble();
}

double OperandProfileAttr::getShare() const {
  return getShareValue().convertToDouble();
}

sparsity::TensorMetrics OperandProfileAttr::getMetrics() const {
  return {getNumElements(), getNumNonZeros(), getMagnitude().convertToDouble(),
          getSquaredNorm().convertToDouble()};
}

std::optional<sparsity::BlockHistogram>
OperandProfileAttr::getHistogram(int64_t blockSize) const {
  for (DenseI64ArrayAttr histogram : getHistograms())
    if (histogram.size() == blockSize + 1)
      return sparsity::BlockHistogram{blockSize, histogram.asArrayRef().vec()};
  return std::nullopt;
}

ArrayRef<double> OperandProfileAttr::getSecondMoments() const {
  return getColumnMoments() ? getColumnMoments().asArrayRef()
                            : ArrayRef<double>();
}

std::optional<sparsity::SeriesMetrics>
OperandProfileAttr::getSeriesMetrics(SeriesAttr series) const {
  for (SeriesProfileAttr one : getSeries()) {
    if (one.getSeries() != series)
      continue;
    sparsity::SeriesMetrics metrics;
    metrics.droppedNonZeros = one.getNumNonZeros();
    metrics.droppedMagnitude = one.getMagnitude().convertToDouble();
    metrics.droppedSquaredNorm = one.getSquaredNorm().convertToDouble();
    sparsity::TensorMetrics whole = getMetrics();
    metrics.keptNonZeros = whole.numNonZeros - metrics.droppedNonZeros;
    metrics.keptMagnitude =
        std::max(0.0, whole.magnitude - metrics.droppedMagnitude);
    metrics.keptSquaredNorm =
        std::max(0.0, whole.squaredNorm - metrics.droppedSquaredNorm);
    return metrics;
  }
  return std::nullopt;
}
