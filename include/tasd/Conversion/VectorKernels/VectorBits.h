//===- VectorBits.h - Widths of vector registers ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The widths of registers that kernels are laid out for.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_VECTORKERNELS_VECTORBITS_H
#define TASD_CONVERSION_VECTORKERNELS_VECTORBITS_H

#include "mlir/IR/Diagnostics.h"

namespace mlir::tasd {

/// Checks that registers of `bits` bits can be compiled for. `emitError` begins
/// the error.
LogicalResult verifyVectorBits(int64_t bits,
                               function_ref<InFlightDiagnostic()> emitError);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_VECTORKERNELS_VECTORBITS_H
