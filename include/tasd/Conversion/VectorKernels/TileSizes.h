//===- TileSizes.h - Tiles that fit in a cache ------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_VECTORKERNELS_TILESIZES_H
#define TASD_CONVERSION_VECTORKERNELS_TILESIZES_H

#include "mlir/Support/LLVM.h"

namespace mlir::tasd {

/// Sizes of tiles along `loops`, innermost last, so that a tile has about
/// `limit` points: whole extents or divisors of them; along dynamic ones 1, or
/// what is left of the limit where there are few points else.
/// `sizes` holds one for every loop of `extents`; those not tiled stay as they
/// are (0 for loops that are not tiled).
void chooseTileSizes(ArrayRef<int64_t> extents, ArrayRef<unsigned> loops,
                     int64_t limit, MutableArrayRef<int64_t> sizes);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_VECTORKERNELS_TILESIZES_H
