//===- ProductTiles.h - What is multiplied at once --------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOVECTOR_PRODUCTTILES_H
#define TASD_LIB_CONVERSION_TASDTOVECTOR_PRODUCTTILES_H

#include "PackedProduct.h"
#include "tasd/Conversion/TASDToVector/Passes.h"

namespace mlir::tasd {

/// A product that a kernel computes as a whole, on one thread, and its dense
/// operand as gatherDense makes it.
struct GatheredProduct {
  PackedProduct product;
  Value dense;
};

/// Replaces the contraction of a product by loops over tiles: of lanes, so that
/// what is gathered at once fits in the cache or each thread has one, or else
/// of rows, one for each thread. Returns the product inside the loops.
GatheredProduct gatherTile(RewriterBase &rewriter, const PackedProduct &product,
                           const ConvertTASDToVectorOptions &options);

} // namespace mlir::tasd

#endif // TASD_LIB_CONVERSION_TASDTOVECTOR_PRODUCTTILES_H
