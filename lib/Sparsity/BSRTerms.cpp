//===- BSRTerms.cpp - Terms of blocks -------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rows of blocks are treated several at a time, so that tensors whose rows are
// not contiguous are read by whole cache lines.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/BSR.h"

#include "Available.h"
#include "BlockGrid.h"
#include "Numbers.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Error;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

namespace {

/// The scores of a few rows of blocks: of what is free the norm over the root
/// of the number of elements, of a single element its magnitude.
class BlockScores {
public:
  BlockScores(const BlockGrid &grid, const BSRRule &rule)
      : grid(grid), numElements(rule.numRows * rule.numColumns),
        blockColumns(grid.getBlockColumns()) {}

  /// Scores rows of blocks [first, end), which are these rows.
  void compute(const TensorView &tensor, const Ownership &ownership,
               int64_t first, int64_t end, IndexRange rows) {
    scores.assign((end - first) * grid.getWidth(), 0);
    scoresOfRow.clear();
    rowBegin = rows.begin;
    for (int64_t row = rows.begin; row < rows.end; ++row)
      scoresOfRow.push_back(scores.data() +
                            (grid.getBlockRow(row) - first) * grid.getWidth());
    forEachAvailable(tensor, ownership, Ownership::unowned, rows,
                     [&](int64_t row, int64_t column, double magnitude) {
                       get(row, column) +=
                           numElements == 1 ? magnitude : getSquare(magnitude);
                     });
    if (numElements != 1)
      for (double &score : scores)
        score = std::sqrt(score) / std::sqrt(double(numElements));
  }

  /// The score of the block of an element.
  double &get(int64_t row, int64_t column) {
    return scoresOfRow[row - rowBegin][blockColumns[column]];
  }
  /// Of all blocks, row by row.
  const std::vector<double> &getAll() const { return scores; }

private:
  const BlockGrid &grid;
  int64_t numElements, rowBegin = 0;
  std::vector<int64_t> blockColumns;
  std::vector<double> scores;
  std::vector<double *> scoresOfRow;
};

} // namespace

void BSRPattern::select(const TensorView &tensor, Ownership &ownership,
                        uint8_t term) const {
  BlockGrid grid(tensor.blocked, rule);
  BlockScores scores(grid, rule);
  grid.forEachBatch([&](int64_t first, int64_t end, IndexRange rows) {
    scores.compute(tensor, ownership, first, end, rows);
    forEachAvailable(tensor, ownership, Ownership::unowned, rows,
                     [&](int64_t row, int64_t column, double) {
                       if (exceeds(scores.get(row, column), rule.threshold))
                         ownership.owner[row * ownership.numColumns + column] =
                             term;
                     });
  });
}

void BSRPattern::appendScores(const TensorView &tensor,
                              const Ownership &ownership, unsigned,
                              std::vector<double> &all) const {
  BlockGrid grid(tensor.blocked, rule);
  BlockScores scores(grid, rule);
  grid.forEachBatch([&](int64_t first, int64_t end, IndexRange rows) {
    scores.compute(tensor, ownership, first, end, rows);
    llvm::append_range(all, scores.getAll());
  });
}

bool BSRPattern::obeys(const TensorView &) const { return true; }

//===----------------------------------------------------------------------===//
// Packed form
//===----------------------------------------------------------------------===//

/// Calls `fn(blockRow, blockColumns)` with the blocks in which the term owns
/// elements, ascending.
template <typename Fn>
static void forEachBlockRow(const BlockGrid &grid, const Ownership &ownership,
                            uint8_t term, Fn &&fn) {
  std::vector<int64_t> blockColumnOf = grid.getBlockColumns();
  std::vector<bool> isStored;
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
  int64_t numValues =
      numBlocks ? *numBlocks * rule.numRows * rule.numColumns : any;
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

/// Copies what the term owns of a block into `target`, which holds zeros.
static void packBlock(const TensorView &tensor, const RowLayout &layout,
                      const Ownership &ownership, uint8_t term, IndexRange rows,
                      IndexRange columns, int64_t rowLength,
                      llvm::MutableArrayRef<char> target) {
  int64_t width = getByteWidth(tensor.elementType);
  for (int64_t row = rows.begin; row < rows.end; ++row)
    for (int64_t column = columns.begin; column < columns.end; ++column) {
      if (ownership.owner[row * ownership.numColumns + column] != term)
        continue;
      int64_t offset =
          layout.getRowOffset(row) + layout.getColumnOffset(column);
      int64_t place = (row - rows.begin) * rowLength + column - columns.begin;
      std::memcpy(target.data() + place * width,
                  static_cast<const char *>(tensor.data) + offset * width,
                  width);
    }
}

void BSRPattern::pack(const TensorView &tensor, const Ownership &ownership,
                      uint8_t term,
                      ArrayRef<llvm::MutableArrayRef<char>> components) const {
  BlockGrid grid(tensor.blocked, rule);
  RowLayout layout(tensor.blocked, tensor.strides);
  int64_t blockBytes =
      rule.numRows * rule.numColumns * getByteWidth(tensor.elementType);
  llvm::fill(components[0], 0);
  writeNumber<int64_t>(0, 0, components[2]);
  int64_t numBlocks = 0;
  auto packRow = [&](int64_t blockRow, ArrayRef<int64_t> blockColumns) {
    for (int64_t blockColumn : blockColumns) {
      packBlock(tensor, layout, ownership, term, grid.getRows(blockRow),
                grid.getColumns(blockColumn), rule.numColumns,
                components[0].slice(numBlocks * blockBytes, blockBytes));
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
static void unpackBlock(ArrayRef<char> block, IndexRange rows,
                        IndexRange columns, int64_t rowLength,
                        const RowLayout &layout,
                        const MutableTensorView &tensor) {
  withMagnitude(tensor.elementType, [&](auto magnitude) {
    using Magnitude = decltype(magnitude);
    typename Magnitude::Bits bits;
    for (int64_t row = rows.begin; row < rows.end; ++row)
      for (int64_t column = columns.begin; column < columns.end; ++column) {
        int64_t place = (row - rows.begin) * rowLength + column - columns.begin;
        std::memcpy(&bits, block.data() + place * sizeof(bits), sizeof(bits));
        int64_t offset =
            layout.getRowOffset(row) + layout.getColumnOffset(column);
        if (Magnitude::getKey(bits) != 0)
          std::memcpy(static_cast<char *>(tensor.data) +
                          offset * int64_t(sizeof(bits)),
                      &bits, sizeof(bits));
      }
  });
}

void BSRPattern::unpack(ArrayRef<ArrayRef<char>> components,
                        const MutableTensorView &tensor) const {
  BlockGrid grid(tensor.blocked, rule);
  RowLayout layout(tensor.blocked, tensor.strides);
  int64_t blockBytes =
      rule.numRows * rule.numColumns * getByteWidth(tensor.elementType);
  std::vector<int64_t> columns = readNumbers<int32_t>(components[1]);
  std::vector<int64_t> begins = readNumbers<int64_t>(components[2]);
  for (int64_t blockRow = 0; blockRow < grid.getHeight(); ++blockRow)
    for (int64_t i = begins[blockRow]; i < begins[blockRow + 1]; ++i)
      unpackBlock(components[0].slice(i * blockBytes, blockBytes),
                  grid.getRows(blockRow), grid.getColumns(columns[i]),
                  rule.numColumns, layout, tensor);
}
