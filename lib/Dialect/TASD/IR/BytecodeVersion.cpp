//===- BytecodeVersion.cpp - Versions of a dialect's bytecode -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/BytecodeVersion.h"

using namespace mlir;
using namespace mlir::tasd;

void VersionedBytecode::writeVersion(DialectBytecodeWriter &writer) const {
  writer.writeVarInt(current);
}

std::unique_ptr<DialectVersion>
VersionedBytecode::readVersion(DialectBytecodeReader &reader) const {
  uint64_t number;
  if (failed(reader.readVarInt(number)))
    return nullptr;
  if (number > current) {
    reader.emitError() << "expected version " << current << " or older of the "
                       << getDialect()->getNamespace() << " dialect but got "
                       << number;
    return nullptr;
  }
  return std::make_unique<BytecodeVersion>(number);
}
