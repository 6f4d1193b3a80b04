//===- VectorBits.cpp - Widths of vector registers ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/VectorKernels/VectorBits.h"

using namespace mlir;

LogicalResult
mlir::tasd::verifyVectorBits(int64_t bits,
                             function_ref<InFlightDiagnostic()> emitError) {
  if (bits == 256 || bits == 512)
    return success();
  return emitError() << "expected vectors of 256 or 512 bits but got " << bits;
}
