//===- RuntimeCall.h - Calls of the C interface -----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What generated calls of tasd/Runtime/ABI.h have in common: a record of words
// on the stack, bytes in globals, and functions that take words. Pointers are
// passed as indices: both are 64-bit words.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_RUNTIMECALLS_RUNTIMECALL_H
#define TASD_CONVERSION_RUNTIMECALLS_RUNTIMECALL_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir::tasd {

/// Collects the words of a record.
class Record {
public:
  Record(OpBuilder &builder, Location loc) : builder(builder), loc(loc) {}

  void add(int64_t word);
  void add(Value word) { words.push_back(word); }
  void add(OpFoldResult word);

  /// Adds the address of the first byte of a contiguous buffer, or of element 0
  /// of a strided one.
  void addAddress(Value buffer);
  /// Adds the number of bytes of a contiguous buffer.
  void addNumBytes(Value buffer);
  /// Adds the sizes, then the strides of a buffer, in elements.
  void addSizesAndStrides(Value buffer);

  /// Stores the words in stack memory that lasts for a call by `op`; returns
  /// their address.
  Value store(Operation *op);

private:
  OpBuilder &builder;
  Location loc;
  SmallVector<Value> words;
};

/// The bytes of an element.
int64_t getByteWidth(Type elementType);

/// The address of bytes in a private constant global of the module, which is
/// made if there is none of that name.
Value getConstantBytes(OpBuilder &builder, Location loc, ModuleOp module,
                       StringRef name, StringRef bytes);

/// Calls a function of the C interface, declaring it if need be.
void callRuntime(OpBuilder &builder, Location loc, ModuleOp module,
                 StringRef function, ValueRange words);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_RUNTIMECALLS_RUNTIMECALL_H
