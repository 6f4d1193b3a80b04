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

void mlir::tasd::chooseTileSizes(ArrayRef<int64_t> extents,
                                 ArrayRef<unsigned> loops, int64_t limit,
                                 MutableArrayRef<int64_t> sizes) {
  for (unsigned loop : llvm::reverse(loops)) {
    int64_t extent = extents[loop];
    int64_t size = ShapedType::isDynamic(extent)
                       ? 1
                       : chooseTileSize(extent, std::max<int64_t>(limit, 1));
    if (size != extent)
      sizes[loop] = size;
    limit = size == extent ? limit / std::max<int64_t>(size, 1) : 1;
  }
}
