//===- LaneTiles.h - Lanes that are multiplied at once ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOVECTOR_LANETILES_H
#define TASD_LIB_CONVERSION_TASDTOVECTOR_LANETILES_H

#include "PackedProduct.h"

namespace mlir::tasd {

/// Sizes of tiles along the loops of the product, about `limit` lanes each; 0
/// along those that are not tiled, and all 0 where the other operand is read
/// where it lies.
SmallVector<int64_t> getTileSizes(const PackedProduct &product, int64_t limit);

/// The lanes of a tile, kDynamic where not static.
int64_t getTileExtent(const PackedProduct &product, int64_t limit);

/// The limit of tiles whose lanes fill blocks of `stride` lanes best: one
/// block, unless the tile would leave more of it idle than several would.
int64_t chooseTileLimit(const PackedProduct &product, int64_t stride);

/// The lanes of a vector: as many as fit, fewer where the product has fewer.
int64_t chooseLanes(const PackedProduct &product, int64_t vectorBits);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOVECTOR_LANETILES_H
