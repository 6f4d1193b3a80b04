//===- TileSizes.cpp - Tiles that fit in a cache --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/VectorKernels/TileSizes.h"

#include "mlir/IR/BuiltinTypeInterfaces.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

/// The largest divisor of `extent` up to `limit`; the whole extent instead if
/// the divisor would be tiny and the extent is not much over the limit.
static int64_t chooseTileSize(int64_t extent, int64_t limit) {
  if (extent <= limit)
    return extent;
  int64_t divisor = 1;
  for (int64_t i = 1; i <= limit; ++i)
    if (extent % i == 0)
      divisor = i;
  return divisor * 4 < limit && extent <= limit * 4 ? extent : divisor;
}

/// A tile with this many points is worth its loop.
static constexpr int64_t kEnoughPoints = 16;

void mlir::tasd::chooseTileSizes(ArrayRef<int64_t> extents,
                                 ArrayRef<unsigned> loops, int64_t limit,
                                 MutableArrayRef<int64_t> sizes) {
  int64_t points = 1;
  for (unsigned loop : llvm::reverse(loops)) {
    int64_t extent = extents[loop];
    int64_t rest = std::max<int64_t>(limit / points, 1);
    int64_t size = chooseTileSize(extent, rest);
    // A tile that is cut off at the end has no static size: 1 if that will do.
    if (ShapedType::isDynamic(extent))
      size = points < kEnoughPoints ? rest : 1;
    if (size != extent) {
      sizes[loop] = size;
      limit = 1;
    }
    points *= std::max<int64_t>(size, 1);
  }
}
