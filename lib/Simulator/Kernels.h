//===- Kernels.h - Sums of products --------------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_KERNELS_H
#define TASD_LIB_SIMULATOR_KERNELS_H

#include "LaunchTensors.h"

namespace tasd::simulator {

/// A part of a tile.
template <typename Element> struct SubTile {
  const TileData<Element> *tile = nullptr;
  int64_t row = 0, column = 0;

  const Element *getRow(int64_t index) const {
    return tile->getRow(row + index) + column;
  }
};

/// Extents of a product.
struct ProductExtents {
  int64_t m, n, k;
};

/// Z[m,n] += A[m,k] * (B[n,k] - zeroPoint), from Z's element (row, column) on,
/// modulo 2^32.
void multiplyAdd(const SubTile<int16_t> &a, const SubTile<int16_t> &b,
                 int64_t zeroPoint, const ProductExtents &extents,
                 TileData<uint32_t> &sums, int64_t row, int64_t column);

/// The same in f32: each sum takes its products along K in order, without those
/// of zeros of A. The zero point is 0.
void multiplyAdd(const SubTile<float> &a, const SubTile<float> &b,
                 int64_t zeroPoint, const ProductExtents &extents,
                 TileData<float> &sums, int64_t row, int64_t column);

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_KERNELS_H
