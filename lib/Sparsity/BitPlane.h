//===- BitPlane.h - Sets of columns as bits ---------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A bit plane holds one bit for each column of a segment, column c at bit c %
// 64 of word c / 64. A block of M columns is a field of M bits. For M that
// divide 64 whole words of fields are treated at once.
//
// Everything here has internal linkage: the header is compiled for several
// instruction sets, whose code the linker must not merge.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_BITPLANE_H
#define TASD_LIB_SPARSITY_BITPLANE_H

#include <cstdint>

namespace tasd::sparsity {
namespace {

/// The lowest `count` bits, 0 <= count <= 64.
inline uint64_t lowBits(int64_t count) {
  return count >= 64 ? ~uint64_t(0) : (uint64_t(1) << count) - 1;
}

/// `count` bits from bit `begin` on; reads only words that hold some of them.
inline uint64_t readBits(const uint64_t *plane, int64_t begin, int64_t count) {
  int64_t word = begin / 64, shift = begin % 64;
  uint64_t bits = plane[word] >> shift;
  if (shift + count > 64)
    bits |= plane[word + 1] << (64 - shift);
  return bits & lowBits(count);
}

/// Adds `bits` to the plane from bit `begin` on; the bits there must be 0.
inline void addBits(uint64_t *plane, int64_t begin, int64_t count,
                    uint64_t bits) {
  int64_t word = begin / 64, shift = begin % 64;
  plane[word] |= bits << shift;
  if (shift + count > 64)
    plane[word + 1] |= bits >> (64 - shift);
}

/// Adds the lowest bits not in `bits` until it has `count`.
inline uint64_t addLowestFree(uint64_t bits, int64_t count) {
  while (__builtin_popcountll(bits) < count)
    bits |= bits + 1;
  return bits;
}

/// Whether words can be treated as fields of `m` bits, each with room for its
/// own population count and a flag above it.
inline bool hasWordFields(int64_t m) { return m >= 4 && 64 % m == 0; }

/// Words of fields of M bits, for M with hasWordFields.
struct WordFields {
  explicit WordFields(int64_t m)
      : m(m), lowest(~uint64_t(0) / lowBits(m)), highest(lowest << (m - 1)) {}

  /// In each field the number of its bits, m < 64.
  uint64_t getCounts(uint64_t word) const {
    word -= (word >> 1) & 0x5555555555555555;
    word = (word & 0x3333333333333333) + ((word >> 2) & 0x3333333333333333);
    if (m >= 8)
      word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0f;
    if (m >= 16)
      word = (word + (word >> 8)) & 0x00ff00ff00ff00ff;
    if (m >= 32)
      word = (word + (word >> 16)) & 0x0000ffff0000ffff;
    return word;
  }

  /// The lowest bit of each field with fewer than `count` bits, 0 < count <= m.
  uint64_t getDeficient(uint64_t word, uint64_t count) const {
    // M = 64: the count 64 needs no flag above it to be compared.
    if (m == 64)
      return uint64_t(__builtin_popcountll(word)) < count;
    uint64_t enough = (getCounts(word) | highest) - count * lowest;
    return (~enough & highest) >> (m - 1);
  }

  /// The lowest bit of each field that is not zero.
  uint64_t getNonZero(uint64_t word) const {
    return ((((word & ~highest) + ~highest) | word) & highest) >> (m - 1);
  }

  /// Adds to each field its lowest free bits until it has `count`.
  uint64_t addLowestFree(uint64_t word, uint64_t count) const {
    while (uint64_t deficient = getDeficient(word, count))
      word |= word + deficient;
    return word;
  }

  /// Adds to each field the lowest bits of `candidates`, disjoint from `word`,
  /// until it has `count` or they are used up.
  uint64_t addLowestOf(uint64_t word, uint64_t candidates,
                       uint64_t count) const {
    while (uint64_t wanting =
               getDeficient(word, count) & getNonZero(candidates)) {
      uint64_t lowestOnes = candidates & ~(candidates - wanting);
      word |= lowestOnes;
      candidates &= ~lowestOnes;
    }
    return word;
  }

  int64_t m;
  /// The lowest and the highest bit of each field.
  uint64_t lowest, highest;
};

} // namespace
} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_BITPLANE_H
