//===- ElementDrawing.cpp - Random elements of tensors --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ElementDrawing.h"

#include <cmath>

using namespace tasd::differential;

Number ElementDrawing::drawOne(Format format, Number limit) {
  if (!format.isFloat() && limit >= format.getExactLimit())
    return decode(format, random.bits());
  if (isExact || !format.isFloat())
    return random.between(-int64_t(limit), int64_t(limit));
  Number magnitude = std::ldexp(Number(random.between(1 << 10, 1 << 15)), -13);
  return round(format, random.chance(50) ? magnitude : -magnitude);
}

Tensor ElementDrawing::draw(Format format, llvm::ArrayRef<int64_t> shape,
                            Number limit, int density) {
  Tensor tensor = Tensor::zeros(format, shape);
  for (Number &element : tensor.elements)
    if (random.chance(density))
      element = drawOne(format, limit);
    else if (format.isFloat() && random.chance(5))
      element = -0.0L;
  return tensor;
}

Number tasd::differential::getExactLimit(const ElementTypes &types,
                                         int64_t numProducts) {
  Format result = Format::get(types.result);
  if (!result.isFloat())
    return 1e18L; // integers wrap
  Number room = result.getExactLimit() - 8;
  return std::floor(std::sqrt(room / std::max<int64_t>(numProducts, 1)));
}
