//===- Residual.h - What a series leaves of a tensor ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_RESIDUAL_H
#define TASD_SPARSITY_RESIDUAL_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::sparsity {

/// A copy of a tensor without the elements that some term owns: they are zero.
class Residual {
public:
  /// Of a valid view and what was selected of it.
  Residual(const TensorView &tensor, const Ownership &ownership);

  /// Row-major, of the same row dimensions, and one of all columns. Valid while
  /// this lives.
  const TensorView &getView() const { return view; }

private:
  std::vector<char> bytes;
  TensorView view;
};

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_RESIDUAL_H
