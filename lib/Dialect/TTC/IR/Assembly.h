//===- Assembly.h - Assembly that is not declarative ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the formats of ops call by `custom<...>`.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TTC_IR_ASSEMBLY_H
#define TASD_LIB_DIALECT_TTC_IR_ASSEMBLY_H

#include "mlir/IR/OpImplementation.h"

namespace mlir::ttc {

/// The hash of a machine, in hexadecimal digits.
ParseResult parseHash(OpAsmParser &parser, IntegerAttr &hash);
void printHash(OpAsmPrinter &printer, Operation *op, IntegerAttr hash);

/// The counter, bound and body of a loop, as in `%k to 16 { ... }`.
ParseResult parseCountedBody(OpAsmParser &parser, IntegerAttr &bound,
                             Region &body);
void printCountedBody(OpAsmPrinter &printer, Operation *op, IntegerAttr bound,
                      Region &body);

} // namespace mlir::ttc

#endif // TASD_LIB_DIALECT_TTC_IR_ASSEMBLY_H
