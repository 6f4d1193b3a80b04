//===- ChannelSearch.cpp - Moves that put channels in order ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ChannelSearch.h"

#include "Assignment.h"

#include "tasd/Sparsity/Packing.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/ThreadPool.h"

#include <array>
#include <limits>
#include <numeric>

using namespace tasd::sparsity;
using llvm::ArrayRef;

/// Groups beyond this many take turns: an assignment takes their number cubed.
static constexpr int64_t maxGroups = 128;

/// Magnitudes are shares in single precision, which add up to one.
static constexpr double roundingError = 1e-7;

/// A round that saves a smaller share of what is dropped counts as none: the
/// last thousandths take most of the time.
static constexpr double minSaving = 1e-4;

ChannelSearch::ChannelSearch(ArrayRef<ChannelMagnitudes> tensors,
                             int64_t numChannels, double dropped,
                             const PermutationOptions &options,
                             llvm::ThreadPoolInterface *pool)
    : tensors(tensors), options(options), pool(pool), rng(options.seed),
      dropped(dropped), order(numChannels) {
  for (const ChannelMagnitudes &tensor : tensors)
    groupSize = std::lcm(groupSize, std::min(tensor.blockSize, numChannels));
  std::iota(order.begin(), order.end(), 0);
}

//===----------------------------------------------------------------------===//
// Gains
//===----------------------------------------------------------------------===//

namespace {
/// The channels of one block, side by side.
struct Block {
  const ChannelMagnitudes &tensor;
  std::vector<float> magnitudes;

  Block(const ChannelMagnitudes &tensor, ArrayRef<int64_t> order,
        int64_t position)
      : tensor(tensor) {
    int64_t begin = position - position % tensor.blockSize;
    for (int64_t channel : order.slice(begin).take_front(tensor.blockSize))
      llvm::append_range(magnitudes, tensor.getChannel(channel));
  }

  llvm::MutableArrayRef<float> getColumn(int64_t column) {
    return llvm::MutableArrayRef(magnitudes)
        .slice(column * tensor.numRows, tensor.numRows);
  }

  /// Of every row the sum of what the series keeps, but for a column.
  std::vector<double> getKept(std::optional<int64_t> skipped = {}) const;
};
} // namespace

std::vector<double> Block::getKept(std::optional<int64_t> skipped) const {
  int64_t numRows = tensor.numRows;
  int64_t numColumns = magnitudes.size() / numRows;
  TensorView view;
  view.data = magnitudes.data();
  view.blocked = {{numRows, numColumns}, {1}};
  view.strides = {1, numRows};
  Ownership ownership = llvm::cantFail(select(view, *tensor.series));
  std::vector<double> kept(numRows, 0);
  for (int64_t row = 0; row < numRows; ++row)
    for (int64_t column = 0; column < numColumns; ++column)
      if (column != skipped &&
          ownership.owner[row * numColumns + column] != Ownership::unowned)
        kept[row] += magnitudes[column * numRows + row];
  return kept;
}

/// What an element at `position` has to exceed, row by row, to be kept, and
/// then displaces: what the others lose beside one larger than all of them.
std::vector<float> ChannelSearch::getThresholds(const ChannelMagnitudes &tensor,
                                                int64_t position) const {
  Block block(tensor, order, position);
  int64_t column = position % tensor.blockSize;
  llvm::fill(block.getColumn(column), 0.0f);
  std::vector<double> without = block.getKept(column);
  llvm::fill(block.getColumn(column), std::numeric_limits<float>::max());
  std::vector<double> beside = block.getKept(column);
  std::vector<float> thresholds(tensor.numRows);
  for (auto [threshold, most, least] : llvm::zip(thresholds, without, beside))
    threshold = static_cast<float>(most - least);
  return thresholds;
}

/// The sum of what the elements exceed the thresholds by, in lanes that a
/// compiler makes vectors of.
static double sumExcess(ArrayRef<float> elements, ArrayRef<float> thresholds) {
  constexpr size_t numLanes = 16, chunk = 4096;
  double sum = 0;
  for (size_t begin = 0; begin < elements.size(); begin += chunk) {
    size_t end = std::min(begin + chunk, elements.size()), i = begin;
    std::array<float, numLanes> lanes = {};
    for (; i + numLanes <= end; i += numLanes)
      for (size_t lane = 0; lane < numLanes; ++lane)
        lanes[lane] +=
            std::max(0.0f, elements[i + lane] - thresholds[i + lane]);
    for (; i < end; ++i)
      lanes[i % numLanes] += std::max(0.0f, elements[i] - thresholds[i]);
    sum += std::accumulate(lanes.begin(), lanes.end(), 0.0);
  }
  return sum;
}

