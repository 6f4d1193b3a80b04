//===- TTCOps.td - The ops of the ttc dialect --------------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All of them.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TTC_IR_TTCOPS
#define TASD_DIALECT_TTC_IR_TTCOPS

include "tasd/Dialect/TTC/IR/TTCInstructions.td"
include "tasd/Dialect/TTC/IR/TTCProgramOps.td"

#endif // TASD_DIALECT_TTC_IR_TTCOPS
