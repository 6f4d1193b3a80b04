//===- RowTiles.h - Rows that threads share ---------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOVECTOR_ROWTILES_H
#define TASD_LIB_CONVERSION_TASDTOVECTOR_ROWTILES_H

#include "PackedProduct.h"

namespace mlir::tasd {

/// Sizes of tiles along the loops of the product, one tile for each thread:
/// batches, or rows of the series, those that a layout keeps together in one
/// tile. All 0 where there is one thread, or too little to share.
SmallVector<int64_t> getRowTileSizes(const PackedProduct &product,
                                     unsigned numThreads);

/// The group that the first row of the product is in, which begins with it:
/// groups are of `groupRows` rows, numbered from the first row of the batch.
Value buildFirstGroup(OpBuilder &builder, const PackedProduct &product,
                      int64_t groupRows);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOVECTOR_ROWTILES_H
