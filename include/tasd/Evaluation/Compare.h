//===- Compare.h - How far results are apart --------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_COMPARE_H
#define TASD_EVALUATION_COMPARE_H

#include "tasd/Evaluation/NDArray.h"

#include "llvm/Support/Error.h"

namespace tasd::evaluation {

/// The difference of arrays `a` from reference arrays `r`, over all elements of
/// all of them, in double. Two NaNs are equal, as are infinities of one sign.
struct ErrorStats {
  int64_t numElements = 0;
  /// Elements of which exactly one is finite, or that are different NaN or Inf:
  /// they make both errors infinite.
  int64_t numNonFiniteMismatches = 0;
  /// max |a - r|.
  double maxAbsError = 0;
  /// ||a - r|| / ||r|| in the Frobenius norm, over the elements that are finite
  /// in r; 0 where a equals r, infinite where only r is zero.
  double relativeError = 0;
};

/// Errors: arrays that differ in number, element type or shape.
llvm::Expected<ErrorStats> compare(llvm::ArrayRef<NDArray> arrays,
                                   llvm::ArrayRef<NDArray> reference);

/// How many rows have the label among their largest scores.
struct Accuracy {
  int64_t numCorrect = 0;
  int64_t numTotal = 0;
  /// Share of correct rows; 0 for none.
  double getShare() const;
};

/// Counts the rows of scores, rows x classes with any further extents 1, whose
/// label, one integer for each row, is the class of one of the `count` largest
/// scores. Of equal scores the first counts as larger; NaN is never among the
/// largest. Errors: other shapes, labels of a float type.
llvm::Expected<Accuracy>
getTopAccuracy(const NDArray &scores, const NDArray &labels, int64_t count = 1);

/// The class of the largest score of each row, the first of equals, as
/// integers; -1 where all are NaN. Errors: other shapes.
llvm::Expected<NDArray> getTopClasses(const NDArray &scores);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_COMPARE_H
