//===- PrunedWeights.h - Random weights as pruning leaves them --*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Weights that are nearly normal, of which those below a threshold of magnitude
// are zero: what unstructured pruning leaves of a trained layer. The same seed
// gives the same bytes on every machine.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_LARGEMODELS_PRUNEDWEIGHTS_H
#define TASD_BENCHMARKS_LARGEMODELS_PRUNEDWEIGHTS_H

#include "mlir/IR/BuiltinTypes.h"

#include <vector>

namespace tasd::largemodels {

class PrunedWeights {
public:
  /// Draws elements of `type`, a float of at most 32 bits or i8. Floats have
  /// the standard deviation `deviation` before pruning; i8 uses its whole
  /// range. `density` is the expected share of non-zeros.
  PrunedWeights(mlir::Type type, double deviation, double density);

  /// Fills `bytes` with elements.
  void fill(llvm::MutableArrayRef<char> bytes, uint64_t seed) const;

private:
  /// Bytes of one element.
  size_t width;
  /// The encoded element of each sum that is drawn.
  std::vector<uint32_t> elements;
};

} // namespace tasd::largemodels

#endif // TASD_BENCHMARKS_LARGEMODELS_PRUNEDWEIGHTS_H
