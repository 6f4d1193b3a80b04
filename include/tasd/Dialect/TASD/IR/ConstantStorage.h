//===- ConstantStorage.h - Who holds the data of constants ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Passes that walk through the weights of a model look at one constant after
// the other. They say when they are done with one, so that whoever holds the
// data, say in a mapped file, need not keep all of it in memory.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_IR_CONSTANTSTORAGE_H
#define TASD_DIALECT_TASD_IR_CONSTANTSTORAGE_H

#include "tasd/Dialect/TASD/IR/TASD.h"

namespace mlir::tasd {

/// An interface of the tasd dialect, added by the holder of the data.
class ConstantStorageInterface
    : public DialectInterface::Base<ConstantStorageInterface> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ConstantStorageInterface)

  explicit ConstantStorageInterface(Dialect *dialect) : Base(dialect) {}

  /// Lets go of memory. The data have to stay readable at their addresses; to
  /// read them again may take longer. Thread-safe.
  virtual void release() const = 0;
};

/// Tells the holder of the data, if there is one, that a constant has been
/// read.
void releaseConstantData(MLIRContext *context);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_IR_CONSTANTSTORAGE_H
