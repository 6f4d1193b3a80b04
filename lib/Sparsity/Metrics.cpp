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
// what is dropped may be small and is summed directly.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Metrics.h"

#include "tasd/Sparsity/Packing.h"

#include "Chunks.h"
#include "Fused.h"
#include "Histograms.h"
#include "Magnitude.h"
#include "Rows.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>

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

double SeriesMetrics::getRelativeFrobeniusError() const {
  return std::sqrt(
      getShare(droppedSquaredNorm, keptSquaredNorm + droppedSquaredNorm));
}

/// Sums over all elements of rows [rowBegin, rowEnd).
static DroppedSums addRows(const TensorView &tensor, int64_t rowBegin,
                           int64_t rowEnd) {
  Kernels kernels = getKernels(getBestSimdLevel(), tensor.elementType, 0);
  LaneSums sums;
  forEachSegment(
      tensor, rowBegin, rowEnd, {2048, {}}, [&](const Segment &segment) {
        kernels.addElements(segment.elements,
                            llvm::alignTo(segment.numColumns, 64), sums);
      });
  return getTotal(sums);
}

namespace {

/// Measures a series of any patterns from the ownership that select gives.
class OwnershipMeter final : public FusedMeter {
public:
  explicit OwnershipMeter(Ownership ownership)
      : ownership(std::move(ownership)) {}

  void measureRows(const TensorView &tensor, int64_t rowBegin, int64_t rowEnd,
                   llvm::MutableArrayRef<DroppedSums> sums) const override {
    withMagnitude(tensor.elementType, [&](auto magnitude) {
      using Magnitude = decltype(magnitude);
      auto add = [&](const Segment &segment) {
        addUnowned<Magnitude>(segment, sums[0]);
      };
      forEachSegment(tensor, rowBegin, rowEnd, {2048, {}}, add);
    });
  }

private:
  template <typename Magnitude>
  void addUnowned(const Segment &segment, DroppedSums &sum) const {
    auto *elements =
        reinterpret_cast<const typename Magnitude::Bits *>(segment.elements);
    const uint8_t *owners = ownership.owner.data() +
                            segment.row * ownership.numColumns +
                            segment.columnBegin;
    for (int64_t i = 0; i < segment.numColumns; ++i) {
      auto key = Magnitude::getKey(elements[i]);
      if (key == 0 || owners[i] != Ownership::unowned)
        continue;
      double value = Magnitude::decode(key);
      sum += {1, value, value * value};
    }
  }

  Ownership ownership;
};

/// A meter and the series it measures, as positions in the list.
struct Gauge {
  std::vector<size_t> positions;
  std::unique_ptr<FusedMeter> meter;
};

/// What one chunk of rows adds to the result.
struct ChunkSums {
  DroppedSums tensor;
  std::vector<DroppedSums> series;
};

} // namespace

/// Meters of whole families first; what they leave is measured one by one.
static Expected<std::vector<Gauge>>
createGauges(const TensorView &tensor, ArrayRef<Series> series,
             llvm::ThreadPoolInterface *pool) {
  std::vector<Gauge> gauges;
  std::vector<std::string> keywords;
  std::vector<size_t> single;
  for (size_t i = 0; i < series.size(); ++i) {
    std::string keyword = getCommonFamily(series[i]).str();
    auto it = llvm::find(keywords, keyword);
    if (keyword.empty()) {
      single.push_back(i);
    } else if (it == keywords.end()) {
      keywords.push_back(keyword);
      gauges.push_back({{i}, nullptr});
    } else {
      gauges[it - keywords.begin()].positions.push_back(i);
    }
  }
  for (Gauge &gauge : gauges) {
    std::vector<Series> members;
    for (size_t i : gauge.positions)
      members.push_back(series[i]);
    gauge.meter = members.front().getPatterns().front()->createFusedMeter(
        members, tensor.elementType);
    if (!gauge.meter)
      llvm::append_range(single, gauge.positions);
  }
  llvm::erase_if(gauges, [](const Gauge &gauge) { return !gauge.meter; });
  for (size_t i : single) {
    Expected<Ownership> ownership = select(tensor, series[i], pool);
    if (!ownership)
      return ownership.takeError();
    gauges.push_back(
        {{i}, std::make_unique<OwnershipMeter>(std::move(*ownership))});
  }
  return gauges;
}

static ChunkSums measureChunk(const TensorView &tensor, int64_t rowBegin,
                              int64_t rowEnd, ArrayRef<Gauge> gauges,
                              size_t numSeries) {
  ChunkSums sums;
  sums.tensor = addRows(tensor, rowBegin, rowEnd);
  sums.series.resize(numSeries);
  std::vector<DroppedSums> dropped;
  for (const Gauge &gauge : gauges) {
    dropped.assign(gauge.positions.size(), {});
    gauge.meter->measureRows(tensor, rowBegin, rowEnd, dropped);
    for (auto [position, sum] : llvm::zip(gauge.positions, dropped))
      sums.series[position] = sum;
  }
  return sums;
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
  if (result.keptNonZeros != 0) {
    result.keptMagnitude = getKept(tensor.magnitude, dropped.magnitude);
    result.keptSquaredNorm = getKept(tensor.squaredNorm, dropped.squaredNorm);
  }
  return result;
}

Expected<Metrics> tasd::sparsity::measure(const TensorView &tensor,
                                          ArrayRef<Series> series,
                                          ArrayRef<int64_t> histogramBlocks,
                                          llvm::ThreadPoolInterface *pool) {
  if (Error error = tensor.verify())
    return std::move(error);
  if (Error error = verifyHistogramBlocks(histogramBlocks))
    return std::move(error);
  Expected<std::vector<Gauge>> gauges = createGauges(tensor, series, pool);
  if (!gauges)
    return gauges.takeError();

  int64_t numColumns = tensor.blocked.getNumColumns();
  RowChunks chunks(tensor.blocked.getNumRows(), numColumns);
  HistogramCounter counter(histogramBlocks, numColumns);
  std::vector<ChunkSums> chunkSums(chunks.size());
  chunks.forEach(pool, [&](int64_t chunk, int64_t begin, int64_t end) {
    chunkSums[chunk] = measureChunk(tensor, begin, end, *gauges, series.size());
    counter.countRows(tensor, begin, end);
  });

  DroppedSums whole;
  std::vector<DroppedSums> dropped(series.size());
  for (const ChunkSums &sums : chunkSums) {
    whole += sums.tensor;
    for (auto [total, part] : llvm::zip(dropped, sums.series))
      total += part;
  }
  Metrics metrics;
  metrics.tensor = {tensor.blocked.getNumRows() * numColumns, whole.nonZeros,
                    whole.magnitude, whole.squaredNorm};
  for (const DroppedSums &sums : dropped)
    metrics.series.push_back(getSeriesMetrics(whole, sums));
  metrics.histograms = counter.takeHistograms();
  return metrics;
}
