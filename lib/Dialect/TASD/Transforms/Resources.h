//===- Resources.h - How constants are stored as resources ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_RESOURCES_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_RESOURCES_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/AsmState.h"

#include <cstdint>
#include <string>
#include <vector>

namespace mlir::tasd {

/// MLIR reads bytecode from buffers of this alignment, and none with a resource
/// that asks for more.
constexpr int64_t kResourceAlignment = 16;

/// Constants that are being made, one after the other.
class NewConstants {
public:
  /// Memory for the elements of one more, uninitialised.
  MutableArrayRef<char> allocate(RankedTensorType type, std::string name);

  /// All of them, in the order in which they were allocated.
  SmallVector<ElementsAttr> take() &&;

private:
  struct NewConstant {
    RankedTensorType type;
    std::string name;
    AsmResourceBlob blob;
  };
  std::vector<NewConstant> constants;
};

/// The bytes that the elements of a tensor of static shape take.
int64_t getNumBytes(RankedTensorType type);

/// The begin of the names of resources that stand for a series: after its
/// location, so that a reader of the module sees whose they are.
std::string getSeriesResourceName(Location location);

/// A constant of these bytes: a resource, where one can be. One without
/// elements or of rank 0 cannot: MLIR's bytecode does not read empty ones back,
/// the translation to LLVM takes none, and the lowering of globals reads
/// scalars as elements.
ElementsAttr createConstantAttr(RankedTensorType type, StringRef name,
                                AsmResourceBlob blob);

/// A constant as a component of that type, which may leave extents open.
Value createComponent(OpBuilder &builder, Location loc, ElementsAttr attribute,
                      RankedTensorType type);

/// Makes a new constant an input of a layer, and gives its value.
Value replaceInput(linalg::LinalgOp op, unsigned input, ElementsAttr elements);

/// Erases what `value` is defined by, and what that alone needs, if nothing
/// uses it.
void eraseIfDead(Value value);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_RESOURCES_H
