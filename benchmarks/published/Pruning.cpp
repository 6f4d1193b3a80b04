//===- Pruning.cpp - Generated weights under one threshold ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pruning.h"

#include "Draw.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/ThreadPool.h"

#include <cmath>
#include <mutex>
#include <numeric>

using namespace tasd;
using namespace tasd::published;
using sparsity::Series;

/// Weights drawn at once, about.
static constexpr int64_t kSlabSize = int64_t(1) << 22;

/// The share of what Draw::getNormal draws that is beyond a magnitude: twice
/// that of sums of eight uniform numbers below 4 - magnitude * sqrt(8 / 12).
static double getTail(double magnitude) {
  double below = 4 - magnitude * std::sqrt(8.0 / 12);
  double sum = 0, binomial = 1;
  for (int k = 0; k < below; ++k) {
    sum += (k % 2 ? -binomial : binomial) * std::pow(below - k, 8);
    binomial *= (8.0 - k) / (k + 1);
  }
  // Over 8!.
  return 2 * sum / 40320;
}

double tasd::published::getDeviation(double density) {
  double low = 0, high = 5;
  for (int step = 0; step < 64; ++step) {
    double middle = (low + high) / 2;
    (getTail(middle) > density ? low : high) = middle;
  }
  return 1 / high;
}

PrunedNetwork::PrunedNetwork(const Network &network, const WeightModel &model,
                             llvm::ThreadPoolInterface &pool)
    : network(network), model(model), pool(pool) {
  for (auto [index, layer] : llvm::enumerate(network.layers)) {
    int64_t rows = layer.hasWeights() ? layer.work.extents.m : 0;
    int64_t step = std::max<int64_t>(1, kSlabSize / layer.work.extents.k);
    for (int64_t row = 0; row < rows; row += step)
      slabs.push_back({index, row, std::min(rows, row + step)});
  }
  findThresholds();
}

void PrunedNetwork::draw(const Slab &slab, std::vector<float> &weights) const {
  const NetworkLayer &layer = network.layers[slab.layer];
  int64_t columns = layer.work.extents.k;
  double deviation =
      model.hasEqualScales ? 1 : getDeviation(*layer.prunedDensity);
  Draw values(2 * slab.layer), scales(2 * slab.layer + 1);
  weights.resize((slab.rowEnd - slab.rowBegin) * columns);
  float *out = weights.data();
  for (int64_t row = slab.rowBegin; row < slab.rowEnd; ++row) {
    double scale =
        deviation * std::exp(model.rowSpread * scales.getNormal(row));
    for (int64_t place = row * columns; place < (row + 1) * columns; ++place)
      *out++ = static_cast<float>(scale * values.getNormal(place));
  }
}

//===----------------------------------------------------------------------===//
// Thresholds
//===----------------------------------------------------------------------===//

/// The bits of a magnitude, which order as magnitudes do.
static uint32_t getMagnitudeBits(float value) {
  return llvm::bit_cast<uint32_t>(value) & 0x7fffffff;
}

/// Counts the weights of all layers by bins of their magnitude's bits.
std::vector<int64_t> PrunedNetwork::count(
    size_t numBins,
    llvm::function_ref<std::optional<size_t>(uint32_t)> getBin) const {
  std::vector<int64_t> counts(numBins);
  std::mutex mutex;
  llvm::ThreadPoolTaskGroup group(pool);
  for (const Slab &slab : slabs)
    group.async([&, slab] {
      std::vector<float> weights;
      draw(slab, weights);
      std::vector<int64_t> mine(numBins);
      for (float weight : weights)
        if (std::optional<size_t> bin = getBin(getMagnitudeBits(weight)))
          ++mine[*bin];
      std::lock_guard<std::mutex> lock(mutex);
      for (size_t bin = 0; bin < numBins; ++bin)
        counts[bin] += mine[bin] * network.layers[slab.layer].count;
    });
  group.wait();
  return counts;
}

/// The largest bin of which, with those above it, there are at least `number`;
/// what is left of the number in that bin.
static std::pair<size_t, int64_t> findBin(llvm::ArrayRef<int64_t> counts,
                                          int64_t number) {
  size_t bin = counts.size() - 1;
  for (; bin > 0 && counts[bin] < number; --bin)
    number -= counts[bin];
  return {bin, number};
}

