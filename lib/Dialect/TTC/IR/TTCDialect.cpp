//===- TTCDialect.cpp - Registration of the ttc dialect -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TTC/IR/TTC.h"

#include "tasd/Dialect/TASD/IR/BytecodeVersion.h"

using namespace mlir;
using namespace mlir::ttc;

#include "tasd/Dialect/TTC/IR/TTCDialect.cpp.inc"
#include "tasd/Dialect/TTC/IR/TTCEnums.cpp.inc"

/// The version of the dialect's bytecode.
static constexpr uint64_t kVersion = 1;

void TTCDialect::initialize() {
  registerAttributes();
  registerTypes();
  addOperations<
#define GET_OP_LIST
#include "tasd/Dialect/TTC/IR/TTCOps.cpp.inc"
      >();
  addInterface(std::make_unique<tasd::VersionedBytecode>(this, kVersion));
}
