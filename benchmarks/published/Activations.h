//===- Activations.h - Generated activations --------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_PUBLISHED_ACTIVATIONS_H
#define TASD_BENCHMARKS_PUBLISHED_ACTIVATIONS_H

#include "Pruning.h"

namespace tasd::published {

/// How activations differ from what the network's file says.
struct ActivationModel {
  /// What densities are multiplied with; none exceeds 1.
  double densityFactor = 1;
  /// Whether rows (pixels, tokens) have half as many non-zeros more than the
  /// mean, or less, by turns, rather than zeros independent of each other.
  bool hasUnevenRows = false;
  /// The density of what is behind a ReLU, whatever the file says.
  std::optional<double> reluDensity = std::nullopt;

  double getDensity(const NetworkLayer &layer) const;
};

/// Draws activations of a layer and measures what the series keep of them.
OperandStatistics measureActivations(const NetworkLayer &layer,
                                     const ActivationModel &model,
                                     llvm::ArrayRef<sparsity::Series> series);

} // namespace tasd::published

#endif // TASD_BENCHMARKS_PUBLISHED_ACTIVATIONS_H
