//===- Relocation.h - Ops that move elements and change none ----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Transposes, broadcasts and casts of tensors, however they are written.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_ANALYSIS_RELOCATION_H
#define TASD_DIALECT_TASD_ANALYSIS_RELOCATION_H

#include "mlir/IR/AffineMap.h"
#include "mlir/IR/Operation.h"

#include <optional>

namespace mlir::tasd {

/// A linalg op that yields its only input, cast or not, at other places.
struct Relocation {
  Value source;
  /// From the loops to the elements: a projected permutation for the input, a
  /// permutation for the output.
  AffineMap inputMap, outputMap;
  /// Null where elements stay as they are.
  Operation *cast = nullptr;
};

/// What `op` moves where; none if it is no linalg op or does anything else.
std::optional<Relocation> matchRelocation(Operation *op);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_ANALYSIS_RELOCATION_H
