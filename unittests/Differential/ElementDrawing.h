//===- ElementDrawing.h - Random elements of tensors ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_ELEMENTDRAWING_H
#define TASD_UNITTESTS_DIFFERENTIAL_ELEMENTDRAWING_H

#include "Numbers.h"
#include "OpKinds.h"
#include "Random.h"

namespace tasd::differential {

/// Draws the elements of tensors.
class ElementDrawing {
public:
  ElementDrawing(Random &random, bool isExact)
      : random(random), isExact(isExact) {}

  /// Integers of magnitude up to `limit`, or fractions where sums are rounded.
  /// `density` is the share of non-zeros in percent.
  Tensor draw(Format format, llvm::ArrayRef<int64_t> shape, Number limit,
              int density);

private:
  Number drawOne(Format format, Number limit);

  Random &random;
  bool isExact;
};

/// The largest magnitude of the elements so that all partial sums are exact.
Number getExactLimit(const ElementTypes &types, int64_t numProducts);

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_ELEMENTDRAWING_H
