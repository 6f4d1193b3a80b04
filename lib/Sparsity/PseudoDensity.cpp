//===- PseudoDensity.cpp - Pseudo-density ---------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The magnitudes are brought into descending order and added up until the asked
// share is reached.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Metrics.h"

#include "Magnitude.h"
#include "Rows.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <functional>

using namespace tasd::sparsity;
using llvm::createStringError;
using llvm::Error;
using llvm::Twine;

/// The magnitudes of all non-zeros, in the order of rows and columns.
static std::vector<double> getMagnitudes(const TensorView &tensor) {
  std::vector<double> magnitudes;
  withMagnitude(tensor.elementType, [&](auto magnitude) {
    using Magnitude = decltype(magnitude);
    auto append = [&](const Segment &segment) {
      auto *elements =
          reinterpret_cast<const typename Magnitude::Bits *>(segment.elements);
      for (int64_t i = 0; i < segment.numColumns; ++i)
        if (auto key = Magnitude::getKey(elements[i]))
          magnitudes.push_back(Magnitude::decode(key));
    };
    forEachSegment(tensor, 0, tensor.blocked.getNumRows(), {2048, {}}, append);
  });
  return magnitudes;
}

llvm::Expected<double>
tasd::sparsity::getPseudoDensity(const TensorView &tensor, double share) {
  if (Error error = tensor.verify())
    return std::move(error);
  if (!(share >= 0 && share <= 1))
    return createStringError("expected 0 <= share <= 1 but got " +
                             Twine(std::to_string(share)));
  std::vector<double> magnitudes = getMagnitudes(tensor);
  if (!llvm::all_of(magnitudes, [](double x) { return std::isfinite(x); }))
    return createStringError(
        "expected finite elements but got an infinity or NaN");
  llvm::sort(magnitudes, std::greater<double>());
  // Added from the small end, where sums are accurate.
  double whole = 0;
  for (double magnitude : llvm::reverse(magnitudes))
    whole += magnitude;
  size_t count = magnitudes.size();
  // At a share of 1 nothing may go, however little it adds to the sum.
  for (double tail = 0; share < 1 && count > 0; --count) {
    tail += magnitudes[count - 1];
    if (whole - tail < share * whole)
      break;
  }
  int64_t numElements =
      tensor.blocked.getNumRows() * tensor.blocked.getNumColumns();
  return numElements == 0 ? 0.0 : double(count) / double(numElements);
}
