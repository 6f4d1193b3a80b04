//===- LaneTiles.cpp - Lanes that are multiplied at once ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LaneTiles.h"

#include "Gather.h"
#include "tasd/Conversion/VectorKernels/TileSizes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::tasd;

SmallVector<int64_t> mlir::tasd::getTileSizes(const PackedProduct &product,
                                              int64_t limit) {
  SmallVector<int64_t> sizes(product.ranges.size(), 0);
  if (!isDenseInPlace(product))
    chooseTileSizes(product.ranges, product.lanes, limit, sizes);
  return sizes;
}

int64_t mlir::tasd::getTileExtent(const PackedProduct &product, int64_t limit) {
  SmallVector<int64_t> sizes = getTileSizes(product, limit);
  int64_t extent = 1;
  for (unsigned loop : product.lanes) {
    int64_t size = sizes[loop] ? sizes[loop] : product.ranges[loop];
    if (ShapedType::isDynamic(size))
      return ShapedType::kDynamic;
    extent *= size;
  }
  return extent;
}

/// Blocks of a tile at most: what is gathered at once stays in the cache.
static constexpr int64_t kMaxTileBlocks = 4;

int64_t mlir::tasd::chooseTileLimit(const PackedProduct &product,
                                    int64_t stride) {
  int64_t best = stride;
  double bestShare = 0;
  for (int64_t limit = stride; limit <= kMaxTileBlocks * stride;
       limit += stride) {
    int64_t extent = getTileExtent(product, limit);
    if (ShapedType::isDynamic(extent))
      return stride;
    double share = double(extent) / double(llvm::alignTo(extent, stride));
    if (share > bestShare) {
      best = limit;
      bestShare = share;
    }
  }
  return best;
}

int64_t mlir::tasd::chooseLanes(const PackedProduct &product,
                                int64_t vectorBits) {
  int64_t lanes = vectorBits / product.getComputeType().getIntOrFloatBitWidth();
  int64_t extent = product.getExtent(product.lanes);
  if (ShapedType::isDynamic(extent))
    return lanes;
  return std::min<int64_t>(lanes,
                           llvm::PowerOf2Ceil(std::max<int64_t>(extent, 1)));
}
