//===- KernelLayers.h - Layers of many sizes --------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_KERNELS_KERNELLAYERS_H
#define TASD_BENCHMARKS_KERNELS_KERNELLAYERS_H

#include <string>
#include <vector>

/// A layer with random constant weights, in f32.
struct KernelLayer {
  std::string name;
  /// Its op on %x and %w, up to `ins`, and the order of the two.
  std::string op;
  bool weightsFirst = false;
  /// Types without `tensor<` and the element type.
  std::string input, weights, result;
  int64_t numWeights = 0;
  bool isConvolution = false;

  /// The module, of a function `main` of the input.
  std::string getText() const;
};

/// Products with weights on either side, of few and many columns, and
/// convolutions.
std::vector<KernelLayer> getKernelLayers();

#endif // TASD_BENCHMARKS_KERNELS_KERNELLAYERS_H
