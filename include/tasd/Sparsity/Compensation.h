//===- Compensation.h - Kept values that make up for dropped ones -*- C++ -*-=//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a series drops of a row of weights changes the row's product with its
// inputs. Inputs are correlated, so the values that are kept can take over a
// part of it: with H the second moments of the inputs, S the places kept and D
// those dropped, the expected squared error (w - w')^T H (w - w') is least for
// w'_S = w_S + H_SS^-1 H_SD w_D. Nothing is trained, and what is kept stays
// where it is.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_COMPENSATION_H
#define TASD_SPARSITY_COMPENSATION_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::sparsity {

struct CompensationOptions {
  /// Added to the diagonal of H, as a share of its mean: what few data say of
  /// correlations is not taken at its word, and H need not be regular.
  double damping = 0.01;
};

/// Expected squared norms of a product and of its errors, summed over the rows.
struct Compensation {
  double output = 0;
  double errorBefore = 0;
  double errorAfter = 0;
  /// Rows whose kept values were changed.
  int64_t numRows = 0;

  Compensation &operator+=(const Compensation &other);
  /// The share of the output that is lost; 0 where there is none.
  double getErrorShare() const { return output > 0 ? errorAfter / output : 0; }
};

/// Writes what `series` keeps of `tensor` to `result`, of the same type and
/// shape, with kept values that make up for those dropped, and zeros elsewhere;
/// the series covers it. Rows that cannot be improved are kept as they are: no
/// row's error grows.
///
/// `moments` are the means of products of two inputs, row-major, for
/// all columns or, of windows times channels, for the channels alone; inputs of
/// different windows then count as uncorrelated.
///
/// Errors: invalid views, elements that are no floats, a damping that is
/// negative or not finite, moments of another size or not finite, a non-finite
/// element, a pattern whose packed form has no fixed size.
llvm::Expected<Compensation>
compensate(const TensorView &tensor, const Series &series,
           llvm::ArrayRef<double> moments, const MutableTensorView &result,
           const CompensationOptions &options = {},
           llvm::ThreadPoolInterface *pool = nullptr);

/// What compensate gives for each of several series, on at most `maxRows` rows
/// of the tensor, evenly spaced: it takes as long as there are rows. Errors are
/// those of compensate, or that `maxRows` is not positive.
llvm::Expected<std::vector<Compensation>>
sampleCompensation(const TensorView &tensor, llvm::ArrayRef<Series> series,
                   llvm::ArrayRef<double> moments, int64_t maxRows,
                   const CompensationOptions &options = {},
                   llvm::ThreadPoolInterface *pool = nullptr);

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_COMPENSATION_H
