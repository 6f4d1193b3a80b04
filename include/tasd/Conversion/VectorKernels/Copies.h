//===- Copies.h - Operands in another order and type ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How operands that do not lie as a kernel wants them are copied: one parallel
// linalg.generic, which transposes, gathers windows and casts on the way.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_VECTORKERNELS_COPIES_H
#define TASD_CONVERSION_VECTORKERNELS_COPIES_H

#include "mlir/IR/AffineMap.h"
#include "mlir/IR/Builders.h"

namespace mlir::tasd {

using ElementCast = function_ref<Value(OpBuilder &, Location, Value)>;

/// Copies `source`, read through `from`, into `target`, written through `to`;
/// both maps are over the loops of the copy. Returns the new target.
Value buildCopy(OpBuilder &builder, Location loc, Value source, AffineMap from,
                Value target, AffineMap to, ElementCast cast);

/// A float, or a vector of them, widened or narrowed to elements of `type`;
/// other elements are of that type.
Value castFloat(OpBuilder &builder, Location loc, Value value, Type type);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_VECTORKERNELS_COPIES_H
