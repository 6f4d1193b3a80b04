//===- Composition.h - What a series keeps of a tensor ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// compose(decompose(A)) in two ways that must agree: through the Sparsity
// library, and, for N:M patterns, by the definition of the greedy choice.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_COMPOSITION_H
#define TASD_UNITTESTS_DIFFERENTIAL_COMPOSITION_H

#include "Numbers.h"

#include "llvm/Support/Error.h"

namespace tasd::differential {

/// How an operand is decomposed.
struct Decomposition {
  /// The text of a series.
  std::string series;
  Shape along;
  bool isUnsigned = false;
};

/// The composed tensor. Errors: the library and the definition disagree, or the
/// result differs from a tensor that the series covers.
llvm::Expected<Tensor> compose(const Tensor &tensor,
                               const Decomposition &decomposition);

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_COMPOSITION_H
