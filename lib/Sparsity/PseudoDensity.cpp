//===- PseudoDensity.cpp - Pseudo-density ---------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The smallest magnitudes may go until what is left is less than the asked
// share. Which these are is found digit by digit of the bits of a magnitude as
// double, which order like numbers: bins of the values that share the digits
// found so far go as a whole, and the bin that may not go gives the next digit.
// So there are a few passes over the data, and no copy of them.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Metrics.h"

#include "Magnitude.h"
#include "Rows.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"

#include <vector>

using namespace tasd::sparsity;
using llvm::createStringError;
using llvm::Error;
using llvm::Twine;

namespace {

constexpr int digitBits = 16;
constexpr int numDigits = 64 / digitBits;
/// The first digit of infinities and NaNs, or less.
constexpr size_t nonFiniteDigit = 0x7ff0;

/// Non-zeros of one digit.
struct Bin {
  int64_t count = 0;
  double magnitude = 0;
};
using Bins = std::vector<Bin>;

} // namespace

/// Bins the non-zeros whose first `numKnown` digits are `prefix` by the next.
static Bins countDigits(const TensorView &tensor, int numKnown,
                        uint64_t prefix) {
  Bins bins(size_t(1) << digitBits);
  int shift = 64 - (numKnown + 1) * digitBits;
  withMagnitude(tensor.elementType, [&](auto magnitude) {
    using Magnitude = decltype(magnitude);
    auto add = [&](const Segment &segment) {
      auto *elements =
          reinterpret_cast<const typename Magnitude::Bits *>(segment.elements);
      for (int64_t i = 0; i < segment.numColumns; ++i) {
        double value = Magnitude::decode(Magnitude::getKey(elements[i]));
        uint64_t digits = llvm::bit_cast<uint64_t>(value) >> shift;
        if (value == 0 || digits >> digitBits != prefix)
          continue;
        Bin &bin = bins[digits & (bins.size() - 1)];
        ++bin.count;
        bin.magnitude += value;
      }
    };
    forEachSegment(tensor, 0, tensor.blocked.getNumRows(), {2048, {}}, add);
  });
  return bins;
}

/// How many of the non-zeros, whose bins by the first digit are given, have to
/// stay for `share` < 1 of their magnitude.
static int64_t countNeeded(const TensorView &tensor, Bins bins, double share) {
  int64_t count = 0;
  double whole = 0;
  for (const Bin &bin : bins) {
    count += bin.count;
    whole += bin.magnitude;
  }
  double gone = 0;
  auto mayGo = [&](double magnitude) {
    return whole - (gone + magnitude) >= share * whole;
  };
  uint64_t prefix = 0;
  for (int numKnown = 0;; ++numKnown) {
    size_t digit = 0;
    for (; digit < bins.size() && mayGo(bins[digit].magnitude); ++digit) {
      count -= bins[digit].count;
      gone += bins[digit].magnitude;
    }
    // Rounding may leave nothing that has to stay.
    if (digit == bins.size())
      return count;
    prefix = prefix << digitBits | digit;
    if (numKnown + 1 == numDigits) {
      // All of the bin are equal.
      double value = llvm::bit_cast<double>(prefix);
      int64_t numGone = 0;
      while (numGone < bins[digit].count && mayGo(value * (numGone + 1)))
        ++numGone;
      return count - numGone;
    }
    bins = countDigits(tensor, numKnown + 1, prefix);
  }
}

llvm::Expected<double>
tasd::sparsity::getPseudoDensity(const TensorView &tensor, double share) {
  if (Error error = tensor.verify())
    return std::move(error);
  if (!(share >= 0 && share <= 1))
    return createStringError("expected 0 <= share <= 1 but got " +
                             Twine(std::to_string(share)));
  Bins bins = countDigits(tensor, 0, 0);
  int64_t count = 0;
  for (auto [digit, bin] : llvm::enumerate(bins)) {
    if (digit >= nonFiniteDigit && bin.count != 0)
      return createStringError(
          "expected finite elements but got an infinity or NaN");
    count += bin.count;
  }
  // At a share of 1 nothing may go, however little it adds to the sum.
  if (share < 1)
    count = countNeeded(tensor, std::move(bins), share);
  int64_t numElements =
      tensor.blocked.getNumRows() * tensor.blocked.getNumColumns();
  return numElements == 0 ? 0.0 : double(count) / double(numElements);
}
