//===- ConstantBytes.h - The bytes of constant components -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The data of the constants that a packed series consists of, as Sparsity takes
// them.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_ANALYSIS_CONSTANTBYTES_H
#define TASD_DIALECT_TASD_ANALYSIS_CONSTANTBYTES_H

#include "mlir/IR/ValueRange.h"
#include "tasd/Dialect/TASD/IR/TASD.h"

#include <list>
#include <vector>

namespace mlir::tasd {

/// Splats are copied; all else belongs to the attributes.
class ConstantBytes {
public:
  /// Reads the constants that `components` are. Fails, without a word, where
  /// one is no constant, or its data cannot be read.
  LogicalResult read(ValueRange components);

  /// Of each component, in order.
  ArrayRef<ArrayRef<char>> getComponents() const { return components; }

private:
  LogicalResult add(ElementsAttr attr);
  ArrayRef<char> repeat(ArrayRef<char> element, int64_t count);

  SmallVector<ArrayRef<char>> components;
  /// A list, whose elements stay where they are.
  std::list<std::vector<char>> copies;
};

/// Whether all components are constants.
bool areConstants(ValueRange components);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_ANALYSIS_CONSTANTBYTES_H
