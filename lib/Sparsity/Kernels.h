//===- Kernels.h - The inner loops, by instruction set ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Selection and packing of one segment of a row, on bit planes (BitPlane.h).
// The portable kernels are the reference; every other level gives the same
// bits.
//
// The header is free of LLVM: it is compiled for several instruction sets,
// whose inline functions the linker must not merge.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_KERNELS_H
#define TASD_LIB_SPARSITY_KERNELS_H

#include "tasd/Sparsity/ElementType.h"

#include <cstdint>

namespace tasd::sparsity {

enum class SimdLevel : uint8_t { Portable, AVX2 };

/// The best level that this processor runs and this build has.
SimdLevel getBestSimdLevel();

/// Asks, for every block of `m` columns and every top, for the columns of its
/// `top` largest magnitudes, zeros excluded; of equals the lower index.
struct TopRequest {
  /// Readable up to the next multiple of 64 columns.
  const void *elements;
  /// A multiple of m.
  int64_t numColumns;
  /// Columns that count as zeros; null for none.
  const uint64_t *owned;
  int64_t m;
  /// Ascending, 1 <= top <= m.
  const int64_t *tops;
  int64_t numTops;
  /// One for each top; ceil(numColumns / 64) words, all written.
  uint64_t *const *planes;
};

/// Asks for the values and indices of the columns in `filled`, of which those
/// not in `kept` count as +0.
struct PackRequest {
  /// Readable up to the next multiple of 64 columns.
  const void *elements;
  /// A multiple of m.
  int64_t numColumns;
  /// Bits from `numColumns` on are 0.
  const uint64_t *filled, *kept;
  int64_t m;
  unsigned indexBits;
  /// Room for the values and the indices, and kernelSlack more bytes each.
  char *values, *indices;
};

/// Bytes that kernels may write past the end of an output.
constexpr int64_t kernelSlack = 64;

struct Kernels {
  void (*selectTop)(const TopRequest &request);
  void (*packValues)(const PackRequest &request);
  void (*packIndices)(const PackRequest &request);
};

/// The kernels for blocks of `m` columns; where a level has none of its own,
/// those of the level below.
Kernels getKernels(SimdLevel level, ElementType type, int64_t m);

/// The kernels of one level; null where it has none.
Kernels getPortableKernels(ElementType type);
Kernels getAVX2Kernels(ElementType type, int64_t m);
void (*getSelectTopAVX2(ElementType type, int64_t m))(const TopRequest &);

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_KERNELS_H
