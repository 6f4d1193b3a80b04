//===- ElementCast.h - Casts of single elements -----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What arith's casts do to an element in memory.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_ANALYSIS_ELEMENTCAST_H
#define TASD_LIB_DIALECT_TASD_ANALYSIS_ELEMENTCAST_H

#include "mlir/IR/Operation.h"

namespace mlir::tasd {

/// Whether `op` is a cast that castElement can do.
bool isElementCast(Operation *op);

/// Casts the element at `in`, of type `from`, as `op` does, and writes it to
/// `out`.
void castElement(Operation *op, Type from, const char *in, Type to, char *out);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_ANALYSIS_ELEMENTCAST_H
