//===- Along.h - The dimensions that blocks run along -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the attributes of plans and profiles have in common.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_IR_ALONG_H
#define TASD_LIB_DIALECT_TASD_IR_ALONG_H

#include "mlir/IR/OpImplementation.h"

namespace mlir::tasd {

/// Parses `along` and the dimensions in brackets.
ParseResult parseAlong(AsmParser &parser, SmallVectorImpl<int64_t> &along);

/// Checks that there is a dimension, that each stands once, and that none is
/// negative.
LogicalResult verifyAlong(function_ref<InFlightDiagnostic()> emitError,
                          ArrayRef<int64_t> along);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_IR_ALONG_H
