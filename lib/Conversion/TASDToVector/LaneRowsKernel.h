//===- LaneRowsKernel.h - Loops over slots of many rows ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOVECTOR_LANEROWSKERNEL_H
#define TASD_LIB_CONVERSION_TASDTOVECTOR_LANEROWSKERNEL_H

#include "PackedProduct.h"

namespace mlir::tasd {

/// Adds to `sums` [rows..., 1] the product of a series laid out as
/// #tasd.lane_rows with the vector `dense` [columns, 1], both of 32-bit
/// elements. Returns the new sums.
Value buildLaneRowsKernel(OpBuilder &builder, const PackedProduct &product,
                          Value dense, Value sums);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOVECTOR_LANEROWSKERNEL_H
