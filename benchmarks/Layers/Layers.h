//===- Layers.h - Layers that are timed -------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_LAYERS_LAYERS_H
#define TASD_BENCHMARKS_LAYERS_LAYERS_H

#include <cstdint>
#include <string>
#include <vector>

namespace tasd::benchmarks {

/// An op on operands of given types, and the size of its matrix product. With a
/// series the left operand is constant, and planned.
struct Layer {
  std::string name, op, lhs, rhs, result;
  int64_t m, n, k;
  std::string series = "";
};

/// Matrix products of many sizes, planned ones among them, and convolutions.
const std::vector<Layer> &getLayers();

/// The module of a layer, its operands arguments of `main` but for planned
/// weights.
std::string getText(const Layer &layer);

} // namespace tasd::benchmarks

#endif // TASD_BENCHMARKS_LAYERS_LAYERS_H
