//===- MagnitudeDistribution.cpp - How many elements are how large --------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/MagnitudeDistribution.h"

#include "Chunks.h"
#include "Magnitude.h"
#include "Rows.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <mutex>
#include <vector>

using namespace tasd::sparsity;

/// Bits of a double's fraction that do not tell bins apart.
static constexpr unsigned kDroppedBits =
    52 - MagnitudeDistribution::kFractionBits;

static int64_t getBin(double magnitude) {
  uint64_t bits;
  std::memcpy(&bits, &magnitude, sizeof(bits));
  return static_cast<int64_t>(bits >> kDroppedBits);
}

/// The middle of a bin.
static double getRepresentative(int64_t bin) {
  uint64_t bits = static_cast<uint64_t>(bin) << kDroppedBits |
                  uint64_t(1) << (kDroppedBits - 1);
  return Magnitude<ElementType::F64>::decode(bits);
}

/// Adds the rows' non-zeros to a table of all bins.
static void countRows(const TensorView &tensor, int64_t rowBegin,
                      int64_t rowEnd, std::vector<uint32_t> &table) {
  withMagnitude(tensor.elementType, [&](auto magnitude) {
    using Magnitude = decltype(magnitude);
    auto count = [&](const Segment &segment) {
      auto *elements =
          reinterpret_cast<const typename Magnitude::Bits *>(segment.elements);
      for (int64_t i = 0; i < segment.numColumns; ++i)
        if (auto key = Magnitude::getKey(elements[i]))
          ++table[getBin(Magnitude::decode(key))];
    };
    forEachSegment(tensor, rowBegin, rowEnd, {2048, {}}, count);
  });
}

void MagnitudeDistribution::add(const TensorView &tensor,
                                llvm::ThreadPoolInterface *pool) {
  RowChunks chunks(tensor.blocked.getNumRows(), tensor.blocked.getNumColumns());
  std::mutex mutex;
  chunks.forEach(pool, [&](int64_t, int64_t begin, int64_t end) {
    std::vector<uint32_t> table(kNumBins);
    countRows(tensor, begin, end, table);
    std::lock_guard<std::mutex> lock(mutex);
    for (auto [bin, count] : llvm::enumerate(table))
      if (count != 0)
        counts[static_cast<int64_t>(bin)] += count;
  });
}

void MagnitudeDistribution::add(const MagnitudeDistribution &other) {
  for (auto [bin, count] : other.counts)
    counts[bin] += count;
}

void MagnitudeDistribution::add(int64_t bin, int64_t count) {
  counts[bin] += count;
}

int64_t MagnitudeDistribution::getNumNonZeros() const {
  int64_t sum = 0;
  for (auto [bin, count] : counts)
    sum += count;
  return sum;
}

/// How many of `count` elements of size `element`, or all of them, have a sum
/// of at most `allowed`.
static int64_t getNumDroppable(double allowed, double element, int64_t count) {
  double droppable = std::floor(allowed / element);
  return droppable >= static_cast<double>(count)
             ? count
             : static_cast<int64_t>(droppable);
}

int64_t MagnitudeDistribution::getNumLargest(double share) const {
  // Sums are taken from the small end, where they are accurate, in units of the
  // largest magnitude, so that they do not overflow.
  double unit = counts.empty() ? 1 : getRepresentative(counts.rbegin()->first);
  double whole = 0;
  for (auto [bin, count] : counts)
    whole += static_cast<double>(count) * (getRepresentative(bin) / unit);
  int64_t numLeft = getNumNonZeros();
  if (share >= 1)
    return numLeft;
  double allowed = (1 - share) * whole;
  for (auto [bin, count] : counts) {
    double element = getRepresentative(bin) / unit;
    int64_t numDropped = getNumDroppable(allowed, element, count);
    numLeft -= numDropped;
    if (numDropped < count)
      break;
    allowed -= static_cast<double>(count) * element;
  }
  return numLeft;
}
