//===- PackedTiles.cpp - The packed form of tiles -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A term that is read is built anew from its rows and columns: what does not
// come out the same is an error.
//
//===----------------------------------------------------------------------===//

#include "PackedTiles.h"

#include "Numbers.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Components
//===----------------------------------------------------------------------===//

/// Positions of components. What a part's pattern has beside its first follows.
static constexpr size_t columnsPosition = 1;
static constexpr size_t placesPosition = 2;
static constexpr size_t tilesPosition = 3;

static size_t getPosition(size_t partComponent) {
  return partComponent == 0 ? 0 : tilesPosition + partComponent;
}

/// The components of a tile, which is a tensor of its own.
static std::vector<PackedComponent>
getPartComponents(const Pattern *inner, int64_t numRows, int64_t numColumns) {
  if (!inner)
    return {{"values", std::nullopt, {numRows, numColumns}}};
  return inner->getPackedComponents({{numRows, numColumns}, {1}});
}

std::vector<PackedComponent>
PackedTiles::getComponents(const BlockedShape &blocked, const Pattern *inner) {
  constexpr int64_t any = PackedComponent::dataDependentExtent;
  std::vector<PackedComponent> parts = getPartComponents(inner, 1, 1);
  std::vector<PackedComponent> components = {
      {parts.front().name, parts.front().elementType, {any}},
      {"columns", ElementType::SI32, {any}},
      {"places", ElementType::SI64, {}},
      {"tiles", ElementType::SI64, {any, int64_t(2 + parts.size())}}};
  for (int64_t dim : blocked.getRowDims())
    components[placesPosition].shape.push_back(blocked.shape[dim]);
  for (const PackedComponent &part : llvm::drop_begin(parts))
    components.push_back({"inner_" + part.name, part.elementType, {any}});
  return components;
}

std::vector<PackedComponent>
PackedTiles::getSizedComponents(const BlockedShape &blocked) const {
  std::vector<PackedComponent> components = getComponents(blocked, inner.get());
  ArrayRef<int64_t> ends = begins.back();
  components[columnsPosition].shape = {ends.front()};
  components[tilesPosition].shape[0] = begins.size();
  for (auto [part, end] : llvm::enumerate(ends.drop_front().drop_back()))
    components[getPosition(part)].shape = {end};
  return components;
}

//===----------------------------------------------------------------------===//
// Tiles
//===----------------------------------------------------------------------===//

PackedTiles::PackedTiles(std::vector<Tile> cut, PatternRef pattern)
    : tiles(std::move(cut)), inner(std::move(pattern)) {
  size_t numParts = getPartComponents(inner.get(), 1, 1).size();
  begins.emplace_back(2 + numParts, 0);
  for (const Tile &tile : tiles) {
    llvm::SmallVector<int64_t, 4> next = begins.back();
    next.front() += tile.columns.size();
    next.back() += tile.rows.size();
    for (auto [part, component] : llvm::enumerate(getPartComponents(
             inner.get(), tile.rows.size(), tile.columns.size())))
      next[1 + part] += component.getNumElements();
    begins.push_back(std::move(next));
  }
}

PackedPart PackedTiles::getPart(size_t tile) const {
  PackedPart part{tiles[tile].rows, tiles[tile].columns, inner, {}};
  for (auto [i, component] : llvm::enumerate(getPartComponents(
           inner.get(), part.rows.size(), part.columns.size())))
    part.components.push_back(
        {getPosition(i), begins[tile][1 + i], component.shape});
  return part;
}

