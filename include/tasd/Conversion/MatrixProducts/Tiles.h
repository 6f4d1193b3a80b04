//===- Tiles.h - Tiles of layers that are single products -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_MATRIXPRODUCTS_TILES_H
#define TASD_CONVERSION_MATRIXPRODUCTS_TILES_H

#include "tasd/Conversion/MatrixProducts/MultiplyAdd.h"

namespace mlir::tasd {

/// A depthwise convolution has no two dimensions to make a matrix of.
bool isDepthwise(const MultiplyAdd &layer);

/// Whether nothing is added, since an operand is empty. Of operands with the
/// same extent one may know that it is 0, and others not.
bool hasEmptyOperand(const MultiplyAdd &layer);

/// Replaces the layer by loops over tiles: one step of a batch at a time, and
/// of the positions of windows as many as fit in `cacheBytes` once gathered.
/// Threads share the tiles where there are enough of them. Returns the layer
/// inside, which has no batch dimensions; the same layer where it is one tile.
FailureOr<MultiplyAdd> tileMultiplyAdd(RewriterBase &rewriter,
                                       const MultiplyAdd &layer,
                                       int64_t cacheBytes, unsigned numThreads);

/// Replaces a layer without batch dimensions by tiles of its rows or columns,
/// one for each thread. Returns the layer inside; the same layer where threads
/// share a loop around it already, or nothing is large enough to be shared.
FailureOr<MultiplyAdd> shareMultiplyAdd(RewriterBase &rewriter,
                                        const MultiplyAdd &layer,
                                        unsigned numThreads);

/// Tiling asks linalg's ops for an interface that is not linalg's own.
void registerTileInterfaces(DialectRegistry &registry);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_MATRIXPRODUCTS_TILES_H
