//===- SeriesMeters.cpp - What each series of a list drops ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Meters of whole families first; what they leave is measured one by one, so
// that there is one ownership at a time.
//
//===----------------------------------------------------------------------===//

#include "SeriesMeters.h"

#include "tasd/Sparsity/Packing.h"

#include "Chunks.h"
#include "Fused.h"
#include "Magnitude.h"
#include "Rows.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::Expected;

SeriesMeters::SeriesMeters(ArrayRef<Series> series, ElementType type) {
  std::vector<std::string> keywords;
  for (size_t i = 0; i < series.size(); ++i) {
    std::string keyword = getCommonFamily(series[i]).str();
    auto it = llvm::find(keywords, keyword);
    if (keyword.empty()) {
      others.push_back(i);
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
    gauge.meter =
        members.front().getPatterns().front()->createFusedMeter(members, type);
    if (!gauge.meter)
      llvm::append_range(others, gauge.positions);
  }
  llvm::erase_if(gauges, [](const Gauge &gauge) { return !gauge.meter; });
}

void SeriesMeters::measureRows(const TensorView &tensor, int64_t rowBegin,
                               int64_t rowEnd, ArrayRef<double> columnWeights,
                               llvm::MutableArrayRef<DroppedSums> sums) const {
  std::vector<DroppedSums> dropped;
  for (const Gauge &gauge : gauges) {
    dropped.assign(gauge.positions.size(), {});
    gauge.meter->measureRows(tensor, rowBegin, rowEnd, columnWeights, dropped);
    for (auto [position, sum] : llvm::zip(gauge.positions, dropped))
      sums[position] += sum;
  }
}

template <typename Magnitude>
static void addUnowned(const Segment &segment, const Ownership &ownership,
                       ArrayRef<double> columnWeights, DroppedSums &sum) {
  auto *elements =
      reinterpret_cast<const typename Magnitude::Bits *>(segment.elements);
  const uint8_t *owners = ownership.owner.data() +
                          segment.row * ownership.numColumns +
                          segment.columnBegin;
  for (int64_t i = 0; i < segment.numColumns; ++i) {
    auto key = Magnitude::getKey(elements[i]);
    if (key == 0 || owners[i] != Ownership::unowned)
      continue;
    double value = Magnitude::decode(key), square = value * value;
    sum += {1, value, square,
            columnWeights.empty()
                ? 0
                : columnWeights[segment.columnBegin + i] * square};
  }
}

Expected<DroppedSums>
tasd::sparsity::measureSelection(const TensorView &tensor, const Series &series,
                                 ArrayRef<double> columnWeights,
                                 llvm::ThreadPoolInterface *pool) {
  Expected<Ownership> ownership = select(tensor, series, pool);
  if (!ownership)
    return ownership.takeError();
  RowChunks chunks(tensor.blocked.getNumRows(), tensor.blocked.getNumColumns());
  std::vector<DroppedSums> parts(chunks.size());
  chunks.forEach(pool, [&](int64_t chunk, int64_t begin, int64_t end) {
    withMagnitude(tensor.elementType, [&](auto magnitude) {
      using Magnitude = decltype(magnitude);
      auto add = [&](const Segment &segment) {
        addUnowned<Magnitude>(segment, *ownership, columnWeights, parts[chunk]);
      };
      forEachSegment(tensor, begin, end, {2048, {}}, add);
    });
  });
  DroppedSums total;
  for (const DroppedSums &part : parts)
    total += part;
  return total;
}
