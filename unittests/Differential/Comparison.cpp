//===- Comparison.cpp - Results against the oracle ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"

#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace tasd::differential;

/// How far element `i` of result `index` may be from what is expected.
static Number getTolerance(const Expectation &expectation, size_t index,
                           size_t i) {
  if (expectation.magnitudes.empty())
    return 0;
  const Tensor &magnitude = expectation.magnitudes[index];
  return 2 * (expectation.numProducts + 1) * magnitude.format.getEpsilon() *
         magnitude.elements[i];
}

std::string
tasd::differential::findDifference(const Expectation &expectation, size_t index,
                                   const evaluation::NDArray &array) {
  const Tensor &expected = expectation.results[index];
  if (llvm::ArrayRef(array.shape) != llvm::ArrayRef(expected.shape))
    return "expected shape " + evaluation::getShapeText(expected.shape) +
           " but got " + evaluation::getShapeText(array.shape);
  Tensor actual = Tensor::decode(expected.format, expected.shape, array.bytes);
  for (size_t i = 0; i < actual.elements.size(); ++i) {
    Number distance = std::fabs(actual.elements[i] - expected.elements[i]);
    Number tolerance = getTolerance(expectation, index, i);
    bool isSame = encode(expected.format, actual.elements[i]) ==
                  encode(expected.format, expected.elements[i]);
    if (expectation.isBitwise ? !isSame : !(distance <= tolerance))
      return llvm::formatv(
          "expected {0:e} ({1:x}) at most {2:e} off at "
          "element {3} of {4} but got {5:e} ({6:x})",
          double(expected.elements[i]),
          encode(expected.format, expected.elements[i]), double(tolerance), i,
          evaluation::getShapeText(array.shape), double(actual.elements[i]),
          encode(actual.format, actual.elements[i]));
  }
  return {};
}
