//===- Pruning.h - Generated weights under one threshold --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Global magnitude pruning of generated weights. The weights of a layer are
// normally distributed around 0, with the deviation by which a threshold of 1
// leaves the published share of them. One threshold for all layers then gives
// any other sparsity of the whole network. What series keep is measured on the
// weights, by the selection that packs them.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_PUBLISHED_PRUNING_H
#define TASD_BENCHMARKS_PUBLISHED_PRUNING_H

#include "Network.h"

#include "tasd/Sparsity/Metrics.h"

namespace llvm {
class ThreadPoolInterface;
} // namespace llvm

namespace tasd::published {

/// What weights are drawn from.
struct WeightModel {
  /// Whether all layers have one scale, rather than those that follow from the
  /// published densities.
  bool hasEqualScales = false;
  /// The deviation of the logarithm of what each row is scaled by; 0 where all
  /// rows of a layer are alike.
  double rowSpread = 0;
};

/// An operand as the series of a list see it.
struct OperandStatistics {
  sparsity::TensorMetrics tensor;
  /// In the order of the list.
  std::vector<sparsity::SeriesMetrics> series;
};

/// The deviation of drawn weights of which `density` have a magnitude above 1.
double getDeviation(double density);

class PrunedNetwork {
public:
  /// Draws the weights twice to find the thresholds: exact, to the last bit of
  /// an f32. Of equal layers one is drawn, and counts as all of them.
  PrunedNetwork(const Network &network, const WeightModel &model,
                llvm::ThreadPoolInterface &pool);

  /// The magnitude below which weights are pruned, of each sparsity of the
  /// network.
  llvm::ArrayRef<float> getThresholds() const { return thresholds; }

  /// For each sparsity of the network and each layer, what the series keep; the
  /// tensor of a layer without weights is empty.
  std::vector<std::vector<OperandStatistics>>
  measure(llvm::ArrayRef<sparsity::Series> series) const;

private:
  /// Rows of a layer.
  struct Slab {
    size_t layer;
    int64_t rowBegin, rowEnd;
  };

  void draw(const Slab &slab, std::vector<float> &weights) const;
  std::vector<int64_t>
  count(size_t numBins,
        llvm::function_ref<std::optional<size_t>(uint32_t)> getBin) const;
  void findThresholds();
  OperandStatistics measure(const Slab &slab, std::vector<float> &weights,
                            float threshold,
                            llvm::ArrayRef<sparsity::Series> series) const;

  const Network &network;
  WeightModel model;
  llvm::ThreadPoolInterface &pool;
  std::vector<Slab> slabs;
  std::vector<float> thresholds;
};

} // namespace tasd::published

#endif // TASD_BENCHMARKS_PUBLISHED_PRUNING_H
