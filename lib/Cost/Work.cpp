//===- Work.cpp - What a layer asks of a machine --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/Work.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <numeric>

using namespace tasd::cost;

llvm::StringRef tasd::cost::getName(Dim dim) {
  constexpr std::array<llvm::StringRef, 3> names = {"M", "N", "K"};
  return names[static_cast<size_t>(dim)];
}

llvm::StringRef tasd::cost::getName(Operand operand) {
  constexpr std::array<llvm::StringRef, 3> names = {"a", "b", "z"};
  return names[static_cast<size_t>(operand)];
}

bool tasd::cost::isIndexedBy(Operand operand, Dim dim) {
  switch (operand) {
  case Operand::A:
    return dim != Dim::N;
  case Operand::B:
    return dim != Dim::M;
  case Operand::Z:
    return dim != Dim::K;
  }
  llvm_unreachable("all operands handled");
}

int64_t &tasd::cost::getExtent(Extents &extents, Dim dim) {
  return dim == Dim::M ? extents.m : dim == Dim::N ? extents.n : extents.k;
}

int64_t tasd::cost::getExtent(const Extents &extents, Dim dim) {
  return getExtent(const_cast<Extents &>(extents), dim);
}

const Input &Work::getInput(Operand operand) const {
  assert(operand != Operand::Z && "expected an input");
  return operand == Operand::A ? a : b;
}

double Work::getElementWords(Operand operand) const {
  return machine::getElementWords(getType(operand)).value_or(1);
}

const std::string &Work::getType(Operand operand) const {
  return operand == Operand::A   ? a.type
         : operand == Operand::B ? b.type
                                 : resultType;
}

Extents tasd::cost::getProduct(const Window &window, int64_t images,
                               int64_t filters) {
  int64_t pixels = images, taps = 1;
  for (const WindowDim &dim : window.dims) {
    pixels *= dim.output;
    taps *= dim.kernel;
  }
  Extents extents;
  extents.k = taps * window.channels;
  extents.m = window.image == Operand::A ? pixels : filters;
  extents.n = window.image == Operand::A ? filters : pixels;
  return extents;
}

/// How far a run of consecutive indices reaches along a dimension, the further
/// out ones of which are left in `length`: one that does not fit into a row of
/// `size` counts whole rows.
static int64_t takeRow(int64_t &length, int64_t size) {
  int64_t reach = std::min(length, size);
  length = llvm::divideCeil(length, size);
  return reach;
}

/// Pixels along one dimension that `outputs` windows of `taps` taps touch, each
/// once. Two pairs of output and tap meet where the outputs are a multiple of
/// the dilation apart and the taps as many strides, common factors aside.
static int64_t countPixels(const WindowDim &dim, int64_t outputs,
                           int64_t taps) {
  int64_t common = std::gcd(dim.stride, dim.dilation);
  int64_t shared = std::max<int64_t>(outputs - dim.dilation / common, 0) *
                   std::max<int64_t>(taps - dim.stride / common, 0);
  return std::min(outputs * taps - shared, dim.input);
}

/// Elements of the image that `pixels` windows of `k` taps and channels touch.
static double countImageElements(const Window &window, int64_t pixels,
                                 int64_t k) {
  // A ragged run touches no more than each of its products asks for.
  double most = static_cast<double>(pixels) * k;
  double distinct = takeRow(k, window.channels);
  for (const WindowDim &dim : llvm::reverse(window.dims)) {
    int64_t taps = takeRow(k, dim.kernel);
    distinct *= countPixels(dim, takeRow(pixels, dim.output), taps);
  }
  return std::min(distinct * pixels, most);
}

/// Ragged runs and rows only add elements.
double tasd::cost::getLeastImageShare(const Window &window, int64_t pixels) {
  double share = 1;
  for (const WindowDim &dim : llvm::reverse(window.dims)) {
    int64_t outputs = takeRow(pixels, dim.output);
    double least = 1;
    for (int64_t taps = 1; taps <= dim.kernel; ++taps) {
      double distinct = countPixels(dim, outputs, taps);
      least = std::min(least, distinct / (outputs * taps));
    }
    share *= least;
  }
  return share;
}

double tasd::cost::countElements(const Work &work, Operand operand,
                                 const Extents &tile) {
  if (work.window && work.window->image == operand)
    return countImageElements(*work.window,
                              operand == Operand::A ? tile.m : tile.n, tile.k);
  double elements = 1;
  for (Dim dim : kDims)
    if (isIndexedBy(operand, dim))
      elements *= getExtent(tile, dim);
  return elements;
}
