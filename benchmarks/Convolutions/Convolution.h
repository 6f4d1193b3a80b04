//===- Convolution.h - The shape of a convolution ---------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_CONVOLUTIONS_CONVOLUTION_H
#define TASD_BENCHMARKS_CONVOLUTIONS_CONVOLUTION_H

#include <cstdint>
#include <string>

namespace tasd::convolutions {

/// A square convolution of one image, channels first, whose input holds its
/// padding.
struct Convolution {
  std::string name;
  /// Of the output, in each direction.
  int64_t size;
  int64_t channels, filters, window, stride;

  int64_t getInputSize() const { return (size - 1) * stride + window; }
  int64_t getNumMacs() const {
    return size * size * filters * channels * window * window;
  }
};

} // namespace tasd::convolutions

#endif // TASD_BENCHMARKS_CONVOLUTIONS_CONVOLUTION_H
