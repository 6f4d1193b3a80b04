//===- Tiles.cpp - What the tiles of a term keep --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Scores of outputs, then tile by tile scores of ks: what is remembered beside
// the tiles is a number for each output, and for each k of one tile.
//
//===----------------------------------------------------------------------===//

#include "Tiles.h"

#include "Available.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <cstring>

using namespace tasd::sparsity;
using llvm::ArrayRef;

//===----------------------------------------------------------------------===//
// Cutting
//===----------------------------------------------------------------------===//

namespace {
/// A tile with its original width.
struct WideTile {
  Tile tile;
  int64_t width = 0;
};
} // namespace

/// The score of a sum of squares: its root over `size`, or over the root of
/// `count`, how many were summed.
static double getScore(double square, int64_t size, int64_t count,
                       ScoreKind score) {
  return std::sqrt(square) / (score == ScoreKind::Norm
                                  ? static_cast<double>(size)
                                  : std::sqrt(static_cast<double>(count)));
}

void tasd::sparsity::appendOutputScores(const TensorView &tensor,
                                        const Ownership &ownership,
                                        uint8_t minOwner, const TileRule &rule,
                                        std::vector<double> &scores) {
  std::vector<double> squares(ownership.numRows);
  forEachAvailable(tensor, ownership, minOwner, {0, ownership.numRows},
                   [&](int64_t row, int64_t, ArrayRef<double> magnitudes) {
                     for (double magnitude : magnitudes)
                       squares[row] += getSquare(magnitude);
                   });
  // Without columns a score would be 0 / 0, which is no NaN of the elements.
  for (double square : squares)
    scores.push_back(square == 0 ? 0
                                 : getScore(square, ownership.numColumns,
                                            ownership.numColumns, rule.score));
}

/// For each row whether it survives.
static std::vector<bool> getSurvivors(const TensorView &tensor,
                                      const Ownership &ownership,
                                      uint8_t minOwner, const TileRule &rule) {
  if (rule.cut == TileCut::Consecutive)
    return std::vector<bool>(ownership.numRows, true);
  std::vector<double> scores;
  appendOutputScores(tensor, ownership, minOwner, rule, scores);
  std::vector<bool> survives;
  for (double score : scores)
    survives.push_back(exceeds(score, rule.outputThreshold));
  return survives;
}

/// Cuts the survivors of rows [begin, end), which no tile leaves.
static void cutGroup(int64_t begin, int64_t end,
                     const std::vector<bool> &survives, int64_t height,
                     std::vector<WideTile> &tiles) {
  size_t first = tiles.size();
  for (int64_t row = begin; row < end; ++row) {
    if (!survives[row])
      continue;
    if (tiles.size() == first ||
        int64_t(tiles.back().tile.rows.size()) == height)
      tiles.emplace_back();
    tiles.back().tile.rows.push_back(row);
  }
  for (WideTile &wide : llvm::drop_begin(tiles, first)) {
    bool isLast = &wide == &tiles.back();
    int64_t tileEnd = isLast ? end : wide.tile.rows.back() + 1;
    wide.width = tileEnd - begin;
    begin = tileEnd;
  }
}

/// Cuts all rows into tiles, whose columns are not known yet.
static std::vector<WideTile> cutRows(const TensorView &tensor,
                                     const std::vector<bool> &survives,
                                     int64_t tileHeight) {
  std::vector<WideTile> wides;
  int64_t height = getGroupHeight(tensor.blocked);
  for (int64_t row = 0, end = survives.size(); row < end; row += height)
    cutGroup(row, row + height, survives, tileHeight, wides);
  return wides;
}

/// Appends the score of each column of a tile.
static void appendTileScores(const TensorView &tensor,
                             const Ownership &ownership, uint8_t minOwner,
                             const std::vector<bool> &survives,
                             const WideTile &wide, ScoreKind kind,
                             std::vector<double> &scores) {
  const Tile &tile = wide.tile;
  size_t first = scores.size();
  scores.resize(first + ownership.numColumns);
  forEachAvailable(
      tensor, ownership, minOwner, {tile.rows.front(), tile.rows.back() + 1},
      [&](int64_t row, int64_t begin, ArrayRef<double> magnitudes) {
        if (!survives[row])
          return;
        double *sums = scores.data() + first + begin;
        for (auto [i, magnitude] : llvm::enumerate(magnitudes))
          sums[i] += getSquare(magnitude);
      });
  for (double &score : llvm::drop_begin(scores, first))
    score = getScore(score, wide.width, tile.rows.size(), kind);
}

