//===- SmallNetwork.h - A network for tests ---------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_PUBLISHED_SMALLNETWORK_H
#define TASD_UNITTESTS_PUBLISHED_SMALLNETWORK_H

#include "Network.h"

namespace tasd::published {

/// `count` layers of products with weights of rows x columns.
inline NetworkLayer makeLayer(std::string name, int64_t rows, int64_t columns,
                              double prunedDensity, int64_t count = 1) {
  NetworkLayer layer;
  layer.name = std::move(name);
  layer.count = count;
  layer.work.extents = {rows, 128, columns};
  layer.prunedDensity = prunedDensity;
  layer.activations = Distribution::Relu;
  layer.activationDensity = 0.4;
  return layer;
}

/// 2 x 64 K weights, of which a tenth is left, and 32 K, of which four tenths.
inline Network makeSmallNetwork(std::vector<double> sparsities) {
  Network network;
  network.name = "small";
  network.sparsities = std::move(sparsities);
  network.layers = {makeLayer("wide", 128, 512, 0.1, /*count=*/2),
                    makeLayer("narrow", 128, 256, 0.4)};
  NetworkLayer product = makeLayer("product", 128, 128, 1);
  product.prunedDensity.reset();
  network.layers.push_back(product);
  return network;
}

} // namespace tasd::published

#endif // TASD_UNITTESTS_PUBLISHED_SMALLNETWORK_H
