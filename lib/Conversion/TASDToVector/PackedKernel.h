//===- PackedKernel.h - Loops over the slots of a series --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOVECTOR_PACKEDKERNEL_H
#define TASD_LIB_CONVERSION_TASDTOVECTOR_PACKEDKERNEL_H

#include "PackedProduct.h"

namespace mlir::tasd {

/// Adds to `sums` [rows..., lanes] the product of the packed series with
/// `dense` [outer loops..., columns, lanes], both in the type computed in.
/// Returns the new sums.
Value buildPackedKernel(OpBuilder &builder, const PackedProduct &product,
                        Value dense, Value sums, int64_t vectorBits);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOVECTOR_PACKEDKERNEL_H
