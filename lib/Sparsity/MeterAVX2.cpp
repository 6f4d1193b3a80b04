//===- MeterAVX2.cpp - Meters with AVX2 -----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The common loops, compiled for AVX2, and a transposition in registers.
//
//===----------------------------------------------------------------------===//

#include "MeterKernels.h"
#include "SimdAVX2.h"

using namespace tasd::sparsity;

namespace {

/// Block sizes that are multiples of four, four by eight keys at a time.
void transposeFours(const uint32_t *keys, int64_t blockColumns,
                    uint32_t *slots) {
  for (int64_t block = 0; block < meterLanes; block += 8)
    for (int64_t i = 0; i < blockColumns; i += 4) {
      const uint32_t *from = keys + block * blockColumns + i;
      __m256i columns[4];
      for (int row = 0; row < 4; ++row)
        columns[row] = loadPair(from + row * blockColumns,
                                from + (row + 4) * blockColumns);
      transpose<4>(columns);
      for (int row = 0; row < 4; ++row)
        _mm256_storeu_si256(
            reinterpret_cast<__m256i *>(slots + (i + row) * meterLanes + block),
            columns[row]);
    }
}

template <typename Keys> void runMeter(const MeterRequest &request) {
  using Key = typename Keys::Key;
  auto *keys = static_cast<const Key *>(request.keys);
  auto *slots = static_cast<Key *>(request.slots);
  if constexpr (sizeof(Key) == 4) {
    if (request.blockColumns % 4 == 0) {
      transposeFours(keys, request.blockColumns, slots);
      return runSteps<Keys>(request);
    }
  }
  transposeBlocks(keys, request.blockColumns, slots);
  runSteps<Keys>(request);
}

} // namespace

void tasd::sparsity::setMeterKernelsAVX2(ElementType type, Kernels &kernels) {
  withMagnitude(type, [&kernels](auto magnitude) {
    using Magnitude = decltype(magnitude);
    kernels.addElements = addElements<Magnitude>;
    kernels.weighSquares = weighSquares<Magnitude>;
    kernels.addUnowned = addUnowned;
    kernels.loadKeys = loadKeys<Magnitude>;
    kernels.runMeter = runMeter<typename KeysOf<Magnitude>::Type>;
  });
}
