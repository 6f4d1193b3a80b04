//===- Rows.cpp - Rows of a strided tensor, segment by segment ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Segments are used where they stand when that is possible. Otherwise a tile of
// several rows is gathered at once, since neighbours across rows may share the
// cache lines that neighbours along a row do not.
//
//===----------------------------------------------------------------------===//

#include "Rows.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cstring>
#include <vector>

using namespace tasd::sparsity;

int64_t tasd::sparsity::getGroupHeight(const BlockedShape &blocked) {
  llvm::SmallVector<int64_t, 4> rowDims = blocked.getRowDims();
  return rowDims.empty() ? 1 : blocked.shape[rowDims.back()];
}

RowLayout::RowLayout(const BlockedShape &blocked,
                     llvm::ArrayRef<int64_t> strides)
    : rowDims(collapse(blocked.getRowDims(), blocked, strides)),
      columnDims(collapse(blocked.along, blocked, strides)),
      numRows(blocked.getNumRows()), numColumns(blocked.getNumColumns()) {}

/// Drops extents of 1 and merges dimensions that step as one.
RowLayout::Dims RowLayout::collapse(llvm::ArrayRef<int64_t> dims,
                                    const BlockedShape &blocked,
                                    llvm::ArrayRef<int64_t> strides) {
  Dims result;
  for (int64_t dim : dims) {
    int64_t extent = blocked.shape[dim], stride = strides[dim];
    if (extent == 1)
      continue;
    if (!result.empty() && result.back().stride == extent * stride)
      result.back() = {result.back().extent * extent, stride};
    else
      result.push_back({extent, stride});
  }
  return result;
}

int64_t RowLayout::getOffset(const Dims &dims, int64_t index) {
  int64_t offset = 0;
  for (const Dim &dim : llvm::reverse(dims)) {
    offset += index % dim.extent * dim.stride;
    index /= dim.extent;
  }
  return offset;
}

bool RowLayout::hasContiguousColumns() const {
  return columnDims.empty() ||
         (columnDims.size() == 1 && columnDims.front().stride == 1);
}

int64_t SegmentShape::getReadableColumns(int64_t numColumns) const {
  int64_t readable = numColumns;
  for (int64_t multiple : multiples)
    readable = std::max<int64_t>(
        readable, llvm::divideCeil(numColumns, multiple) * multiple);
  return llvm::alignTo(readable, 64);
}

namespace {

constexpr int64_t cacheLineBytes = 64;

/// Rows gathered at once: a cache line of the narrowest elements.
constexpr int64_t tileRows = cacheLineBytes;

/// Brings segments of one range of rows into contiguous, padded form.
class SegmentReader {
public:
  SegmentReader(const TensorView &tensor, const SegmentShape &shape)
      : shape(shape), layout(tensor.blocked, tensor.strides),
        data(static_cast<const char *>(tensor.data)),
        width(getByteWidth(tensor.elementType)) {
    int64_t longest = std::min(shape.numColumns, layout.getNumColumns());
    rowBytes = shape.getReadableColumns(longest) * width;
    // Rows that start a power of two apart would share a few sets of the cache.
    tileRowBytes = llvm::alignTo(rowBytes, cacheLineBytes) + cacheLineBytes;
    // Tiles of long rows are lower, so that a tile stays in the cache.
    numTileRows = std::clamp<int64_t>((1 << 18) / tileRowBytes, 1, tileRows);
  }

  void run(int64_t rowBegin, int64_t rowEnd,
           llvm::function_ref<void(const Segment &)> fn) {
    bool inPlace = layout.hasContiguousColumns();
    int64_t step = inPlace ? 1 : numTileRows;
    for (int64_t row = rowBegin; row < rowEnd; row += step) {
      int64_t numRows = std::min(step, rowEnd - row);
      for (int64_t begin = 0, end = layout.getNumColumns(); begin < end;
           begin += shape.numColumns) {
        int64_t numColumns = std::min(shape.numColumns, end - begin);
        if (inPlace)
          fn({row, begin, numColumns, readInPlace(row, begin, numColumns)});
        else
          runTile(row, numRows, begin, numColumns, fn);
      }
    }
  }

private:
  /// The segment where it stands, or a padded copy.
  const char *readInPlace(int64_t row, int64_t begin, int64_t numColumns) {
    const char *source = data + (layout.getRowOffset(row) + begin) * width;
    int64_t readable = shape.getReadableColumns(numColumns);
    if (readable == numColumns)
      return source;
    buffer.resize(rowBytes);
    std::memcpy(buffer.data(), source, numColumns * width);
    std::memset(buffer.data() + numColumns * width, 0,
                (readable - numColumns) * width);
    return buffer.data();
  }

  void runTile(int64_t row, int64_t numRows, int64_t begin, int64_t numColumns,
               llvm::function_ref<void(const Segment &)> fn) {
    buffer.resize(numTileRows * tileRowBytes);
    std::memset(buffer.data(), 0, numRows * tileRowBytes);
    rowOffsets.clear();
    for (int64_t i = 0; i < numRows; ++i)
      rowOffsets.push_back(layout.getRowOffset(row + i));
    if (width == 1)
      gather<uint8_t>(begin, numColumns);
    else if (width == 2)
      gather<uint16_t>(begin, numColumns);
    else if (width == 4)
      gather<uint32_t>(begin, numColumns);
    else
      gather<uint64_t>(begin, numColumns);
    for (int64_t i = 0; i < numRows; ++i)
      fn({row + i, begin, numColumns, buffer.data() + i * tileRowBytes});
  }

  /// Copies a tile, rows innermost: they are the ones likely to be neighbours.
  template <typename Bits> void gather(int64_t begin, int64_t numColumns) {
    int64_t stride = tileRowBytes / width;
    const Bits *source = reinterpret_cast<const Bits *>(data);
    Bits *target = reinterpret_cast<Bits *>(buffer.data());
    for (int64_t column = 0; column < numColumns; ++column) {
      const Bits *from = source + layout.getColumnOffset(begin + column);
      for (auto [i, rowOffset] : llvm::enumerate(rowOffsets))
        target[int64_t(i) * stride + column] = from[rowOffset];
    }
  }

  const SegmentShape &shape;
  RowLayout layout;
  const char *data;
  int64_t width;
  int64_t rowBytes, tileRowBytes, numTileRows;
  std::vector<char> buffer;
  llvm::SmallVector<int64_t, tileRows> rowOffsets;
};

} // namespace

void tasd::sparsity::forEachSegment(
    const TensorView &tensor, int64_t rowBegin, int64_t rowEnd,
    const SegmentShape &shape, llvm::function_ref<void(const Segment &)> fn) {
  SegmentReader(tensor, shape).run(rowBegin, rowEnd, fn);
}
