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

#ifndef TASD_DIALECT_TASD_ANALYSIS_MULTIPLYADDBODY_H
#define TASD_DIALECT_TASD_ANALYSIS_MULTIPLYADDBODY_H

#include "mlir/IR/Block.h"
#include "mlir/IR/Operation.h"

#include <array>
#include <optional>

namespace mlir::tasd {

/// One factor of the product.
struct Factor {
  /// The argument of the body it comes from; null where it is something else.
  BlockArgument argument;
  /// The casts of the argument, in the order they are applied.
  SmallVector<Operation *> casts;
  /// The argument that is subtracted from it; null where none is.
  BlockArgument zeroPoint;

  /// Whether it is cast at most once, to a type that holds every value.
  bool isWidenedOnce() const;
  /// Whether its cast reads an integer without a sign.
  bool isUnsigned() const;
};

/// `out + factors[0] * factors[1]`.
struct MultiplyAddBody {
  /// By argument, where both have one.
  std::array<Factor, 2> factors;
  /// The type of the product.
  Type type;
};

/// Matches a body that adds a product to its last argument.
std::optional<MultiplyAddBody> matchMultiplyAddBody(Block &body);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_ANALYSIS_MULTIPLYADDBODY_H