void tasd::sparsity::appendKScores(const TensorView &tensor,
                                   const Ownership &ownership, uint8_t minOwner,
                                   const TileRule &rule,
                                   std::vector<double> &scores) {
  std::vector<bool> survives = getSurvivors(tensor, ownership, minOwner, rule);
  for (const WideTile &wide : cutRows(tensor, survives, rule.height))
    appendTileScores(tensor, ownership, minOwner, survives, wide, rule.score,
                     scores);
}

std::vector<Tile> tasd::sparsity::cutTiles(const TensorView &tensor,
                                           const Ownership &ownership,
                                           uint8_t minOwner,
                                           const TileRule &rule) {
  std::vector<bool> survives = getSurvivors(tensor, ownership, minOwner, rule);
  std::vector<Tile> tiles;
  std::vector<double> scores;
  for (WideTile &wide : cutRows(tensor, survives, rule.height)) {
    scores.clear();
    appendTileScores(tensor, ownership, minOwner, survives, wide, rule.score,
                     scores);
    for (auto [column, score] : llvm::enumerate(scores))
      if (exceeds(score, rule.kThreshold))
        wide.tile.columns.push_back(column);
    tiles.push_back(std::move(wide.tile));
  }
  return tiles;
}

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

/// Where the elements of the columns stand from the first of a row, in bytes.
static std::vector<int64_t> getColumnOffsets(const RowLayout &layout,
                                             ArrayRef<int64_t> columns,
                                             int64_t width) {
  std::vector<int64_t> offsets;
  offsets.reserve(columns.size());
  for (int64_t column : columns)
    offsets.push_back(layout.getColumnOffset(column) * width);
  return offsets;
}

TileElements tasd::sparsity::gatherTile(const TensorView &tensor,
                                        const Ownership &ownership,
                                        uint8_t minOwner, uint8_t maxOwner,
                                        const Tile &tile) {
  RowLayout layout(tensor.blocked, tensor.strides);
  int64_t width = getByteWidth(tensor.elementType);
  int64_t numRows = tile.rows.size(), numColumns = tile.columns.size();
  std::vector<int64_t> offsets = getColumnOffsets(layout, tile.columns, width);
  TileElements elements;
  elements.bytes.resize(numRows * numColumns * width);
  withMagnitude(tensor.elementType, [&](auto magnitude) {
    constexpr size_t size = sizeof(typename decltype(magnitude)::Bits);
    char *target = elements.bytes.data();
    for (int64_t row : tile.rows) {
      const char *source = static_cast<const char *>(tensor.data) +
                           layout.getRowOffset(row) * width;
      const uint8_t *owners =
          ownership.owner.data() + row * ownership.numColumns;
      for (auto [column, offset] : llvm::zip(tile.columns, offsets)) {
        if (owners[column] >= minOwner && owners[column] <= maxOwner)
          std::memcpy(target, source + offset, size);
        target += size;
      }
    }
  });
  elements.view = TensorView::contiguous(
      elements.bytes.data(), tensor.elementType, {numRows, numColumns}, {1});
  return elements;
}

void tasd::sparsity::scatterTile(ArrayRef<char> bytes, ArrayRef<int64_t> rows,
                                 ArrayRef<int64_t> columns,
                                 const MutableTensorView &tensor) {
  RowLayout layout(tensor.blocked, tensor.strides);
  withMagnitude(tensor.elementType, [&](auto magnitude) {
    using Magnitude = decltype(magnitude);
    typename Magnitude::Bits bits;
    std::vector<int64_t> offsets =
        getColumnOffsets(layout, columns, sizeof(bits));
    const char *source = bytes.data();
    for (int64_t row : rows) {
      char *target = static_cast<char *>(tensor.data) +
                     layout.getRowOffset(row) * int64_t(sizeof(bits));
      for (int64_t offset : offsets) {
        std::memcpy(&bits, source, sizeof(bits));
        source += sizeof(bits);
        if (Magnitude::getKey(bits) != 0)
          std::memcpy(target + offset, &bits, sizeof(bits));
      }
    }
  });
}
