//===- SecondMomentMatrix.h - How columns vary together ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The matrix X'X of the rows X of a tensor, as a whole: numColumns^2 doubles.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_SECONDMOMENTMATRIX_H
#define TASD_SPARSITY_SECONDMOMENTMATRIX_H

#include "tasd/Sparsity/TensorView.h"

#include <vector>

namespace llvm {
class raw_ostream;
class ThreadPoolInterface;
} // namespace llvm

namespace tasd::sparsity {

/// Sums of products of columns, in double. The order of calls rounds them
/// differently; the number of threads does not.
struct SecondMomentMatrix {
  int64_t numColumns = 0;
  /// Rows summed over.
  int64_t numRows = 0;
  /// Row-major, symmetric.
  std::vector<double> sums;

  /// Adds the products of a valid view of so many columns, all finite.
  void add(const TensorView &tensor, llvm::ThreadPoolInterface *pool = nullptr);
  /// Adds a matrix of so many columns.
  void add(const SecondMomentMatrix &other);

  /// The mean of the product of two columns; 0 without rows.
  double getMoment(int64_t row, int64_t column) const {
    return numRows == 0 ? 0 : sums[row * numColumns + column] / double(numRows);
  }

  /// Writes the means as an .npy file of numColumns x numColumns doubles.
  void writeNpy(llvm::raw_ostream &os) const;
};

/// Reads the means that writeNpy wrote, row-major. Errors: another type or
/// shape than numColumns x numColumns doubles, a mean that is not finite.
llvm::Expected<std::vector<double>> parseSecondMoments(llvm::StringRef bytes,
                                                       int64_t numColumns);

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_SECONDMOMENTMATRIX_H
