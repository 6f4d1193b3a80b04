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
  /// Each block of m columns has n in `filled`.
  int64_t n, m;
  unsigned indexBits;
  /// Room for the values and the indices, and kernelSlack more bytes each.
  char *values, *indices;
};

/// Sums over elements, by their position modulo 8: the same for every level.
struct LaneSums {
  double magnitude[8] = {};
  double squaredNorm[8] = {};
  int64_t nonZeros[8] = {};
};

/// Blocks that a meter program treats at once.
constexpr int64_t meterLanes = 64;

/// One step of a meter program, on slots of one key for each of meterLanes
/// blocks. Exchange compares `first` and `second` and writes both results,
/// Larger and Smaller only one. Add adds the magnitudes of `first` to
/// sums[second].
struct MeterStep {
  enum Kind : uint16_t { Exchange, Larger, Smaller, Add } kind;
  uint16_t first, second;
  /// Slots of the results; may be those of the operands.
  uint16_t larger, smaller;
};

/// Asks to run a program over meterLanes blocks of `blockColumns` keys.
struct MeterRequest {
  const MeterStep *steps;
  int64_t numSteps;
  int64_t blockColumns;
  /// Keys of the blocks one after the other, as loadKeys gives them.
  const void *keys;
  /// Room for the slots; the first blockColumns are the blocks' elements.
  void *slots;
  LaneSums *sums;
};

/// A sum over columns, by their position modulo 8.
struct LaneSum {
  double lanes[8] = {};
};

/// Asks to add up products, for each plane those of the columns not in it.
struct UnownedRequest {
  /// 64 for each word of a plane.
  const double *products;
  int64_t numWords;
  const uint64_t *const *planes;
  int64_t numPlanes;
  /// One for each plane.
  LaneSum *sums;
};

/// Bytes that kernels may write past the end of an output.
constexpr int64_t kernelSlack = 64;

struct Kernels {
  void (*selectTop)(const TopRequest &request);
  void (*packValues)(const PackRequest &request);
  void (*packIndices)(const PackRequest &request);
  /// Adds elements, a multiple of 64, zeros being neutral.
  void (*addElements)(const void *elements, int64_t numElements,
                      LaneSums &sums);
  /// Writes weight * a^2 of each element to `products`.
  void (*weighSquares)(const void *elements, const double *weights,
                       int64_t numElements, double *products);
  void (*addUnowned)(const UnownedRequest &request);
  /// Makes keys of four bytes, eight for f64, that compare like magnitudes.
  void (*loadKeys)(const void *elements, int64_t numElements, void *keys);
  void (*runMeter)(const MeterRequest &request);
};

/// The kernels for blocks of `m` columns. A level takes over from the level
/// below what it does not do better.
Kernels getKernels(SimdLevel level, ElementType type, int64_t m);

Kernels getPortableKernels(ElementType type);
Kernels getAVX2Kernels(ElementType type, int64_t m);
/// Null where there is none for such blocks.
void (*getSelectTopAVX2(ElementType type, int64_t m))(const TopRequest &);
void setMeterKernelsAVX2(ElementType type, Kernels &kernels);

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_KERNELS_H
