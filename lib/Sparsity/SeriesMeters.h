//===- SeriesMeters.h - What each series of a list drops --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Families that have a meter measure all their series in one pass; a series of
// any patterns is measured from the ownership that select gives.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_SERIESMETERS_H
#define TASD_LIB_SPARSITY_SERIESMETERS_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::sparsity {

/// The meters of the families in a list of series.
class SeriesMeters {
public:
  SeriesMeters(llvm::ArrayRef<Series> series, ElementType type);

  /// Adds to `sums[i]` what series i drops, where a meter measures it.
  void measureRows(const TensorView &tensor, int64_t rowBegin, int64_t rowEnd,
                   llvm::ArrayRef<double> columnWeights,
                   llvm::MutableArrayRef<DroppedSums> sums) const;

  /// The series that no meter measures, as positions in the list.
  llvm::ArrayRef<size_t> getOthers() const { return others; }

private:
  /// A meter and the series it measures, as positions in the list.
  struct Gauge {
    std::vector<size_t> positions;
    std::unique_ptr<FusedMeter> meter;
  };
  std::vector<Gauge> gauges;
  std::vector<size_t> others;
};

/// Measures a series of any patterns, in memory of a byte for each element.
llvm::Expected<DroppedSums>
measureSelection(const TensorView &tensor, const Series &series,
                 llvm::ArrayRef<double> columnWeights,
                 llvm::ThreadPoolInterface *pool);

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_SERIESMETERS_H
