//===- KernelsPortable.cpp - The inner loops in plain C++ -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Block by block, without assumptions on the processor or the block size.
//
//===----------------------------------------------------------------------===//

#include "BitPlane.h"
#include "Kernels.h"
#include "MeterKernels.h"

#include <algorithm>
#include <functional>

using namespace tasd::sparsity;

namespace {

/// The `top` largest of `m` keys, as bits. `sorted` holds the keys in
/// descending order.
template <typename Key>
uint64_t getTop(const Key *keys, const Key *sorted, int64_t m, int64_t top) {
  // Zeros are never taken, so no threshold is below 1.
  Key threshold = std::max<Key>(sorted[top - 1], 1);
  uint64_t above = 0, equal = 0;
  for (int64_t i = 0; i < m; ++i) {
    above |= uint64_t(keys[i] > threshold) << i;
    equal |= uint64_t(keys[i] == threshold) << i;
  }
  int64_t wanting = top - __builtin_popcountll(above);
  for (; wanting > 0 && equal; --wanting, equal &= equal - 1)
    above |= equal & -equal;
  return above;
}

template <typename Magnitude> void selectTop(const TopRequest &request) {
  using Key = typename Magnitude::Bits;
  auto *elements = static_cast<const Key *>(request.elements);
  for (int64_t i = 0; i < request.numTops; ++i)
    std::fill_n(request.planes[i], (request.numColumns + 63) / 64, 0);
  Key keys[64], sorted[64];
  int64_t m = request.m;
  for (int64_t begin = 0; begin < request.numColumns; begin += m) {
    uint64_t owned = request.owned ? readBits(request.owned, begin, m) : 0;
    for (int64_t i = 0; i < m; ++i)
      keys[i] =
          owned >> i & 1 ? Key(0) : Magnitude::getKey(elements[begin + i]);
    std::copy_n(keys, m, sorted);
    std::sort(sorted, sorted + m, std::greater<Key>());
    for (int64_t i = 0; i < request.numTops; ++i)
      addBits(request.planes[i], begin, m,
              getTop(keys, sorted, m, request.tops[i]));
  }
}

template <typename Bits> void packValues(const PackRequest &request) {
  auto *elements = static_cast<const Bits *>(request.elements);
  auto *values = reinterpret_cast<Bits *>(request.values);
  for (int64_t word = 0; word * 64 < request.numColumns; ++word) {
    uint64_t kept = request.kept[word];
    for (uint64_t rest = request.filled[word]; rest; rest &= rest - 1) {
      int64_t bit = __builtin_ctzll(rest);
      *values++ = kept >> bit & 1 ? elements[word * 64 + bit] : Bits(0);
    }
  }
}

void packIndices(const PackRequest &request) {
  auto *bytes = reinterpret_cast<uint8_t *>(request.indices);
  uint64_t pending = 0;
  unsigned numPending = 0;
  for (int64_t begin = 0; begin < request.numColumns; begin += request.m) {
    uint64_t rest = readBits(request.filled, begin, request.m);
    for (; rest; rest &= rest - 1) {
      pending |= uint64_t(__builtin_ctzll(rest)) << numPending;
      numPending += request.indexBits;
      for (; numPending >= 8; numPending -= 8, pending >>= 8)
        *bytes++ = uint8_t(pending);
    }
  }
  if (numPending)
    *bytes = uint8_t(pending);
}

template <typename Keys> void runMeter(const MeterRequest &request) {
  using Key = typename Keys::Key;
  transposeBlocks(static_cast<const Key *>(request.keys), request.blockColumns,
                  static_cast<Key *>(request.slots));
  runSteps<Keys>(request);
}

} // namespace

Kernels tasd::sparsity::getPortableKernels(ElementType type) {
  return withMagnitude(type, [](auto magnitude) {
    using Magnitude = decltype(magnitude);
    return Kernels{selectTop<Magnitude>,
                   packValues<typename Magnitude::Bits>,
                   packIndices,
                   addElements<Magnitude>,
                   weighSquares<Magnitude>,
                   addUnowned,
                   loadKeys<Magnitude>,
                   runMeter<typename KeysOf<Magnitude>::Type>};
  });
}
