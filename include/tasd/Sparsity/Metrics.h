//===- Metrics.h - What a tensor holds and what a series keeps --*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Statistics of a tensor, and of every series of a list, in one pass over the
// data. Sums are taken in double over fixed chunks of rows and added in chunk
// order, so that results do not depend on the number of threads. A non-finite
// element makes the magnitudes it enters non-finite: nothing is hidden.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_METRICS_H
#define TASD_SPARSITY_METRICS_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::sparsity {

/// Facts about a tensor.
struct TensorMetrics {
  int64_t numElements = 0;
  int64_t numNonZeros = 0;
  /// Sum of |a|.
  double magnitude = 0;
  /// Sum of a^2.
  double squaredNorm = 0;
  /// Sum of w * a^2 with the weight w of the column; 0 without weights.
  double weightedNorm = 0;

  /// Share of non-zeros; 0 for an empty tensor.
  double getDensity() const;
};

/// What a series keeps of a tensor.
struct SeriesMetrics {
  int64_t keptNonZeros = 0;
  int64_t droppedNonZeros = 0;
  /// Sums of |a| over what is kept and dropped.
  double keptMagnitude = 0;
  double droppedMagnitude = 0;
  /// Sums of a^2 over what is kept and dropped.
  double keptSquaredNorm = 0;
  double droppedSquaredNorm = 0;
  /// Sums of w * a^2 over what is kept and dropped; 0 without weights.
  double keptWeightedNorm = 0;
  double droppedWeightedNorm = 0;

  /// Whether every non-zero is kept.
  bool isLossless() const { return droppedNonZeros == 0; }
  /// Dropped share of non-zeros, magnitude; Frobenius norm of the residual
  /// over that of the tensor. 0 for an all-zero tensor.
  double getDroppedNonZeroShare() const;
  double getDroppedMagnitudeShare() const;
  double getRelativeFrobeniusError() const;
  /// Dropped share of the weighted norm; 0 where there is none.
  double getDroppedWeightedShare() const;
};

/// counts[k] = number of blocks of `blockSize` columns with k non-zeros. The
/// ragged last block of a row counts as padded with zeros.
struct BlockHistogram {
  int64_t blockSize = 0;
  std::vector<int64_t> counts;
};

struct Metrics {
  TensorMetrics tensor;
  /// In the order of the series asked for.
  std::vector<SeriesMetrics> series;
  /// One for each block size asked for.
  std::vector<BlockHistogram> histograms;
};

/// Measures all series and block sizes in one pass over the data.
///
/// With `columnWeights` there are weighted norms too, which tell how much a
/// series changes a product rather than the tensor. Let w[k] be the second
/// moment of element k of a vector x that the tensor is multiplied with. Of a
/// residual R the weighted norm is then the expected squared norm of R*x if the
/// elements of x are uncorrelated, and without that a bound on it after
/// multiplication with the number of columns.
///
/// Errors: invalid view, a histogram block size outside [1, 65536], another
/// number of weights than of columns or none, a weight that is negative or not
/// finite.
llvm::Expected<Metrics> measure(const TensorView &tensor,
                                llvm::ArrayRef<Series> series,
                                llvm::ArrayRef<int64_t> histogramBlocks = {},
                                llvm::ThreadPoolInterface *pool = nullptr,
                                llvm::ArrayRef<double> columnWeights = {});

/// The smallest share of elements that holds at least `share` of the sum of
/// magnitudes (pseudo-density). 0 for an all-zero or empty tensor. Errors:
/// invalid view, share outside [0, 1], a non-finite element.
llvm::Expected<double> getPseudoDensity(const TensorView &tensor,
                                        double share = 0.99);

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_METRICS_H
