//===- Kernels.cpp - Sums of products -------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Kernels.h"

using namespace tasd::simulator;

/// Compilers make multiply-adds of pairs of this.
static uint32_t dot(const int16_t *a, const int16_t *b, int64_t k) {
  uint32_t sum = 0;
  for (int64_t i = 0; i < k; ++i)
    sum += static_cast<uint32_t>(int32_t(a[i]) * int32_t(b[i]));
  return sum;
}

static uint32_t sumUp(const int16_t *a, int64_t k) {
  uint32_t sum = 0;
  for (int64_t i = 0; i < k; ++i)
    sum += static_cast<uint32_t>(int32_t(a[i]));
  return sum;
}

void tasd::simulator::multiplyAdd(const SubTile<int16_t> &a,
                                  const SubTile<int16_t> &b, int64_t zeroPoint,
                                  const ProductExtents &extents,
                                  TileData<uint32_t> &sums, int64_t row,
                                  int64_t column) {
  for (int64_t m = 0; m < extents.m; ++m) {
    const int16_t *rowOfA = a.getRow(m);
    uint32_t *out = sums.getRow(row + m) + column;
    uint32_t shift =
        zeroPoint ? sumUp(rowOfA, extents.k) * static_cast<uint32_t>(zeroPoint)
                  : 0;
    for (int64_t n = 0; n < extents.n; ++n)
      out[n] += dot(rowOfA, b.getRow(n), extents.k) - shift;
  }
}

void tasd::simulator::multiplyAdd(const SubTile<float> &a,
                                  const SubTile<float> &b, int64_t,
                                  const ProductExtents &extents,
                                  TileData<float> &sums, int64_t row,
                                  int64_t column) {
  // With N innermost, sums that stand beside each other grow at a time.
  std::vector<float> turned(extents.n * extents.k);
  for (int64_t n = 0; n < extents.n; ++n)
    for (int64_t k = 0; k < extents.k; ++k)
      turned[k * extents.n + n] = b.getRow(n)[k];
  for (int64_t m = 0; m < extents.m; ++m) {
    float *out = sums.getRow(row + m) + column;
    for (int64_t k = 0; k < extents.k; ++k) {
      float factor = a.getRow(m)[k];
      if (factor == 0)
        continue;
      const float *rowOfB = turned.data() + k * extents.n;
      for (int64_t n = 0; n < extents.n; ++n)
        out[n] += factor * rowOfB[n];
    }
  }
}
