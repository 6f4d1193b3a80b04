//===- TTCOps.cpp - Generated definitions, and names of results -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TTC/IR/TTC.h"

#include "Assembly.h"

using namespace mlir;
using namespace mlir::ttc;

#define GET_OP_CLASSES
#include "tasd/Dialect/TTC/IR/TTCOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Names of results in assembly
//===----------------------------------------------------------------------===//

void ArgumentOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  setName(getResult(), getName());
}

void RingOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  setName(getResult(), getName());
}

void TokenOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  setName(getResult(), "token");
}

void AcquireOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  setName(getTile(), "tile");
}

void BeginOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  setName(getAccumulators(), "acc");
}

void DecomposeOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  setName(getTerms(), "terms");
}
