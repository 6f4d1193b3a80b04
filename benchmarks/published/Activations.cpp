//===- Activations.cpp - Generated activations ----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Activations.h"

#include "Draw.h"

#include <cmath>

using namespace tasd::published;

/// Enough for shares of the magnitude to be exact to a thousandth.
static constexpr int64_t kNumElements = 1 << 18;

double ActivationModel::getDensity(const NetworkLayer &layer) const {
  bool isReplaced = layer.activations == Distribution::Relu && reluDensity;
  double density = isReplaced ? *reluDensity : layer.activationDensity;
  return std::min(1.0, density * densityFactor);
}

/// An activation that is not zero, of a normally distributed number.
static double apply(Distribution distribution, double x) {
  switch (distribution) {
  case Distribution::Normal:
    return x;
  case Distribution::Magnitudes:
  case Distribution::Relu:
    return std::fabs(x);
  case Distribution::Gelu:
    return x / 2 * std::erfc(-x / std::sqrt(2.0));
  case Distribution::Softmax:
    return std::exp(x);
  }
  llvm_unreachable("all distributions handled");
}

/// The density of a row; that of two neighbouring rows has the right mean.
static double getRowDensity(double density, bool isUneven, int64_t row) {
  double difference = isUneven ? std::min(density / 2, 1 - density) : 0;
  return row % 2 ? density - difference : density + difference;
}

OperandStatistics
tasd::published::measureActivations(const NetworkLayer &layer,
                                    const ActivationModel &model,
                                    llvm::ArrayRef<sparsity::Series> series) {
  int64_t columns = layer.getNumChannels();
  int64_t rows = 2 * std::max<int64_t>(1, kNumElements / columns / 2);
  Draw values(0), places(1);
  std::vector<float> elements(rows * columns);
  for (int64_t place = 0; place < rows * columns; ++place) {
    double density = getRowDensity(model.getDensity(layer), model.hasUnevenRows,
                                   place / columns);
    if (places.getUniform(place) < density)
      elements[place] =
          static_cast<float>(apply(layer.activations, values.getNormal(place)));
  }
  auto view = sparsity::TensorView::contiguous(
      elements.data(), sparsity::ElementType::F32, {rows, columns}, {1});
  auto metrics = llvm::cantFail(sparsity::measure(view, series));
  return {metrics.tensor, std::move(metrics.series)};
}
