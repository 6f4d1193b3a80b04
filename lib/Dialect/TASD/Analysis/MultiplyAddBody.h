//===- MultiplyAddBody.h - Bodies that sum products -------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Matches the body `out + cast(a) * cast(b)` of a linalg op, with zero points
// or without.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_ANALYSIS_MULTIPLYADDBODY_H
#define TASD_LIB_DIALECT_TASD_ANALYSIS_MULTIPLYADDBODY_H

#include "mlir/IR/Block.h"

#include <array>
#include <optional>

namespace mlir::tasd {

/// One factor of the product.
struct Factor {
  /// The block argument it comes from; null where it is something else.
  BlockArgument argument;
  bool isUnsigned = false;
  /// The block argument that is subtracted from it; null where none is.
  BlockArgument zeroPoint;
};

/// The factors that come from inputs 0 and 1. A factor without an argument is
/// computed in a way that a cast and a zero point do not tell.
using MultiplyAddBody = std::array<Factor, 2>;

/// Matches a body that adds a product to its last argument.
std::optional<MultiplyAddBody> matchMultiplyAddBody(Block &body);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_ANALYSIS_MULTIPLYADDBODY_H
