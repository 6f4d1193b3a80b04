//===- BSRPacking.cpp - The packed form of blocks -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which blocks are stored is said by the elements that a term owns alone.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/BSR.h"

#include "BlockGrid.h"
#include "Magnitude.h"
#include "Numbers.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Error;
using llvm::Twine;

/// Calls `fn(blockRow, blockColumns)` with the blocks in which the term owns
/// elements, ascending.
template <typename Fn>
static void forEachBlockRow(const BlockGrid &grid, const Ownership &ownership,
                            uint8_t term, Fn &&fn) {
  std::vector<int64_t> blockColumnOf = grid.getColumnsOfBlocks();
  std::vector<char> isStored;
  llvm::SmallVector<int64_t> blockColumns;
  for (int64_t blockRow = 0; blockRow < grid.getHeight(); ++blockRow) {
    isStored.assign(grid.getWidth(), false);
    IndexRange rows = grid.getRows(blockRow);
    const uint8_t *owner =
        ownership.owner.data() + rows.begin * ownership.numColumns;
    for (int64_t row = rows.begin; row < rows.end; ++row)
      for (int64_t column = 0; column < ownership.numColumns; ++column)
        if (*owner++ == term)
          isStored[blockColumnOf[column]] = true;
    blockColumns.clear();
    for (int64_t column = 0; column < grid.getWidth(); ++column)
      if (isStored[column])
        blockColumns.push_back(column);
    fn(blockRow, ArrayRef<int64_t>(blockColumns));
  }
}

/// The components of a term of `numBlocks` blocks, or any number of them.
static std::vector<PackedComponent>
getComponents(const BlockedShape &blocked, const BSRRule &rule,
              std::optional<int64_t> numBlocks) {
  constexpr int64_t any = PackedComponent::dataDependentExtent;
  int64_t numValues = any;
  if (numBlocks) {
    BlockGrid grid(blocked, rule);
    numValues = *numBlocks * grid.getBlockRows() * grid.getBlockColumns();
  }
  bool hasRows = llvm::all_of(blocked.getRowDims(), [&](int64_t dim) {
    return blocked.shape[dim] >= 0;
  });
  int64_t numBegins = hasRows ? BlockGrid(blocked, rule).getHeight() + 1 : any;
  return {{"values", std::nullopt, {numValues}},
          {"columns", ElementType::SI32, {numBlocks.value_or(any)}},
          {"begins", ElementType::SI64, {numBegins}}};
}

std::vector<PackedComponent>
BSRPattern::getPackedComponents(const BlockedShape &blocked) const {
  return getComponents(blocked, rule, std::nullopt);
}

std::vector<PackedComponent>
BSRPattern::getSizedComponents(const TensorView &tensor,
                               const Ownership &ownership, uint8_t term) const {
  int64_t numBlocks = 0;
  forEachBlockRow(BlockGrid(tensor.blocked, rule), ownership, term,
                  [&](int64_t, ArrayRef<int64_t> blockColumns) {
                    numBlocks += blockColumns.size();
                  });
  return getComponents(tensor.blocked, rule, numBlocks);
}

namespace {

/// Where the elements of a tensor stand, in bytes.
class ElementOffsets {
public:
  ElementOffsets(const BlockedShape &blocked, ArrayRef<int64_t> strides,
                 ElementType type) {
    RowLayout layout(blocked, strides);
    int64_t width = getByteWidth(type);
    for (int64_t row = 0; row < layout.getNumRows(); ++row)
      rows.push_back(layout.getRowOffset(row) * width);
    for (int64_t column = 0; column < layout.getNumColumns(); ++column)
      columns.push_back(layout.getColumnOffset(column) * width);
  }

  int64_t get(int64_t row, int64_t column) const {
    return rows[row] + columns[column];
  }

private:
  std::vector<int64_t> rows, columns;
};

/// A block of a tensor.
struct Block {
  IndexRange rows, columns;
  /// The columns of a block that is not at the end.
  int64_t rowLength;

  /// Calls `fn(row, column, place)` with the place of each element in the
  /// block.
  template <typename Fn> void forEach(Fn &&fn) const {
    for (int64_t row = rows.begin; row < rows.end; ++row)
      for (int64_t column = columns.begin; column < columns.end; ++column)
        fn(row, column,
           (row - rows.begin) * rowLength + column - columns.begin);
  }
};

} // namespace

/// Copies what the term owns of a block into `target`, which holds zeros.
static void packBlock(const TensorView &tensor, const ElementOffsets &offsets,
                      const Ownership &ownership, uint8_t term,
                      const Block &block, char *target) {
  auto *source = static_cast<const char *>(tensor.data);
  withMagnitude(tensor.elementType, [&](auto magnitude) {
    constexpr size_t width = sizeof(typename decltype(magnitude)::Bits);
    block.forEach([&](int64_t row, int64_t column, int64_t place) {
      if (ownership.owner[row * ownership.numColumns + column] == term)
        std::memcpy(target + place * width, source + offsets.get(row, column),
                    width);
    });
  });
}

