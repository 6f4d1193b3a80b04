//===- Histograms.cpp - Histograms of blocks by their non-zeros -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A row's non-zeros become a bit plane, of which each block size counts its
// fields.
//
//===----------------------------------------------------------------------===//

#include "Histograms.h"

#include "BitPlane.h"
#include "Magnitude.h"
#include "Rows.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::sparsity;
using llvm::createStringError;
using llvm::Error;
using llvm::Twine;

static constexpr int64_t maxHistogramBlock = 65536;

Error tasd::sparsity::verifyHistogramBlocks(llvm::ArrayRef<int64_t> sizes) {
  for (int64_t size : sizes)
    if (size < 1 || size > maxHistogramBlock)
      return createStringError(
          "expected 1 <= histogram block size <= " + Twine(maxHistogramBlock) +
          " but got " + Twine(size));
  return Error::success();
}

HistogramCounter::HistogramCounter(llvm::ArrayRef<int64_t> blockSizes,
                                   int64_t numColumns)
    : numColumns(numColumns) {
  for (int64_t size : blockSizes)
    histograms.push_back({size, std::vector<int64_t>(size + 1)});
}

/// Adds the non-zeros of a segment to the plane of its row.
static void addNonZeros(const Segment &segment, ElementType type,
                        std::vector<uint64_t> &plane) {
  withMagnitude(type, [&](auto magnitude) {
    using Magnitude = decltype(magnitude);
    auto *elements =
        reinterpret_cast<const typename Magnitude::Bits *>(segment.elements);
    for (int64_t i = 0; i < segment.numColumns; ++i) {
      int64_t column = segment.columnBegin + i;
      bool isNonZero = Magnitude::getKey(elements[i]) != 0;
      plane[column / 64] |= uint64_t(isNonZero) << (column % 64);
    }
  });
}

static int64_t countBits(llvm::ArrayRef<uint64_t> plane, int64_t begin,
                         int64_t end) {
  int64_t count = 0;
  for (int64_t i = begin; i < end; i += 64)
    count += __builtin_popcountll(
        readBits(plane.data(), i, std::min<int64_t>(64, end - i)));
  return count;
}

void HistogramCounter::countRows(const TensorView &tensor, int64_t rowBegin,
                                 int64_t rowEnd) {
  if (histograms.empty())
    return;
  std::vector<std::vector<int64_t>> counts;
  for (const BlockHistogram &histogram : histograms)
    counts.emplace_back(histogram.counts.size());
  std::vector<uint64_t> plane;
  for (int64_t row = rowBegin; row < rowEnd; ++row) {
    plane.assign((numColumns + 63) / 64, 0);
    forEachSegment(tensor, row, row + 1, {2048, {}},
                   [&](const Segment &segment) {
                     addNonZeros(segment, tensor.elementType, plane);
                   });
    for (auto [histogram, count] : llvm::zip(histograms, counts)) {
      int64_t size = histogram.blockSize;
      for (int64_t begin = 0; begin < numColumns; begin += size)
        ++count[countBits(plane, begin, std::min(begin + size, numColumns))];
    }
  }
  std::lock_guard<std::mutex> lock(mutex);
  for (auto [histogram, count] : llvm::zip(histograms, counts))
    for (auto [total, part] : llvm::zip(histogram.counts, count))
      total += part;
}
