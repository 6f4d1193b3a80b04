//===- PruningByDefinition.cpp - A transcription of prunings --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PruningByDefinition.h"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace tasd;
using namespace tasd::search;
using namespace tasd::search::test;

double test::quantileByDefinition(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  double place = double(values.size() - 1) * share;
  size_t below = std::floor(place);
  double t = place - double(below);
  if (below + 1 == values.size())
    return values[below];
  double a = values[below], b = values[below + 1];
  return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

TestModel::TestModel(unsigned seed) : rng(seed) {
  bool hasTies = seed % 2;
  add({40, 30}, {1}, hasTies);
  add({24, 50}, {0}, hasTies);
  add({1, 70}, {1}, hasTies);
  add({33, 1}, {1}, hasTies);
  add({3, 3, 5, 20}, {0, 1, 2}, hasTies);
  add({18, 5, 3, 2}, {2, 3, 1}, hasTies);
  add({3, 17, 12}, {2}, hasTies);
  add({2, 9, 3, 11}, {1}, hasTies);
}

/// Calls `fn` with every index into extents, in row-major order.
static void
forEachIndex(llvm::ArrayRef<int64_t> extents,
             const std::function<void(llvm::ArrayRef<int64_t>)> &fn) {
  llvm::SmallVector<int64_t> index(extents.size());
  while (true) {
    fn(index);
    int64_t dim = int64_t(extents.size()) - 1;
    for (; dim >= 0 && ++index[dim] == extents[dim]; --dim)
      index[dim] = 0;
    if (dim < 0)
      return;
  }
}

void TestModel::add(llvm::ArrayRef<int64_t> shape,
                    llvm::ArrayRef<int64_t> along, bool hasTies) {
  int64_t size = 1;
  for (int64_t extent : shape)
    size *= extent;
  // Layers differ in scale, so that they are not all equally sparse.
  std::normal_distribution<float> normal(0, 0.5F + float(rng() % 8) / 8);
  std::vector<float> &data = memory.emplace_back();
  for (int64_t i = 0; i < size; ++i)
    data.push_back(hasTies ? float(int(rng() % 7) - 3) / 4 : normal(rng));
  PrunedLayer layer;
  layer.name = "layer" + std::to_string(layers.size());
  layer.weights = sparsity::TensorView::contiguous(
      data.data(), sparsity::ElementType::F32, shape, along);

  Matrices matrix{layer.name, 1, 1, 1, {}};
  llvm::SmallVector<int64_t> dims, extents;
  for (int64_t dim : layer.weights.blocked.getRowDims()) {
    matrix.numGroups *= matrix.numRows;
    matrix.numRows = shape[dim];
    dims.push_back(dim);
  }
  for (int64_t dim : along) {
    matrix.numColumns *= shape[dim];
    dims.push_back(dim);
  }
  for (int64_t dim : dims)
    extents.push_back(shape[dim]);
  forEachIndex(extents, [&](llvm::ArrayRef<int64_t> index) {
    int64_t offset = 0;
    for (size_t i = 0; i < dims.size(); ++i)
      offset += index[i] * layer.weights.strides[dims[i]];
    matrix.elements.push_back(data[offset]);
  });
  matrices.push_back(std::move(matrix));
  layers.push_back(std::move(layer));
}

//===----------------------------------------------------------------------===//
// Elements and blocks
//===----------------------------------------------------------------------===//

Pruned TestModel::pruneElements(double sparsity) const {
  std::vector<double> scores;
  for (const Matrices &matrix : matrices)
    for (double element : matrix.elements)
      scores.push_back(std::abs(element));
  double threshold = quantileByDefinition(scores, sparsity);
  Pruned pruned{{threshold}, {}};
  for (const Matrices &matrix : matrices)
    for (double element : matrix.elements)
      pruned.masks[matrix.name].push_back(std::abs(element) > threshold);
  return pruned;
}

Pruned TestModel::addOverlay(const Masks &masks, double delta) const {
  std::vector<double> scores;
  for (const Matrices &matrix : matrices)
    for (size_t i = 0; i < matrix.elements.size(); ++i)
      scores.push_back(masks.at(matrix.name)[i] ? 0
                                                : std::abs(matrix.elements[i]));
  double threshold = quantileByDefinition(scores, 1 - delta);
  Pruned pruned{{threshold}, masks};
  for (const Matrices &matrix : matrices)
    for (size_t i = 0; i < matrix.elements.size(); ++i)
      if (std::abs(matrix.elements[i]) > threshold)
        pruned.masks[matrix.name][i] = true;
  return pruned;
}

namespace {
/// Rows [rowBegin, rowEnd) and columns of a group.
struct Block {
  const Matrices *matrix;
  int64_t group, rowBegin, rowEnd, columnBegin, columnEnd;
};
} // namespace

static double getNorm(const Block &block, const std::vector<bool> &mask) {
  double sum = 0;
  for (int64_t row = block.rowBegin; row < block.rowEnd; ++row)
    for (int64_t column = block.columnBegin; column < block.columnEnd; ++column)
      if (mask[block.matrix->getPlace(block.group, row, column)]) {
        double element = block.matrix->get(block.group, row, column);
        sum += element * element;
      }
  return std::sqrt(sum);
}

static void setMask(const Block &block, bool value, std::vector<bool> &mask) {
  for (int64_t row = block.rowBegin; row < block.rowEnd; ++row)
    for (int64_t column = block.columnBegin; column < block.columnEnd; ++column)
      mask[block.matrix->getPlace(block.group, row, column)] = value;
}

/// Leaves out of the masks the blocks whose norm over `size` is not above the
/// quantile of all of them; gives the quantile.
static double pruneBlocks(const std::vector<std::pair<Block, double>> &blocks,
                          double share, Masks &masks) {
  std::vector<double> scores;
  for (const auto &[block, size] : blocks)
    scores.push_back(getNorm(block, masks[block.matrix->name]) / size);
  double threshold = quantileByDefinition(scores, share);
  for (size_t i = 0; i < blocks.size(); ++i)
    if (!(scores[i] > threshold))
      setMask(blocks[i].first, false, masks[blocks[i].first.matrix->name]);
  return threshold;
}

Masks TestModel::getFullMasks() const {
  Masks masks;
  for (const Matrices &matrix : matrices)
    masks[matrix.name].assign(matrix.elements.size(), true);
  return masks;
}

Masks TestModel::withoutZeros(Masks masks) const {
  for (const Matrices &matrix : matrices)
    for (size_t i = 0; i < matrix.elements.size(); ++i)
      if (matrix.elements[i] == 0)
        masks[matrix.name][i] = false;
  return masks;
}

Pruned TestModel::pruneBlocks(double sparsity, int64_t size) const {
  std::vector<std::pair<Block, double>> blocks;
  for (const Matrices &matrix : matrices)
    for (int64_t group = 0; group < matrix.numGroups; ++group)
      for (int64_t row = 0; row < matrix.numRows; row += size)
        for (int64_t column = 0; column < matrix.numColumns; column += size)
          blocks.push_back(
              {{&matrix, group, row, std::min(row + size, matrix.numRows),
                column, std::min(column + size, matrix.numColumns)},
               double(size)});
  Pruned pruned{{}, getFullMasks()};
  pruned.thresholds = {::pruneBlocks(blocks, sparsity, pruned.masks)};
  return pruned;
}

//===----------------------------------------------------------------------===//
// Tiles
//===----------------------------------------------------------------------===//

/// Adds a block for each column of each tile of `granularity` rows that the
/// mask keeps, of any of whose columns. The last one reaches to the last row.
static void addTiles(const Matrices &matrix, int64_t group,
                     const std::vector<bool> &mask, int64_t granularity,
                     sparsity::ScoreKind score,
                     std::vector<std::pair<Block, double>> &blocks) {
  std::vector<int64_t> ends, counts;
  int64_t numSurvivors = 0;
  for (int64_t row = 0; row < matrix.numRows; ++row)
    if (mask[matrix.getPlace(group, row, 0)]) {
      if (numSurvivors++ % granularity == 0) {
        ends.push_back(0);
        counts.push_back(0);
      }
      ends.back() = row + 1;
      ++counts.back();
    }
  if (ends.empty())
    return;
  ends.back() = matrix.numRows;
  int64_t begin = 0;
  for (size_t i = 0; i < ends.size(); ++i) {
    int64_t end = ends[i];
    double size = score == sparsity::ScoreKind::Norm
                      ? double(end - begin)
                      : std::sqrt(double(counts[i]));
    for (int64_t column = 0; column < matrix.numColumns; ++column)
      blocks.push_back(
          {{&matrix, group, begin, end, column, column + 1}, size});
    begin = end;
  }
}

Pruned TestModel::pruneTiles(double sparsity, int64_t granularity, bool hasRows,
                             sparsity::ScoreKind score) const {
  double share = hasRows ? 1 - std::sqrt(1 - sparsity) : sparsity;
  Pruned pruned{{}, getFullMasks()};
  std::vector<std::pair<Block, double>> rows, tiles;
  for (const Matrices &matrix : matrices) {
    double count = matrix.numColumns;
    double size = score == sparsity::ScoreKind::Norm ? count : std::sqrt(count);
    for (int64_t group = 0; group < matrix.numGroups; ++group)
      for (int64_t row = 0; row < matrix.numRows; ++row)
        rows.push_back(
            {{&matrix, group, row, row + 1, 0, matrix.numColumns}, size});
  }
  if (hasRows)
    pruned.thresholds.push_back(::pruneBlocks(rows, share, pruned.masks));
  for (const Matrices &matrix : matrices)
    for (int64_t group = 0; group < matrix.numGroups; ++group)
      addTiles(matrix, group, pruned.masks[matrix.name], granularity, score,
               tiles);
  pruned.thresholds.push_back(::pruneBlocks(tiles, share, pruned.masks));
  return pruned;
}
