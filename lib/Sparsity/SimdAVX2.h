//===- SimdAVX2.h - Vectors of 256 bits -------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the AVX2 kernels share. Blocks are brought into columns of vectors: lane
// i of vector e holds element e of block i.
//
// For translation units compiled for AVX2 only; internal linkage keeps them
// from giving their inline functions to others.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_SIMDAVX2_H
#define TASD_LIB_SPARSITY_SIMDAVX2_H

#include "Magnitude.h"

#include <immintrin.h>

#include <type_traits>

namespace tasd::sparsity {
namespace {

template <typename T> struct VectorOf {
  typedef T Type __attribute__((vector_size(32)));
};
/// 32 bytes of keys. Those of 64 bits are f64's, which fit a signed lane: AVX2
/// has no unsigned comparison of these.
template <typename T>
using Vector =
    typename VectorOf<std::conditional_t<sizeof(T) == 8, int64_t, T>>::Type;

template <typename T> constexpr int lanesOf = 32 / int(sizeof(T));

template <typename V> V getLarger(V a, V b) { return a > b ? a : b; }
template <typename V> V getSmaller(V a, V b) { return a > b ? b : a; }

template <typename Bits, Bits infinity>
Vector<Bits> getKeys(FloatMagnitude<Bits, infinity>, Vector<Bits> bits) {
  Vector<Bits> canonicalNaN = Vector<Bits>{} + Bits(infinity + 1);
  return getSmaller(Vector<Bits>(bits & Bits(Bits(~Bits(0)) >> 1)),
                    canonicalNaN);
}
template <typename Bits>
Vector<Bits> getKeys(SignedMagnitude<Bits>, Vector<Bits> bits) {
  Vector<Bits> negated = Vector<Bits>{} - bits;
  // Of a number and its negative, as unsigned, the smaller is the magnitude.
  return getSmaller(bits, negated);
}
template <typename Bits>
Vector<Bits> getKeys(UnsignedMagnitude<Bits>, Vector<Bits> bits) {
  return bits;
}

/// One bit for each lane, of lanes that are all ones or all zeros.
template <typename T, typename V> uint64_t getLaneBits(V lanes) {
  __m256i bytes = __m256i(lanes);
  if constexpr (sizeof(T) == 8)
    return uint32_t(_mm256_movemask_pd(_mm256_castsi256_pd(bytes)));
  else if constexpr (sizeof(T) == 4)
    return uint32_t(_mm256_movemask_ps(_mm256_castsi256_ps(bytes)));
  else if constexpr (sizeof(T) == 2)
    return _pext_u32(uint32_t(_mm256_movemask_epi8(bytes)), 0x55555555);
  else
    return uint32_t(_mm256_movemask_epi8(bytes));
}

/// One bit for each element of eight blocks of four, block by block, of columns
/// of 32-bit lanes that are all ones or all zeros.
template <typename V>
uint64_t getFoursBits(V first, V second, V third, V fourth) {
  // Each lane becomes a byte; within 128 bits, element by element.
  __m256i bytes =
      _mm256_packs_epi16(_mm256_packs_epi32(__m256i(first), __m256i(second)),
                         _mm256_packs_epi32(__m256i(third), __m256i(fourth)));
  __m128i blockByBlock =
      _mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  bytes = _mm256_shuffle_epi8(bytes, _mm256_broadcastsi128_si256(blockByBlock));
  return uint32_t(_mm256_movemask_epi8(bytes));
}

/// Interleaves units of 128-bit lanes: the lower or the upper half of each.
template <int unitBytes>
void interleave(__m256i a, __m256i b, __m256i &low, __m256i &high) {
  if constexpr (unitBytes == 1) {
    low = _mm256_unpacklo_epi8(a, b);
    high = _mm256_unpackhi_epi8(a, b);
  } else if constexpr (unitBytes == 2) {
    low = _mm256_unpacklo_epi16(a, b);
    high = _mm256_unpackhi_epi16(a, b);
  } else if constexpr (unitBytes == 4) {
    low = _mm256_unpacklo_epi32(a, b);
    high = _mm256_unpackhi_epi32(a, b);
  } else {
    low = _mm256_unpacklo_epi64(a, b);
    high = _mm256_unpackhi_epi64(a, b);
  }
}

/// Transposes, in each 128-bit lane, a square of units: log2 perfect shuffles.
template <int unitBytes> void transpose(__m256i *vectors) {
  constexpr int count = 16 / unitBytes;
#pragma clang loop unroll(full)
  for (int stage = 1; stage < count; stage *= 2) {
    __m256i next[count];
#pragma clang loop unroll(full)
    for (int i = 0; i < count / 2; ++i)
      interleave<unitBytes>(vectors[i], vectors[i + count / 2], next[2 * i],
                            next[2 * i + 1]);
#pragma clang loop unroll(full)
    for (int i = 0; i < count; ++i)
      vectors[i] = next[i];
  }
}

/// Two pieces of 16 bytes.
inline __m256i loadPair(const void *low, const void *high) {
  return _mm256_inserti128_si256(
      _mm256_castsi128_si256(
          _mm_loadu_si128(static_cast<const __m128i *>(low))),
      _mm_loadu_si128(static_cast<const __m128i *>(high)), 1);
}

/// Brings equal elements of the blocks of a 16-byte piece together: element e
/// of block b from place b * m + e to e * blocks + b.
template <typename T, int m> __m256i groupElements(__m256i vector) {
  alignas(16) static constexpr auto order = [] {
    struct {
      uint8_t bytes[16] = {};
    } result;
    constexpr int width = sizeof(T), blocks = 16 / width / m;
    for (int e = 0; e < m; ++e)
      for (int b = 0; b < blocks; ++b)
        for (int byte = 0; byte < width; ++byte)
          result.bytes[(e * blocks + b) * width + byte] =
              uint8_t((b * m + e) * width + byte);
    return result;
  }();
  __m128i half = _mm_load_si128(reinterpret_cast<const __m128i *>(order.bytes));
  return _mm256_shuffle_epi8(vector, _mm256_broadcastsi128_si256(half));
}

/// Loads lanesOf<T> blocks of `m` elements: lane i of vector e is element e of
/// block i.
template <typename T, int m>
void loadBlocks(const T *elements, __m256i *vectors) {
  constexpr int pieceLanes = 16 / sizeof(T);
  if constexpr (m < pieceLanes) {
    for (int i = 0; i < m; ++i)
      vectors[i] = groupElements<T, m>(
          loadPair(elements + i * pieceLanes, elements + (i + m) * pieceLanes));
    transpose<16 / m>(vectors);
  } else {
#pragma clang loop unroll(full)
    for (int piece = 0; piece < m; piece += pieceLanes) {
#pragma clang loop unroll(full)
      for (int i = 0; i < pieceLanes; ++i)
        vectors[piece + i] = loadPair(elements + i * m + piece,
                                      elements + (i + pieceLanes) * m + piece);
      transpose<sizeof(T)>(vectors + piece);
    }
  }
}

/// Whether the columns of a block, as bits, are whole bytes that fit a lane.
template <typename T, int m>
constexpr bool hasBlockMasks =
    m >= 8 && m <= 8 * int(sizeof(T)) && sizeof(T) <= 4;

/// Brings the bits of lanesOf<T> blocks, m for each, to the lanes of the
/// blocks.
template <typename T, int m> __m256i loadBlockMasks(const char *plane) {
  auto *bytes = reinterpret_cast<const __m128i *>(plane);
  if constexpr (m == 8 * sizeof(T))
    return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(plane));
  else if constexpr (sizeof(T) == 2)
    return _mm256_cvtepu8_epi16(_mm_loadu_si128(bytes));
  else if constexpr (m == 16)
    return _mm256_cvtepu16_epi32(_mm_loadu_si128(bytes));
  else
    return _mm256_cvtepu8_epi32(_mm_loadl_epi64(bytes));
}

} // namespace
} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_SIMDAVX2_H
