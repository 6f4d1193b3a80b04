//===- PrunedWeights.cpp - Random weights as pruning leaves them ----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PrunedWeights.h"

#include "../Common/RandomWord.h"

#include <cmath>
#include <cstring>

using namespace mlir;
using namespace tasd::largemodels;

/// Eight random bytes are added: a sum of that many is nearly normal.
static constexpr int kNumBytes = 8, kNumSums = kNumBytes * 255 + 1;
static constexpr int kMean = kNumSums / 2;

static unsigned getByteSum(uint64_t word) {
  constexpr uint64_t everyOther = 0x00ff00ff00ff00ff;
  uint64_t pairs = (word & everyOther) + ((word >> 8) & everyOther);
  return (pairs * 0x0001000100010001) >> 48;
}

/// The probability of each sum.
static std::vector<double> getDistribution() {
  std::vector<double> distribution = {1};
  for (int byte = 0; byte < kNumBytes; ++byte) {
    std::vector<double> longer(distribution.size() + 255);
    for (size_t sum = 0; sum < distribution.size(); ++sum)
      for (size_t next = sum; next < sum + 256; ++next)
        longer[next] += distribution[sum] / 256;
    distribution = std::move(longer);
  }
  return distribution;
}

/// The distance from the mean below which sums have to become zero for a share
/// of `density` to be left.
static int getThreshold(double density) {
  std::vector<double> distribution = getDistribution();
  double kept = 1;
  int distance = 0;
  for (; distance <= kMean && kept > density; ++distance)
    kept -= distance == 0 ? distribution[kMean]
                          : 2 * distribution[kMean + distance];
  return distance;
}

/// The bits of `value`, whose unit is the standard deviation, as an element.
static uint32_t encode(Type type, double value, double deviation) {
  if (auto floatType = dyn_cast<FloatType>(type)) {
    APFloat element(value * deviation);
    bool losesInfo;
    element.convert(floatType.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                    &losesInfo);
    return element.bitcastToAPInt().getZExtValue();
  }
  double range = kMean / std::sqrt(kNumBytes * (256.0 * 256 - 1) / 12);
  return static_cast<int8_t>(std::lround(value / range * 127));
}

PrunedWeights::PrunedWeights(Type type, double deviation, double density)
    : width(type.getIntOrFloatBitWidth() / 8), elements(kNumSums) {
  int threshold = getThreshold(density);
  double unit = 1 / std::sqrt(kNumBytes * (256.0 * 256 - 1) / 12);
  for (int sum = 0; sum < kNumSums; ++sum)
    if (std::abs(sum - kMean) >= threshold)
      elements[sum] = encode(type, (sum - kMean) * unit, deviation);
}

void PrunedWeights::fill(llvm::MutableArrayRef<char> bytes,
                         uint64_t seed) const {
  // Words of neighbouring seeds do not overlap for less than 2^40 elements.
  uint64_t index = seed << 40;
  for (char *out = bytes.begin(); out < bytes.end(); out += width)
    std::memcpy(out, &elements[getByteSum(benchmarks::getRandomWord(++index))],
                width);
}