void BSRPattern::pack(const TensorView &tensor, const Ownership &ownership,
                      uint8_t term,
                      ArrayRef<llvm::MutableArrayRef<char>> components) const {
  BlockGrid grid(tensor.blocked, rule);
  ElementOffsets offsets(tensor.blocked, tensor.strides, tensor.elementType);
  int64_t blockBytes = grid.getBlockRows() * grid.getBlockColumns() *
                       getByteWidth(tensor.elementType);
  llvm::fill(components[0], 0);
  writeNumber<int64_t>(0, 0, components[2]);
  int64_t numBlocks = 0;
  auto packRow = [&](int64_t blockRow, ArrayRef<int64_t> blockColumns) {
    for (int64_t blockColumn : blockColumns) {
      Block block{grid.getRows(blockRow), grid.getColumns(blockColumn),
                  grid.getBlockColumns()};
      packBlock(tensor, offsets, ownership, term, block,
                components[0].data() + numBlocks * blockBytes);
      writeNumber<int32_t>(blockColumn, numBlocks++, components[1]);
    }
    writeNumber<int64_t>(numBlocks, blockRow + 1, components[2]);
  };
  forEachBlockRow(grid, ownership, term, packRow);
}

/// Checks the columns of a row of blocks.
static Error verifyBlockRow(ArrayRef<int64_t> blockColumns, int64_t width,
                            size_t blockRow) {
  int64_t lowest = 0;
  for (int64_t column : blockColumns) {
    if (column < lowest || column >= width)
      return createStringError("expected " + Twine(lowest) +
                               " <= column of blocks < " + Twine(width) +
                               " in row of blocks " + Twine(blockRow) +
                               " but got " + Twine(column));
    lowest = column + 1;
  }
  return Error::success();
}

Error BSRPattern::verifyPacked(const BlockedShape &blocked, ElementType type,
                               ArrayRef<ArrayRef<char>> components) const {
  BlockGrid grid(blocked, rule);
  std::vector<int64_t> columns = readNumbers<int32_t>(components[1]);
  std::vector<int64_t> begins = readNumbers<int64_t>(components[2]);
  int64_t numBlocks = columns.size();
  int64_t numBytes =
      getComponents(blocked, rule, numBlocks)[0].getNumBytes(type);
  if (int64_t(components[0].size()) != numBytes)
    return createStringError("expected " + Twine(numBytes) +
                             " bytes of values but got " +
                             Twine(components[0].size()));
  if (begins.front() != 0 || begins.back() != numBlocks)
    return createStringError("expected begins from 0 to " + Twine(numBlocks) +
                             " but got " + Twine(begins.front()) + " to " +
                             Twine(begins.back()));
  for (size_t i = 0; i + 1 < begins.size(); ++i) {
    if (begins[i] > begins[i + 1] || begins[i + 1] > numBlocks)
      return createStringError("expected " + Twine(begins[i]) +
                               " <= begin <= " + Twine(numBlocks) +
                               " for row of blocks " + Twine(i + 1) +
                               " but got " + Twine(begins[i + 1]));
    if (Error error = verifyBlockRow(
            ArrayRef(columns).slice(begins[i], begins[i + 1] - begins[i]),
            grid.getWidth(), i))
      return error;
  }
  return Error::success();
}

/// Writes the non-zeros of a block to their places.
static void unpackBlock(const char *source, const Block &block,
                        const ElementOffsets &offsets,
                        const MutableTensorView &tensor) {
  auto *target = static_cast<char *>(tensor.data);
  withMagnitude(tensor.elementType, [&](auto magnitude) {
    using Magnitude = decltype(magnitude);
    typename Magnitude::Bits bits;
    block.forEach([&](int64_t row, int64_t column, int64_t place) {
      std::memcpy(&bits, source + place * sizeof(bits), sizeof(bits));
      if (Magnitude::getKey(bits) != 0)
        std::memcpy(target + offsets.get(row, column), &bits, sizeof(bits));
    });
  });
}

void BSRPattern::unpack(ArrayRef<ArrayRef<char>> components,
                        const MutableTensorView &tensor) const {
  BlockGrid grid(tensor.blocked, rule);
  ElementOffsets offsets(tensor.blocked, tensor.strides, tensor.elementType);
  int64_t blockBytes = grid.getBlockRows() * grid.getBlockColumns() *
                       getByteWidth(tensor.elementType);
  std::vector<int64_t> columns = readNumbers<int32_t>(components[1]);
  std::vector<int64_t> begins = readNumbers<int64_t>(components[2]);
  for (int64_t blockRow = 0; blockRow < grid.getHeight(); ++blockRow)
    for (int64_t i = begins[blockRow]; i < begins[blockRow + 1]; ++i)
      unpackBlock(components[0].data() + i * blockBytes,
                  {grid.getRows(blockRow), grid.getColumns(columns[i]),
                   grid.getBlockColumns()},
                  offsets, tensor);
}
