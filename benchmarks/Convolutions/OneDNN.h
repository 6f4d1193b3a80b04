//===- OneDNN.h - Convolutions by oneDNN ------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_CONVOLUTIONS_ONEDNN_H
#define TASD_BENCHMARKS_CONVOLUTIONS_ONEDNN_H

#include "Convolution.h"

#include <memory>

namespace tasd::convolutions {

/// Keeps oneDNN from instructions on vectors of more bits; for once, before it
/// is used.
void setOneDNNVectorBits(unsigned vectorBits);

/// One convolution on buffers of its own, in the layouts and by the algorithm
/// that oneDNN likes best, on one thread. Its weights are laid out beforehand.
class OneDNNConvolution {
public:
  explicit OneDNNConvolution(const Convolution &convolution);
  ~OneDNNConvolution();

  void run();

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

} // namespace tasd::convolutions

#endif // TASD_BENCHMARKS_CONVOLUTIONS_ONEDNN_H
