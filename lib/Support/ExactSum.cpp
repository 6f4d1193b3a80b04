//===- ExactSum.cpp - Sums without rounding -------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// J. R. Shewchuk, Adaptive Precision Floating-Point Arithmetic and Fast Robust
// Geometric Predicates, 1997: what an addition of two doubles rounds away is a
// double, so a sum can be kept as several that do not overlap.
//
//===----------------------------------------------------------------------===//

#include "tasd/Support/ExactSum.h"

#include <cassert>
#include <cmath>

using namespace tasd;

namespace {
/// high + low is what was added; high is it rounded.
struct RoundedSum {
  double high, low;
};
} // namespace

/// `a` has the larger magnitude.
static RoundedSum addOrdered(double a, double b) {
  double high = a + b;
  return {high, b - (high - a)};
}

static RoundedSum addExactly(double a, double b) {
  return std::abs(a) < std::abs(b) ? addOrdered(b, a) : addOrdered(a, b);
}

void ExactSum::add(double value) {
  assert(std::isfinite(value) && "an infinity or NaN has no sum");
  size_t numKept = 0;
  for (double part : parts) {
    auto [high, low] = addExactly(value, part);
    if (low != 0)
      parts[numKept++] = low;
    value = high;
  }
  parts.truncate(numKept);
  if (value != 0)
    parts.push_back(value);
}

void ExactSum::add(const ExactSum &other) {
  assert(this != &other && "the parts change while they are read");
  for (double part : other.parts)
    add(part);
}

void ExactSum::subtract(const ExactSum &other) {
  assert(this != &other && "the parts change while they are read");
  for (double part : other.parts)
    add(-part);
}

double ExactSum::toDouble() const {
  if (parts.empty())
    return 0;
  size_t next = parts.size() - 1;
  double sum = parts[next], rest = 0;
  while (next > 0 && rest == 0) {
    auto [high, low] = addOrdered(sum, parts[--next]);
    sum = high;
    rest = low;
  }
  // Half a unit was rounded to even, but what follows makes it more than half.
  if (next > 0 && (rest < 0) == (parts[next - 1] < 0)) {
    auto [high, low] = addOrdered(sum, 2 * rest);
    if (low == 0)
      sum = high;
  }
  return sum;
}

llvm::SmallVector<double, 2> ExactSum::getParts() const {
  llvm::SmallVector<double, 2> rounded;
  ExactSum rest = *this;
  while (!rest.parts.empty()) {
    rounded.push_back(rest.toDouble());
    rest.add(-rounded.back());
  }
  return rounded;
}
