//===- Recompose.h - Series tried on tensors of a run -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What tasd_runtime_recompose does is the host's to say, before each run and
// for each thread apart: one compiled program then shows what many plans do.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_RUNTIME_RECOMPOSE_H
#define TASD_RUNTIME_RECOMPOSE_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::runtime {

/// What becomes of the tensor of one slot.
struct Recomposition {
  /// No terms leave the tensor as it is.
  sparsity::Series series;
  /// The dimensions blocks run along, flattened in that order.
  llvm::SmallVector<int64_t, 4> along;
};

/// Sets the recompositions of the calling thread, one for each slot, as long as
/// it lives; outside of all of them tensors stay as they are. Scopes nest.
class RecompositionScope {
public:
  explicit RecompositionScope(llvm::ArrayRef<Recomposition> slots);
  RecompositionScope(const RecompositionScope &) = delete;
  RecompositionScope &operator=(const RecompositionScope &) = delete;
  ~RecompositionScope();

private:
  llvm::ArrayRef<Recomposition> previous;
};

} // namespace tasd::runtime

#endif // TASD_RUNTIME_RECOMPOSE_H
