//===- WeightedNorms.h - Norms that weigh columns ---------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How much a series changes a product rather than a tensor: what it drops
// counts by what it would have been multiplied with.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_WEIGHTEDNORMS_H
#define TASD_SPARSITY_WEIGHTEDNORMS_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::sparsity {

/// Sums of w[k] * a^2 over the elements a of each column k. Let w[k] be the
/// second moment of element k of a vector x that the tensor A is multiplied
/// with. Of a residual R the sum is then the expected squared norm of R*x, if
/// the elements of x are uncorrelated, and without that a bound on it after
/// multiplication with the number of columns.
struct WeightedNorms {
  /// Of all elements.
  double whole = 0;
  /// Of what each series drops.
  std::vector<double> dropped;

  /// The share that a series drops; 0 where the whole is 0.
  double getDroppedShare(size_t series) const;
};

/// Measures every series of a list. Sums are taken in double over fixed chunks
/// of rows and added in chunk order. A non-finite element makes the sums it
/// enters non-finite. Errors: invalid view, another number of weights than of
/// columns, a weight that is negative or not finite.
llvm::Expected<WeightedNorms>
measureWeightedNorms(const TensorView &tensor, llvm::ArrayRef<Series> series,
                     llvm::ArrayRef<double> columnWeights,
                     llvm::ThreadPoolInterface *pool = nullptr);

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_WEIGHTEDNORMS_H
