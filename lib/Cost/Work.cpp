//===- Work.cpp - What a layer asks of a machine --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/Work.h"

#include <algorithm>

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
  Extents extents;
  extents.m = filters;
  extents.n = images * window.outputHeight * window.outputWidth;
  extents.k = window.kernelHeight * window.kernelWidth * window.channels;
  return extents;
}

namespace {
/// How far a run of consecutive indices reaches in each of two dimensions, the
/// second of which is the faster.
struct Span {
  int64_t outer, inner;
};
} // namespace

/// A run that does not fit into one row of the inner dimension counts whole
/// rows.
static Span splitRun(int64_t length, int64_t inner) {
  if (length <= inner)
    return {1, length};
  return {(length + inner - 1) / inner, inner};
}

/// Pixels along one dimension of `size` that `outputs` windows of `taps` taps
/// touch.
static int64_t countPixels(int64_t outputs, int64_t taps, int64_t stride,
                           int64_t size) {
  return std::min((outputs - 1) * std::min(stride, taps) + taps, size);
}

/// Elements of the image that columns `n` of rows `k` of B are taken from.
static double countImageElements(const Window &window, int64_t n, int64_t k) {
  auto [taps, channels] = splitRun(k, window.channels);
  auto [kernelRows, kernelColumns] = splitRun(taps, window.kernelWidth);
  auto [rows, columns] = splitRun(n, window.outputWidth);
  auto [images, imageRows] = splitRun(rows, window.outputHeight);
  double distinct =
      static_cast<double>(channels) * images *
      countPixels(imageRows, kernelRows, window.stride, window.inputHeight) *
      countPixels(columns, kernelColumns, window.stride, window.inputWidth);
  // A ragged run touches no more than each of its products asks for.
  return std::min(distinct, static_cast<double>(n) * k);
}

double tasd::cost::countElements(const Work &work, Operand operand,
                                 const Extents &tile) {
  if (operand == Operand::B && work.window)
    return countImageElements(*work.window, tile.n, tile.k);
  double elements = 1;
  for (Dim dim : kDims)
    if (isIndexedBy(operand, dim))
      elements *= getExtent(tile, dim);
  return elements;
}
