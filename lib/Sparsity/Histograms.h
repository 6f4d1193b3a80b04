//===- Histograms.h - Histograms of blocks by their non-zeros ---*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Counts are integers: chunks may be added in any order.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_HISTOGRAMS_H
#define TASD_LIB_SPARSITY_HISTOGRAMS_H

#include "tasd/Sparsity/Metrics.h"

#include <mutex>

namespace tasd::sparsity {

/// Errors: a block size outside [1, 65536].
llvm::Error verifyHistogramBlocks(llvm::ArrayRef<int64_t> blockSizes);

/// Counts the blocks of rows, for several block sizes at once.
class HistogramCounter {
public:
  HistogramCounter(llvm::ArrayRef<int64_t> blockSizes, int64_t numColumns);

  /// Adds rows [rowBegin, rowEnd). Thread-safe.
  void countRows(const TensorView &tensor, int64_t rowBegin, int64_t rowEnd);
  std::vector<BlockHistogram> takeHistograms() { return std::move(histograms); }

private:
  int64_t numColumns;
  std::mutex mutex;
  std::vector<BlockHistogram> histograms;
};

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_HISTOGRAMS_H
