//===- Quantile.cpp - The value that a share lies below -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two values are all that is needed, so nothing is sorted but around them.
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Quantile.h"

#include <algorithm>
#include <cassert>
#include <cmath>

/// Between a and b at `share`, from the end that is nearer.
static double interpolate(double a, double b, double share) {
  double difference = b - a;
  return share < 0.5 ? a + difference * share : b - difference * (1 - share);
}

double tasd::search::getQuantile(std::vector<double> values, double share) {
  assert(!values.empty() && share >= 0 && share <= 1);
  double place = static_cast<double>(values.size() - 1) * share;
  double below = std::floor(place);
  auto it = values.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(values.begin(), it, values.end());
  auto next = std::min_element(it + 1, values.end());
  return next == values.end() ? *it : interpolate(*it, *next, place - below);
}
