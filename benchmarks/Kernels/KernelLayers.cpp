//===- KernelLayers.cpp - Layers of many sizes ----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelLayers.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <random>

using llvm::formatv;

/// Weights of which no two columns or outputs are alike, for tiles to prune.
static std::string drawWeights(int64_t count) {
  std::vector<float> weights(count);
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  std::generate(weights.begin(), weights.end(), [&] { return normal(random); });
  return llvm::toHex(
      llvm::StringRef(reinterpret_cast<const char *>(weights.data()),
                      weights.size() * sizeof(float)));
}

std::string KernelLayer::getText() const {
  std::string types[] = {formatv("tensor<{0}xf32>", input),
                         formatv("tensor<{0}xf32>", weights)};
  std::string operands =
      weightsFirst ? formatv("%w, %x : {1}, {0}", types[0], types[1]).str()
                   : formatv("%x, %w : {0}, {1}", types[0], types[1]).str();
  return formatv("func.func @main(%x: {0}) -> tensor<{2}xf32> {{\n"
                 "  %w = arith.constant dense<\"0x{3}\"> : {1}\n"
                 "  %z = arith.constant 0.0 : f32\n"
                 "  %e = tensor.empty() : tensor<{2}xf32>\n"
                 "  %i = linalg.fill ins(%z : f32) outs(%e : tensor<{2}xf32>)"
                 " -> tensor<{2}xf32>\n"
                 "  %r = {4} ins({5}) outs(%i : tensor<{2}xf32>)"
                 " -> tensor<{2}xf32>\n"
                 "  return %r : tensor<{2}xf32>\n}",
                 types[0], types[1], result, drawWeights(numWeights), op,
                 operands);
}

/// W x of `m` outputs, `n` columns and `k` inputs.
static KernelLayer getProduct(int64_t m, int64_t n, int64_t k) {
  KernelLayer layer;
  layer.name = formatv("product/{0}x{1}x{2}", m, n, k);
  layer.op = "linalg.matmul";
  layer.weightsFirst = true;
  layer.input = formatv("{0}x{1}", k, n);
  layer.weights = formatv("{0}x{1}", m, k);
  layer.result = formatv("{0}x{1}", m, n);
  layer.numWeights = m * k;
  return layer;
}

/// x W^T of `n` rows, as linear layers are imported.
static KernelLayer getLinear(int64_t m, int64_t n, int64_t k) {
  KernelLayer layer = getProduct(m, n, k);
  layer.name = formatv("linear/{0}x{1}x{2}", m, n, k);
  layer.op = "linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, "
             "affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> "
             "(m, n)>]";
  layer.weightsFirst = false;
  layer.input = formatv("{0}x{1}", n, k);
  layer.result = formatv("{0}x{1}", n, m);
  return layer;
}

/// A convolution of `size` x `size` outputs and a window of 3 x 3.
static KernelLayer getConvolution(int64_t size, int64_t channels,
                                  int64_t filters) {
  KernelLayer layer;
  layer.name = formatv("convolution/{0}x{0}x{1}x{2}", size, channels, filters);
  layer.op = "linalg.conv_2d_nhwc_hwcf {strides = dense<1> : tensor<2xi64>, "
             "dilations = dense<1> : tensor<2xi64>}";
  layer.input = formatv("1x{0}x{0}x{1}", size + 2, channels);
  layer.weights = formatv("3x3x{0}x{1}", channels, filters);
  layer.result = formatv("1x{0}x{0}x{1}", size, filters);
  layer.numWeights = 9 * channels * filters;
  layer.isConvolution = true;
  return layer;
}

std::vector<KernelLayer> getKernelLayers() {
  std::vector<KernelLayer> layers;
  for (auto [m, k] :
       {std::pair(64, 64), std::pair(128, 256), std::pair(512, 1152),
        std::pair(768, 768), std::pair(768, 3072), std::pair(3072, 768)})
    for (int64_t n : {1, 8, 64, 128, 512}) {
      layers.push_back(getProduct(m, n, k));
      layers.push_back(getLinear(m, n, k));
    }
  for (auto [size, channels, filters] :
       {std::tuple(8, 16, 32), std::tuple(28, 32, 64), std::tuple(56, 64, 64),
        std::tuple(28, 128, 128), std::tuple(14, 256, 256),
        std::tuple(7, 512, 512), std::tuple(56, 32, 32),
        std::tuple(28, 64, 128), std::tuple(14, 64, 64),
        std::tuple(14, 128, 256)})
    layers.push_back(getConvolution(size, channels, filters));
  return layers;
}
