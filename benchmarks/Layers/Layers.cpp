//===- Layers.cpp - Layers that are timed ---------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layers.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <random>

using namespace tasd::benchmarks;
using llvm::StringRef;

namespace {

Layer getMatmul(int64_t m, int64_t n, int64_t k) {
  return {llvm::formatv("matmul/{0}x{1}x{2}", m, n, k).str(),
          "linalg.matmul",
          llvm::formatv("{0}x{1}", m, k).str(),
          llvm::formatv("{0}x{1}", k, n).str(),
          llvm::formatv("{0}x{1}", m, n).str(),
          m,
          n,
          k};
}

/// The same with weights planned as `series`.
Layer getPlanned(StringRef series, int64_t m, int64_t n, int64_t k) {
  Layer layer = getMatmul(m, n, k);
  layer.name = llvm::formatv("planned/{0}/{1}x{2}x{3}", series, m, n, k);
  layer.series = series;
  return layer;
}

/// x W^T, as a linear layer of weights N x K is imported.
Layer getLinear(int64_t m, int64_t n, int64_t k) {
  Layer layer = getMatmul(m, n, k);
  layer.name = llvm::formatv("linear/{0}x{1}x{2}", m, n, k);
  layer.op =
      "linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, "
      "affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]";
  layer.rhs = llvm::formatv("{0}x{1}", n, k);
  return layer;
}

/// W x of one column.
Layer getMatvec(int64_t m, int64_t k) {
  return {llvm::formatv("matvec/{0}x{1}", m, k).str(),
          "linalg.matvec",
          llvm::formatv("{0}x{1}", m, k).str(),
          llvm::formatv("{0}", k).str(),
          llvm::formatv("{0}", m).str(),
          m,
          1,
          k};
}

/// A convolution of `size` x `size` outputs and a square window.
Layer getConv(bool isChannelsLast, int64_t size, int64_t channels,
              int64_t filters, int64_t window, int64_t stride) {
  int64_t input = (size - 1) * stride + window;
  Layer layer;
  layer.name = llvm::formatv("conv_{0}/{1}x{1}x{2}/{3}x{4}x{4}/{5}",
                             isChannelsLast ? "nhwc" : "nchw", size, channels,
                             filters, window, stride);
  layer.op = llvm::formatv(
      "{0} {{strides = dense<{1}> : tensor<2xi64>, dilations = dense<1> : "
      "tensor<2xi64>}",
      isChannelsLast ? "linalg.conv_2d_nhwc_hwcf" : "linalg.conv_2d_nchw_fchw",
      stride);
  if (isChannelsLast) {
    layer.lhs = llvm::formatv("1x{0}x{0}x{1}", input, channels);
    layer.rhs = llvm::formatv("{0}x{0}x{1}x{2}", window, channels, filters);
    layer.result = llvm::formatv("1x{0}x{0}x{1}", size, filters);
  } else {
    layer.lhs = llvm::formatv("1x{1}x{0}x{0}", input, channels);
    layer.rhs = llvm::formatv("{2}x{1}x{0}x{0}", window, channels, filters);
    layer.result = llvm::formatv("1x{1}x{0}x{0}", size, filters);
  }
  layer.m = isChannelsLast ? size * size : filters;
  layer.n = isChannelsLast ? filters : size * size;
  layer.k = window * window * channels;
  return layer;
}

/// Random weights in the text of a constant.
std::string getWeights(const Layer &layer) {
  std::vector<float> weights(layer.m * layer.k);
  std::mt19937 random(2);
  std::uniform_real_distribution<float> uniform(-1, 1);
  std::generate(weights.begin(), weights.end(),
                [&] { return uniform(random); });
  StringRef bytes(reinterpret_cast<const char *>(weights.data()),
                  weights.size() * sizeof(float));
  return llvm::formatv("  %a = arith.constant dense<\"0x{0}\"> : "
                       "tensor<{1}xf32>\n",
                       llvm::toHex(bytes), layer.lhs)
      .str();
}

} // namespace

const std::vector<Layer> &tasd::benchmarks::getLayers() {
  static const std::vector<Layer> layers = {
      getMatmul(512, 512, 1152),
      getMatmul(1024, 1024, 1024),
      getMatmul(768, 512, 3072),
      getMatmul(3072, 512, 768),
      getPlanned("2:4", 512, 512, 1152),
      getPlanned("1:8", 512, 512, 1152),
      getPlanned("2:4+1:8", 512, 512, 1152),
      getPlanned("2:4", 768, 512, 3072),
      getPlanned("2:8", 768, 512, 3072),
      getPlanned("1:8", 768, 512, 3072),
      getMatmul(8, 8, 8),
      getMatmul(16, 16, 16),
      getMatmul(32, 32, 32),
      getMatmul(64, 64, 64),
      getMatmul(128, 128, 128),
      getMatmul(512, 16, 1152),
      getMatmul(16, 512, 1152),
      getMatvec(512, 1152),
      getMatvec(3072, 768),

      getLinear(128, 768, 768),
      getLinear(256, 768, 3072),
      getLinear(1, 1000, 2048),
      getLinear(16, 1000, 2048),
      // ResNet: the first layer, one of each stage, and a 1x1.
      getConv(true, 112, 3, 64, 7, 2),
      getConv(true, 56, 64, 64, 3, 1),
      getConv(true, 14, 256, 256, 3, 1),
      getConv(true, 7, 512, 512, 3, 1),
      getConv(true, 14, 1024, 256, 1, 1),
      getConv(false, 112, 3, 64, 7, 2),
      getConv(false, 56, 64, 64, 3, 1),
      getConv(false, 14, 256, 256, 3, 1),
      getConv(false, 7, 512, 512, 3, 1),
      // A small network on digits.
      getConv(true, 8, 1, 16, 3, 1),
      getConv(true, 8, 16, 32, 3, 1),
  };
  return layers;
}

std::string tasd::benchmarks::getText(const Layer &layer) {
  bool isPlanned = !layer.series.empty();
  std::string weights = isPlanned ? getWeights(layer) : "";
  std::string argument = isPlanned ? "" : "%a: tensor<" + layer.lhs + "xf32>, ";
  return llvm::formatv(
             "func.func @main({4}%b: tensor<{1}xf32>) -> "
             "tensor<{2}xf32> {{\n{5}"
             "  %z = arith.constant 0.0 : f32\n"
             "  %e = tensor.empty() : tensor<{2}xf32>\n"
             "  %i = linalg.fill ins(%z : f32) outs(%e : tensor<{2}xf32>) -> "
             "tensor<{2}xf32>\n"
             "  %r = {3} ins(%a, %b : tensor<{0}xf32>, tensor<{1}xf32>) "
             "outs(%i : tensor<{2}xf32>) -> tensor<{2}xf32>\n"
             "  return %r : tensor<{2}xf32>\n}",
             layer.lhs, layer.rhs, layer.result, layer.op, argument, weights)
      .str();
}
