//===- BytecodeVersion.h - Versions of a dialect's bytecode -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_IR_BYTECODEVERSION_H
#define TASD_DIALECT_TASD_IR_BYTECODEVERSION_H

#include "mlir/Bytecode/BytecodeImplementation.h"

namespace mlir::tasd {

/// The version that a dialect's bytecode was written by.
struct BytecodeVersion : DialectVersion {
  explicit BytecodeVersion(uint64_t number) : number(number) {}
  uint64_t number;
};

/// Stamps a dialect's bytecode with its current version, and refuses to read a
/// newer one. Attributes and types are stored as their text, so that the
/// grammar is the only thing to keep stable.
class VersionedBytecode : public BytecodeDialectInterface {
public:
  VersionedBytecode(Dialect *dialect, uint64_t current)
      : BytecodeDialectInterface(dialect), current(current) {}

  void writeVersion(DialectBytecodeWriter &writer) const override;
  std::unique_ptr<DialectVersion>
  readVersion(DialectBytecodeReader &reader) const override;

private:
  uint64_t current;
};

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_IR_BYTECODEVERSION_H
