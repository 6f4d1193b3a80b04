//===- LayerWindow.cpp - Images that layers read through windows ----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerWindow.h"

using namespace mlir;
using namespace mlir::tasd;

/// The dimension of a window that an index `output * stride + tap * dilation`
/// into the image is; none for any other.
static std::optional<cost::WindowDim>
matchWindowDim(const LayerWork &layer, AffineMap image, unsigned dim) {
  const Contraction &contraction = layer.contraction;
  auto sum = matchIndexSum(image.getResult(dim));
  if (!sum || sum->size() != 2)
    return std::nullopt;
  if (!contraction.isParallel((*sum)[0].loop))
    std::swap((*sum)[0], (*sum)[1]);
  auto [output, tap] = std::pair((*sum)[0], (*sum)[1]);
  auto indexesOnce = [&](unsigned loop) {
    return llvm::count_if(image.getResults(), [&](AffineExpr expr) {
             return expr.isFunctionOfDim(loop);
           }) == 1;
  };
  if (!contraction.isParallel(output.loop) ||
      contraction.isParallel(tap.loop) || !indexesOnce(output.loop) ||
      !indexesOnce(tap.loop))
    return std::nullopt;
  cost::WindowDim result{0, layer.ranges[output.loop], layer.ranges[tap.loop],
                         output.scale, tap.scale};
  result.input = (result.output - 1) * result.stride +
                 (result.kernel - 1) * result.dilation + 1;
  return result;
}

std::optional<cost::Window> mlir::tasd::matchWindow(const LayerWork &layer,
                                                    unsigned input,
                                                    int64_t reduction) {
  AffineMap image = layer.contraction.maps[input];
  cost::Window window;
  int64_t taps = 1;
  for (auto [dim, expr] : llvm::enumerate(image.getResults())) {
    if (matchLoop(expr))
      continue;
    std::optional<cost::WindowDim> matched = matchWindowDim(layer, image, dim);
    if (!matched)
      return std::nullopt;
    taps *= matched->kernel;
    window.dims.push_back(*matched);
  }
  // Windows of one tap do not overlap.
  if (window.dims.empty() || taps == 1)
    return std::nullopt;
  window.channels = reduction / taps;
  return window;
}
