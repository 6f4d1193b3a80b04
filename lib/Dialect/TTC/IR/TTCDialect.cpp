//===- TTCDialect.cpp - Registration of the ttc dialect -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TTC/IR/TTC.h"

#include "mlir/Bytecode/BytecodeImplementation.h"

using namespace mlir;
using namespace mlir::ttc;

#include "tasd/Dialect/TTC/IR/TTCDialect.cpp.inc"
#include "tasd/Dialect/TTC/IR/TTCEnums.cpp.inc"

namespace {
/// The version of the dialect's bytecode. Attributes and types are stored as
/// their text.
struct Version : DialectVersion {
  static constexpr uint64_t kCurrent = 1;
};

struct BytecodeInterface : BytecodeDialectInterface {
  explicit BytecodeInterface(Dialect *dialect)
      : BytecodeDialectInterface(dialect) {}

  void writeVersion(DialectBytecodeWriter &writer) const override {
    writer.writeVarInt(Version::kCurrent);
  }

  std::unique_ptr<DialectVersion>
  readVersion(DialectBytecodeReader &reader) const override {
    uint64_t number;
    if (failed(reader.readVarInt(number)))
      return nullptr;
    if (number > Version::kCurrent) {
      reader.emitError() << "expected version " << Version::kCurrent
                         << " or older of the ttc dialect but got " << number;
      return nullptr;
    }
    return std::make_unique<Version>();
  }
};
} // namespace

void TTCDialect::initialize() {
  registerAttributes();
  registerTypes();
  addOperations<
#define GET_OP_LIST
#include "tasd/Dialect/TTC/IR/TTCOps.cpp.inc"
      >();
  addInterfaces<BytecodeInterface>();
}
