//===- MeterKernels.h - The inner loops of meters ---------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Written as loops over fixed numbers of lanes, which the compiler turns into
// vectors; sums are by lane, so that every instruction set adds in the same
// order.
//
// Everything here has internal linkage: the header is compiled for several
// instruction sets, whose code the linker must not merge.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_METERKERNELS_H
#define TASD_LIB_SPARSITY_METERKERNELS_H

#include "Kernels.h"
#include "Magnitude.h"

namespace tasd::sparsity {
namespace {

/// Keys of f32, which hold the magnitudes of all narrower types exactly.
struct F32Keys {
  using Key = uint32_t;
  static double decode(Key key) {
    return Magnitude<ElementType::F32>::decode(key);
  }
};
/// Keys of integers of 32 bits.
struct I32Keys {
  using Key = uint32_t;
  static double decode(Key key) { return double(key); }
};
struct F64Keys {
  using Key = uint64_t;
  static double decode(Key key) {
    return Magnitude<ElementType::F64>::decode(key);
  }
};

template <typename Magnitude> struct KeysOf {
  using Type = F32Keys;
  static uint32_t convert(typename Magnitude::Bits key) {
    float value = float(Magnitude::decode(key));
    uint32_t bits;
    __builtin_memcpy(&bits, &value, sizeof(bits));
    return bits;
  }
};
/// Types whose magnitude keys already have the width.
template <typename Keys, typename BitsT> struct SameKeys {
  using Type = Keys;
  static BitsT convert(BitsT key) { return key; }
};
template <>
struct KeysOf<Magnitude<ElementType::F32>> : SameKeys<F32Keys, uint32_t> {};
template <>
struct KeysOf<Magnitude<ElementType::SI32>> : SameKeys<I32Keys, uint32_t> {};
template <>
struct KeysOf<Magnitude<ElementType::UI32>> : SameKeys<I32Keys, uint32_t> {};
template <>
struct KeysOf<Magnitude<ElementType::F64>> : SameKeys<F64Keys, uint64_t> {};

template <typename Magnitude>
void loadKeys(const void *elements, int64_t numElements, void *keys) {
  using Bits = typename Magnitude::Bits;
  auto *from = static_cast<const Bits *>(elements);
  auto *to = static_cast<typename KeysOf<Magnitude>::Type::Key *>(keys);
  for (int64_t i = 0; i < numElements; ++i)
    to[i] = KeysOf<Magnitude>::convert(Magnitude::getKey(from[i]));
}

/// Adds meterLanes keys.
template <typename Keys>
void addKeys(const typename Keys::Key *keys, LaneSums &sums) {
  double magnitude[8], squaredNorm[8];
  uint32_t nonZeros[8] = {};
  __builtin_memcpy(magnitude, sums.magnitude, sizeof(magnitude));
  __builtin_memcpy(squaredNorm, sums.squaredNorm, sizeof(squaredNorm));
  for (int64_t i = 0; i < meterLanes; i += 8)
    for (int lane = 0; lane < 8; ++lane) {
      double value = Keys::decode(keys[i + lane]);
      magnitude[lane] += value;
      squaredNorm[lane] += value * value;
      nonZeros[lane] += keys[i + lane] != 0;
    }
  __builtin_memcpy(sums.magnitude, magnitude, sizeof(magnitude));
  __builtin_memcpy(sums.squaredNorm, squaredNorm, sizeof(squaredNorm));
  for (int lane = 0; lane < 8; ++lane)
    sums.nonZeros[lane] += nonZeros[lane];
}

template <typename Magnitude>
void addElements(const void *elements, int64_t numElements, LaneSums &sums) {
  using Keys = typename KeysOf<Magnitude>::Type;
  auto *from = static_cast<const typename Magnitude::Bits *>(elements);
  typename Keys::Key keys[meterLanes];
  for (int64_t i = 0; i < numElements; i += meterLanes) {
    loadKeys<Magnitude>(from + i, meterLanes, keys);
    addKeys<Keys>(keys, sums);
  }
}

template <typename Magnitude>
void weighSquares(const void *elements, const double *weights,
                  int64_t numElements, double *products) {
  auto *from = static_cast<const typename Magnitude::Bits *>(elements);
  for (int64_t i = 0; i < numElements; ++i) {
    double value = Magnitude::decode(Magnitude::getKey(from[i]));
    products[i] = weights[i] * (value * value);
  }
}

/// Eight lanes; the compiler makes of them what vectors there are.
typedef uint64_t LaneWords __attribute__((vector_size(64)));
typedef double LaneDoubles __attribute__((vector_size(64)));

/// Adds the products not in `numPlanes` planes. Several at once, since each has
/// to wait for its own sums.
template <int numPlanes>
void addUnownedOf(const UnownedRequest &request, int64_t firstPlane) {
  constexpr LaneWords laneBits = {1, 2, 4, 8, 16, 32, 64, 128};
  LaneDoubles sums[numPlanes];
  __builtin_memcpy(sums, request.sums + firstPlane, sizeof(sums));
  for (int64_t i = 0; i < request.numWords * 64; i += 8) {
    LaneWords products;
    __builtin_memcpy(&products, request.products + i, sizeof(products));
    for (int plane = 0; plane < numPlanes; ++plane) {
      uint64_t owned = request.planes[firstPlane + plane][i / 64] >> (i % 64);
      LaneWords isUnowned = LaneWords(((LaneWords{} + owned) & laneBits) == 0);
      sums[plane] += LaneDoubles(products & isUnowned);
    }
  }
  __builtin_memcpy(request.sums + firstPlane, sums, sizeof(sums));
}

inline void addUnowned(const UnownedRequest &request) {
  int64_t plane = 0;
  for (; plane + 2 <= request.numPlanes; plane += 2)
    addUnownedOf<2>(request, plane);
  if (plane < request.numPlanes)
    addUnownedOf<1>(request, plane);
}

template <typename Key> void exchange(const MeterStep &step, Key *slots) {
  const Key *first = slots + step.first * meterLanes;
  const Key *second = slots + step.second * meterLanes;
  Key *larger = slots + step.larger * meterLanes;
  Key *smaller = slots + step.smaller * meterLanes;
  // A group is read before it is written: slots may coincide.
  for (int64_t i = 0; i < meterLanes; i += 8) {
    Key high[8], low[8];
    for (int lane = 0; lane < 8; ++lane) {
      Key a = first[i + lane], b = second[i + lane];
      high[lane] = a > b ? a : b;
      low[lane] = a > b ? b : a;
    }
    if (step.kind != MeterStep::Smaller)
      __builtin_memcpy(larger + i, high, sizeof(high));
    if (step.kind != MeterStep::Larger)
      __builtin_memcpy(smaller + i, low, sizeof(low));
  }
}

/// Brings element e of block b to slots[e * meterLanes + b].
template <typename Key>
void transposeBlocks(const Key *keys, int64_t blockColumns, Key *slots) {
  for (int64_t block = 0; block < meterLanes; ++block)
    for (int64_t i = 0; i < blockColumns; ++i)
      slots[i * meterLanes + block] = keys[block * blockColumns + i];
}

template <typename Keys> void runSteps(const MeterRequest &request) {
  auto *slots = static_cast<typename Keys::Key *>(request.slots);
  for (int64_t i = 0; i < request.numSteps; ++i) {
    const MeterStep &step = request.steps[i];
    if (step.kind == MeterStep::Add)
      addKeys<Keys>(slots + step.first * meterLanes, request.sums[step.second]);
    else
      exchange(step, slots);
  }
}

} // namespace
} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_METERKERNELS_H