/// The upper half of a threshold's bits follows from the counts of all upper
/// halves, the lower one from the counts of those weights that share the upper.
void PrunedNetwork::findThresholds() {
  constexpr size_t kNumBins = 1 << 16;
  std::vector<int64_t> upper =
      count(kNumBins, [](uint32_t bits) { return bits >> 16; });
  int64_t total = 0;
  for (int64_t number : upper)
    total += number;
  for (double sparsity : network.sparsities) {
    int64_t kept = std::llround((1 - sparsity) * total);
    if (sparsity == 0 || total == 0) {
      thresholds.push_back(0);
      continue;
    }
    auto [high, left] = findBin(upper, kept);
    std::vector<int64_t> lower =
        count(kNumBins, [high = high](uint32_t bits) -> std::optional<size_t> {
          if (bits >> 16 != high)
            return std::nullopt;
          return bits & 0xffff;
        });
    size_t low = findBin(lower, left).first;
    thresholds.push_back(llvm::bit_cast<float>(uint32_t(high << 16 | low)));
  }
}

//===----------------------------------------------------------------------===//
// What series keep
//===----------------------------------------------------------------------===//

static void add(sparsity::SeriesMetrics &sum,
                const sparsity::SeriesMetrics &part) {
  sum.keptNonZeros += part.keptNonZeros;
  sum.droppedNonZeros += part.droppedNonZeros;
  sum.keptMagnitude += part.keptMagnitude;
  sum.droppedMagnitude += part.droppedMagnitude;
  sum.keptSquaredNorm += part.keptSquaredNorm;
  sum.droppedSquaredNorm += part.droppedSquaredNorm;
}

static void add(OperandStatistics &sum, const OperandStatistics &part) {
  sum.tensor.numElements += part.tensor.numElements;
  sum.tensor.numNonZeros += part.tensor.numNonZeros;
  sum.tensor.magnitude += part.tensor.magnitude;
  sum.tensor.squaredNorm += part.tensor.squaredNorm;
  sum.series.resize(part.series.size());
  for (auto [whole, piece] : llvm::zip(sum.series, part.series))
    add(whole, piece);
}

/// Prunes drawn weights and measures them.
OperandStatistics PrunedNetwork::measure(const Slab &slab,
                                         std::vector<float> &weights,
                                         float threshold,
                                         llvm::ArrayRef<Series> series) const {
  for (float &weight : weights)
    if (std::fabs(weight) < threshold)
      weight = 0;
  int64_t columns = network.layers[slab.layer].work.extents.k;
  auto view = sparsity::TensorView::contiguous(
      weights.data(), sparsity::ElementType::F32,
      {slab.rowEnd - slab.rowBegin, columns}, {1});
  auto metrics = llvm::cantFail(sparsity::measure(view, series));
  return {metrics.tensor, std::move(metrics.series)};
}

std::vector<std::vector<OperandStatistics>>
PrunedNetwork::measure(llvm::ArrayRef<Series> series) const {
  std::vector<size_t> order(thresholds.size());
  std::iota(order.begin(), order.end(), 0);
  // What is pruned once stays so at a higher threshold.
  llvm::sort(order,
             [&](size_t a, size_t b) { return thresholds[a] < thresholds[b]; });
  std::vector<std::vector<OperandStatistics>> parts(
      thresholds.size(), std::vector<OperandStatistics>(slabs.size()));
  llvm::ThreadPoolTaskGroup group(pool);
  for (size_t index = 0; index < slabs.size(); ++index)
    group.async([&, index] {
      std::vector<float> weights;
      draw(slabs[index], weights);
      for (size_t variant : order)
        parts[variant][index] =
            measure(slabs[index], weights, thresholds[variant], series);
    });
  group.wait();
  // In the order of the slabs, whatever the order of threads.
  std::vector<std::vector<OperandStatistics>> sums(
      thresholds.size(), std::vector<OperandStatistics>(network.layers.size()));
  for (auto [sum, part] : llvm::zip(sums, parts))
    for (auto [slab, statistics] : llvm::zip(slabs, part))
      add(sum[slab.layer], statistics);
  return sums;
}