void PackedTiles::writeTables(
    int64_t numRows, int64_t height,
    ArrayRef<llvm::MutableArrayRef<char>> buffers) const {
  for (int64_t row = 0; row < numRows; ++row)
    writeNumber<int64_t>(-1, row, buffers[placesPosition]);
  for (auto [index, tile] : llvm::enumerate(tiles)) {
    for (auto [i, row] : llvm::enumerate(tile.rows))
      writeNumber<int64_t>(int64_t(index) * height + int64_t(i), row,
                           buffers[placesPosition]);
    for (auto [i, column] : llvm::enumerate(tile.columns))
      writeNumber<int32_t>(column, begins[index].front() + i,
                           buffers[columnsPosition]);
  }
  size_t entry = 0;
  for (ArrayRef<int64_t> numbers : begins)
    for (int64_t number : numbers)
      writeNumber<int64_t>(number, entry++, buffers[tilesPosition]);
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// Gives every tile its rows.
static Error readRows(ArrayRef<int64_t> places, int64_t height,
                      std::vector<Tile> &tiles) {
  for (auto [row, place] : llvm::enumerate(places)) {
    if (place == -1)
      continue;
    if (place < 0 || place / height >= int64_t(tiles.size()))
      return createStringError("expected a place of " + Twine(tiles.size()) +
                               " tiles or -1 but got " + Twine(place) +
                               " for row " + Twine(row));
    std::vector<int64_t> &rows = tiles[place / height].rows;
    if (place % height != int64_t(rows.size()))
      return createStringError(
          "expected place " +
          Twine(place / height * height + int64_t(rows.size())) + " but got " +
          Twine(place) + " for row " + Twine(row));
    rows.push_back(row);
  }
  for (auto [index, tile] : llvm::enumerate(tiles))
    if (tile.rows.empty())
      return createStringError("expected rows in tile " + Twine(index));
  return Error::success();
}

/// Gives a tile its columns, [begin, end) of `columns`.
static Error readColumns(ArrayRef<int64_t> columns, int64_t begin, int64_t end,
                         int64_t numColumns, size_t index, Tile &tile) {
  if (begin < 0 || begin > end || end > int64_t(columns.size()))
    return createStringError(
        "expected 0 <= begin <= end <= " + Twine(columns.size()) +
        " of the columns of tile " + Twine(index) + " but got " + Twine(begin) +
        " and " + Twine(end));
  for (int64_t column : columns.slice(begin, end - begin)) {
    int64_t lowest = tile.columns.empty() ? 0 : tile.columns.back() + 1;
    if (column < lowest || column >= numColumns)
      return createStringError("expected " + Twine(lowest) + " <= column < " +
                               Twine(numColumns) + " in tile " + Twine(index) +
                               " but got " + Twine(column));
    tile.columns.push_back(column);
  }
  return Error::success();
}

/// Checks that the begins are those that the tiles have.
static Error verifyBegins(ArrayRef<int64_t> table,
                          ArrayRef<llvm::SmallVector<int64_t, 4>> begins) {
  size_t entry = 0;
  for (auto [index, numbers] : llvm::enumerate(begins))
    for (int64_t number : numbers)
      if (table[entry++] != number)
        return createStringError("expected begin " + Twine(number) +
                                 " of tile " + Twine(index) + " but got " +
                                 Twine(table[entry - 1]));
  return Error::success();
}

Error PackedTiles::verifySizes(const BlockedShape &blocked, ElementType type,
                               ArrayRef<ArrayRef<char>> buffers) const {
  for (auto [component, buffer] :
       llvm::zip(getSizedComponents(blocked), buffers))
    if (component.getNumBytes(type) != int64_t(buffer.size()))
      return createStringError(
          "expected " + Twine(component.getNumBytes(type)) + " bytes of " +
          component.name + " but got " + Twine(buffer.size()));
  return Error::success();
}

Expected<PackedTiles> PackedTiles::read(const BlockedShape &blocked,
                                        int64_t height, PatternRef inner,
                                        ArrayRef<ArrayRef<char>> components) {
  int64_t step = getComponents(blocked, inner.get())[tilesPosition].shape[1];
  std::vector<int64_t> table = readNumbers<int64_t>(components[tilesPosition]);
  int64_t numEntries = table.size();
  if (numEntries == 0 || numEntries % step != 0)
    return createStringError("expected a multiple of " + Twine(step) +
                             " numbers of tiles but got " + Twine(numEntries));
  std::vector<Tile> tiles(numEntries / step - 1);
  if (Error error = readRows(readNumbers<int64_t>(components[placesPosition]),
                             height, tiles))
    return std::move(error);
  std::vector<int64_t> columns =
      readNumbers<int32_t>(components[columnsPosition]);
  for (auto [index, tile] : llvm::enumerate(tiles))
    if (Error error =
            readColumns(columns, table[index * step], table[(index + 1) * step],
                        blocked.getNumColumns(), index, tile))
      return std::move(error);
  PackedTiles packed(std::move(tiles), std::move(inner));
  if (Error error = verifyBegins(table, packed.begins))
    return std::move(error);
  return packed;
}
