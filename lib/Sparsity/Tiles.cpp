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

/// For each row whether it survives.
static std::vector<bool> getSurvivors(const TensorView &tensor,
                                      const Ownership &ownership,
                                      uint8_t minOwner, const TileRule &rule) {
  int64_t numRows = ownership.numRows;
  if (rule.cut == TileCut::Consecutive)
    return std::vector<bool>(numRows, true);
  std::vector<double> squares(numRows);
  forEachAvailable(tensor, ownership, minOwner, {0, numRows},
                   [&](int64_t row, int64_t, ArrayRef<double> magnitudes) {
                     for (double magnitude : magnitudes)
                       squares[row] += getSquare(magnitude);
                   });
  // Without columns a score would be 0 / 0, which is no NaN of the elements.
  std::vector<bool> survives(numRows);
  for (int64_t row = 0; row < numRows; ++row)
    survives[row] =
        squares[row] != 0 &&
        exceeds(std::sqrt(squares[row]) / double(ownership.numColumns),
                rule.outputThreshold);
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

/// Finds the ks of a tile. `squares` is room for a number for each column.
static void keepColumns(const TensorView &tensor, const Ownership &ownership,
                        uint8_t minOwner, const std::vector<bool> &survives,
                        double threshold, WideTile &wide,
                        std::vector<double> &squares) {
  Tile &tile = wide.tile;
  squares.assign(ownership.numColumns, 0);
  forEachAvailable(
      tensor, ownership, minOwner, {tile.rows.front(), tile.rows.back() + 1},
      [&](int64_t row, int64_t begin, ArrayRef<double> magnitudes) {
        if (!survives[row])
          return;
        double *sums = squares.data() + begin;
        for (auto [i, magnitude] : llvm::enumerate(magnitudes))
          sums[i] += getSquare(magnitude);
      });
  for (int64_t column = 0; column < ownership.numColumns; ++column)
    if (squares[column] != 0 &&
        exceeds(std::sqrt(squares[column]) / double(wide.width), threshold))
      tile.columns.push_back(column);
}

std::vector<Tile> tasd::sparsity::cutTiles(const TensorView &tensor,
                                           const Ownership &ownership,
                                           uint8_t minOwner,
                                           const TileRule &rule) {
  std::vector<bool> survives = getSurvivors(tensor, ownership, minOwner, rule);
  std::vector<WideTile> wides;
  int64_t height = getGroupHeight(tensor.blocked);
  for (int64_t row = 0; row < ownership.numRows; row += height)
    cutGroup(row, row + height, survives, rule.height, wides);
  std::vector<Tile> tiles;
  std::vector<double> squares;
  for (WideTile &wide : wides) {
    keepColumns(tensor, ownership, minOwner, survives, rule.kThreshold, wide,
                squares);
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
