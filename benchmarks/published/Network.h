//===- Network.h - Layers, densities, and where they are from ---*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A network as its file describes it: the sizes of its layers, and what is
// known, or assumed, of their weights and activations.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_PUBLISHED_NETWORK_H
#define TASD_BENCHMARKS_PUBLISHED_NETWORK_H

#include "tasd/Cost/Work.h"

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tasd::published {

/// How the activations that are not zero are distributed: normally; as the
/// magnitudes of that, without zeros or, behind ReLU, with them; as GELU makes
/// it of that; as softmax does, e to the power of that.
enum class Distribution : uint8_t { Normal, Magnitudes, Relu, Gelu, Softmax };

/// Equal layers.
struct NetworkLayer {
  std::string name;
  int64_t count = 1;
  /// Dense, in i8. A are the weights; of a product of activations the left one.
  cost::Work work;
  /// The share of weights that pruning leaves where it is published; none of a
  /// product of activations.
  std::optional<double> prunedDensity;
  Distribution activations = Distribution::Normal;
  double activationDensity = 1;

  bool hasWeights() const { return prunedDensity.has_value(); }
  /// Weights of one of the layers.
  int64_t getNumWeights() const;
  /// Elements of the blocked rows of the activations: the channels.
  int64_t getNumChannels() const;
};

struct Network {
  std::string name;
  /// Of the variants: shares of the weights that are zero.
  std::vector<double> sparsities;
  std::string prunedDensitySource, activationSource;
  std::vector<NetworkLayer> layers;
};

/// Reads a file. Errors, one a line: "file:line:column: what", or the layer and
/// what is wrong with it.
llvm::Expected<Network> readNetwork(llvm::StringRef path);

} // namespace tasd::published

#endif // TASD_BENCHMARKS_PUBLISHED_NETWORK_H
