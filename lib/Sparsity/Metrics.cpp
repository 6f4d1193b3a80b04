//===- Metrics.cpp - What a tensor holds and what a series keeps ----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One pass: a chunk of rows is read by all that measure it while it is in the
// cache. What is kept is the whole less what is dropped: terms keep at least a
// share N / M of the magnitude of their blocks, so that nothing cancels, while
// what is dropped may be small and is summed directly. (Of weighted norms they
// may keep little, which nobody asks for alone.)
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Metrics.h"

#include "Chunks.h"
#include "Fused.h"
#include "Histograms.h"
#include "Rows.h"
#include "SeriesMeters.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <array>
#include <cmath>
#include <numeric>

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;

static double getShare(double part, double whole) {
  return whole == 0 ? 0 : part / whole;
}

double TensorMetrics::getDensity() const {
  return getShare(numNonZeros, numElements);
}

double SeriesMetrics::getDroppedNonZeroShare() const {
  return getShare(droppedNonZeros, double(keptNonZeros + droppedNonZeros));
}

double SeriesMetrics::getDroppedMagnitudeShare() const {
  return getShare(droppedMagnitude, keptMagnitude + droppedMagnitude);
}

double SeriesMetrics::getDroppedWeightedShare() const {
  return getShare(droppedWeightedNorm, keptWeightedNorm + droppedWeightedNorm);
}

double SeriesMetrics::getRelativeFrobeniusError() const {
  return std::sqrt(
      getShare(droppedSquaredNorm, keptSquaredNorm + droppedSquaredNorm));
}

/// The weighted squared norm of rows [rowBegin, rowEnd).
static double addWeighted(const TensorView &tensor, int64_t rowBegin,
                          int64_t rowEnd, ArrayRef<double> columnWeights,
                          const Kernels &kernels) {
  constexpr int64_t segmentColumns = 1024;
  std::array<double, segmentColumns> products;
  std::array<uint64_t, segmentColumns / 64> nothing = {};
  const uint64_t *plane = nothing.data();
  LaneSum sum;
  auto add = [&](const Segment &segment) {
    int64_t numWords = llvm::divideCeil(segment.numColumns, 64);
    kernels.weighSquares(segment.elements,
                         columnWeights.data() + segment.columnBegin,
                         segment.numColumns, products.data());
    std::fill(products.begin() + segment.numColumns,
              products.begin() + numWords * 64, 0.0);
    kernels.addUnowned({products.data(), numWords, &plane, 1, &sum});
  };
  forEachSegment(tensor, rowBegin, rowEnd, {segmentColumns, {}}, add);
  return std::accumulate(std::begin(sum.lanes), std::end(sum.lanes), 0.0);
}

/// Sums over all elements of rows [rowBegin, rowEnd).
static DroppedSums addRows(const TensorView &tensor, int64_t rowBegin,
                           int64_t rowEnd, ArrayRef<double> columnWeights) {
  Kernels kernels = getKernels(getBestSimdLevel(), tensor.elementType, 0);
  LaneSums sums;
  forEachSegment(
      tensor, rowBegin, rowEnd, {2048, {}}, [&](const Segment &segment) {
        kernels.addElements(segment.elements,
                            llvm::alignTo(segment.numColumns, 64), sums);
      });
  DroppedSums total = getTotal(sums);
  if (!columnWeights.empty())
    total.weightedNorm =
        addWeighted(tensor, rowBegin, rowEnd, columnWeights, kernels);
  return total;
}

namespace {

/// What one chunk of rows adds to the result.
struct ChunkSums {
  DroppedSums tensor;
  std::vector<DroppedSums> series;
};

} // namespace

static Error verifyWeights(ArrayRef<double> weights, int64_t numColumns) {
  if (weights.empty())
    return Error::success();
  if (static_cast<int64_t>(weights.size()) != numColumns)
    return llvm::createStringError("expected " + llvm::Twine(numColumns) +
                                   " weights of columns but got " +
                                   llvm::Twine(weights.size()));
  for (auto [column, weight] : llvm::enumerate(weights))
    if (!(weight >= 0) || std::isinf(weight))
      return llvm::createStringError(
          "expected finite weights of at least 0 but got %g for column %zu",
          weight, column);
  return Error::success();
}

/// The whole less what is dropped. Infinities and NaNs rank first, so where one
/// is dropped, one is kept.
static double getKept(double whole, double dropped) {
  return std::isfinite(dropped) ? whole - dropped : whole;
}

static SeriesMetrics getSeriesMetrics(const DroppedSums &tensor,
                                      const DroppedSums &dropped) {
  SeriesMetrics result;
  result.keptNonZeros = tensor.nonZeros - dropped.nonZeros;
  result.droppedNonZeros = dropped.nonZeros;
  result.droppedMagnitude = dropped.magnitude;
  result.droppedSquaredNorm = dropped.squaredNorm;
  result.droppedWeightedNorm = dropped.weightedNorm;
  if (result.keptNonZeros != 0) {
    result.keptMagnitude = getKept(tensor.magnitude, dropped.magnitude);
    result.keptSquaredNorm = getKept(tensor.squaredNorm, dropped.squaredNorm);
    result.keptWeightedNorm =
        getKept(tensor.weightedNorm, dropped.weightedNorm);
  }
  return result;
}

static Metrics getMetrics(int64_t numElements, ArrayRef<ChunkSums> chunks,
                          std::vector<DroppedSums> dropped) {
  DroppedSums whole;
  for (const ChunkSums &sums : chunks) {
    whole += sums.tensor;
    for (auto [total, part] : llvm::zip(dropped, sums.series))
      total += part;
  }
  Metrics metrics;
  metrics.tensor = {numElements, whole.nonZeros, whole.magnitude,
                    whole.squaredNorm, whole.weightedNorm};
  for (const DroppedSums &sums : dropped)
    metrics.series.push_back(getSeriesMetrics(whole, sums));
  return metrics;
}

Expected<Metrics> tasd::sparsity::measure(const TensorView &tensor,
                                          ArrayRef<Series> series,
                                          ArrayRef<int64_t> histogramBlocks,
                                          llvm::ThreadPoolInterface *pool,
                                          ArrayRef<double> columnWeights) {
  if (Error error = tensor.verify())
    return std::move(error);
  if (Error error = verifyHistogramBlocks(histogramBlocks))
    return std::move(error);
  int64_t numRows = tensor.blocked.getNumRows();
  int64_t numColumns = tensor.blocked.getNumColumns();
  if (Error error = verifyWeights(columnWeights, numColumns))
    return std::move(error);

  SeriesMeters meters(series, tensor.elementType);
  RowChunks chunks(numRows, numColumns);
  HistogramCounter counter(histogramBlocks, numColumns);
  std::vector<ChunkSums> sums(chunks.size());
  chunks.forEach(pool, [&](int64_t chunk, int64_t begin, int64_t end) {
    sums[chunk].tensor = addRows(tensor, begin, end, columnWeights);
    sums[chunk].series.resize(series.size());
    meters.measureRows(tensor, begin, end, columnWeights, sums[chunk].series);
    counter.countRows(tensor, begin, end);
  });
  std::vector<DroppedSums> others(series.size());
  for (size_t i : meters.getOthers()) {
    Expected<DroppedSums> dropped =
        measureSelection(tensor, series[i], columnWeights, pool);
    if (!dropped)
      return dropped.takeError();
    others[i] = *dropped;
  }
  Metrics metrics = getMetrics(numRows * numColumns, sums, std::move(others));
  metrics.histograms = counter.takeHistograms();
  return metrics;
}
