//===- VectorCopies.h - Copies of whole vectors -----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_VECTORKERNELS_VECTORCOPIES_H
#define TASD_CONVERSION_VECTORKERNELS_VECTORCOPIES_H

#include "tasd/Conversion/VectorKernels/Copies.h"

namespace mlir::tasd {

/// As buildCopy, by vectors of at most `vectorBits` bits. Where the source's
/// elements lie side by side along another loop than the target's, square
/// blocks are turned around in registers. `cast` is given vectors. Returns
/// null, and builds nothing, where elements lie side by side along no loop, or
/// where one is too short for a vector.
Value buildVectorCopy(OpBuilder &builder, Location loc, Value source,
                      AffineMap from, Value target, AffineMap to,
                      int64_t vectorBits, ElementCast cast);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_VECTORKERNELS_VECTORCOPIES_H
