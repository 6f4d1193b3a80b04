//===- ElementCopy.h - Copy and cast elements of a view ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_ANALYSIS_ELEMENTCOPY_H
#define TASD_LIB_DIALECT_TASD_ANALYSIS_ELEMENTCOPY_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Operation.h"

namespace mlir::tasd {

/// The bytes of an element of a plain type.
inline int64_t getByteWidth(Type type) {
  return type.getIntOrFloatBitWidth() / 8;
}

/// Elements of plain types in memory.
struct ElementsView {
  RankedTensorType type;
  const char *data;
  /// In elements.
  ArrayRef<int64_t> strides;
};

/// Writes the elements of `source` to `out` in row-major order, in parallel;
/// each as `cast` makes it an element of type `to`, or as it is where `cast` is
/// null and `to` is the type it has.
void copyElements(const ElementsView &source, Operation *cast, Type to,
                  char *out);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_ANALYSIS_ELEMENTCOPY_H