/// Adds what a group keeps of each channel taken out, put in the place of its
/// own.
void ChannelSearch::addGains(const ChannelMagnitudes &tensor,
                             ArrayRef<int64_t> positions, int64_t group,
                             llvm::MutableArrayRef<double> gains) const {
  std::vector<float> thresholds = getThresholds(tensor, positions[group]);
  for (auto [gain, position] : llvm::zip(gains, positions))
    gain += sumExcess(tensor.getChannel(order[position]), thresholds);
}

void ChannelSearch::forEachGroup(size_t numGroups,
                                 llvm::function_ref<void(size_t)> fn) const {
  if (!pool) {
    for (size_t group = 0; group < numGroups; ++group)
      fn(group);
    return;
  }
  llvm::ThreadPoolTaskGroup tasks(*pool);
  for (size_t group = 0; group < numGroups; ++group)
    pool->async(tasks, [fn, group] { fn(group); });
  pool->wait(tasks);
}

std::vector<double>
ChannelSearch::computeGains(ArrayRef<int64_t> positions) const {
  size_t n = positions.size();
  std::vector<double> gains(n * n, 0);
  forEachGroup(n, [&](size_t group) {
    for (const ChannelMagnitudes &tensor : tensors)
      addGains(tensor, positions, group,
               llvm::MutableArrayRef(gains).slice(group * n, n));
  });
  return gains;
}

/// What the series keep of the blocks that have these positions.
double ChannelSearch::computeKept(ArrayRef<int64_t> positions) const {
  std::vector<double> kept(positions.size(), 0);
  forEachGroup(positions.size(), [&](size_t group) {
    for (const ChannelMagnitudes &tensor : tensors)
      for (double row : Block(tensor, order, positions[group]).getKept())
        kept[group] += row;
  });
  return std::accumulate(kept.begin(), kept.end(), 0.0);
}

/// Those of a round: of thresholds, and of the selections.
int64_t ChannelSearch::getNumComparisons(int64_t numGroups) const {
  int64_t number = 0;
  for (const ChannelMagnitudes &tensor : tensors)
    number += tensor.numRows * numGroups * (numGroups + 4 * tensor.blockSize);
  return number;
}

//===----------------------------------------------------------------------===//
// Rounds
//===----------------------------------------------------------------------===//

/// A position in each group, or in as many of them as are treated at once.
std::vector<int64_t> ChannelSearch::choosePositions() {
  int64_t numChannels = order.size();
  std::vector<int64_t> positions;
  for (int64_t begin = 0; begin < numChannels; begin += groupSize) {
    int64_t size = std::min(groupSize, numChannels - begin);
    positions.push_back(begin + rng() % size);
  }
  // Not std::shuffle, which differs from library to library.
  for (size_t i = 0; i + 1 < positions.size(); ++i)
    std::swap(positions[i], positions[i + rng() % (positions.size() - i)]);
  if (positions.size() > maxGroups)
    positions.resize(maxGroups);
  return positions;
}

/// One round; whether it gained.
bool ChannelSearch::improve() {
  std::vector<int64_t> positions = choosePositions();
  numComparisons += getNumComparisons(positions.size());
  std::vector<int64_t> taken =
      assign(computeGains(positions), positions.size());
  std::vector<int64_t> before = order;
  double keptBefore = computeKept(positions);
  for (auto [position, from] : llvm::zip(positions, taken))
    order[position] = before[positions[from]];
  double saved = computeKept(positions) - keptBefore;
  if (saved <= roundingError * tensors.size()) {
    order = std::move(before);
    return false;
  }
  dropped = std::max(0.0, dropped - saved);
  return saved > minSaving * dropped;
}

std::vector<int64_t> ChannelSearch::run() {
  if (tensors.empty() || groupSize >= static_cast<int64_t>(order.size()))
    return order;
  int64_t numFailures = 0;
  while (numFailures < options.patience &&
         numComparisons < options.maxComparisons)
    numFailures = improve() ? 0 : numFailures + 1;
  return order;
}
