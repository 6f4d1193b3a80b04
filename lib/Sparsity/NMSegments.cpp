//===- NMSegments.cpp - N:M terms on segments of rows ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sets of columns are bit planes; an empty slot of a block is a further bit,
// and packing is then one compaction of all bits for values and indices alike.
//
//===----------------------------------------------------------------------===//

#include "NMSegments.h"

#include "BitPlane.h"
#include "Magnitude.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cstring>
#include <numeric>

using namespace tasd::sparsity;
using llvm::ArrayRef;

/// Bytes of a segment: with its planes and packed form it fits the first-level
/// cache.
static constexpr int64_t segmentBytes = 8192;
/// Columns above which rows are not cut.
static constexpr int64_t maxSegmentColumns = 8192;

unsigned NMShape::getIndexBits() const { return llvm::Log2_64_Ceil(m); }

int64_t NMShape::getNumBlocks(int64_t numColumns) const {
  return llvm::divideCeil(numColumns, m);
}

int64_t NMShape::getValuesPerRow(int64_t numColumns) const {
  return getNumBlocks(numColumns) * n;
}

int64_t NMShape::getMetadataBytesPerRow(int64_t numColumns) const {
  return llvm::divideCeil(getValuesPerRow(numColumns) * getIndexBits(), 8);
}

SegmentShape tasd::sparsity::getSegmentShape(ArrayRef<NMShape> terms,
                                             ElementType type) {
  int64_t segmentColumns = segmentBytes / getByteWidth(type);
  SegmentShape shape{64, {}};
  for (NMShape term : terms) {
    shape.multiples.push_back(term.m);
    // Eight blocks have metadata of whole bytes.
    if (shape.numColumns <= maxSegmentColumns)
      shape.numColumns = std::lcm(shape.numColumns, 8 * term.m);
  }
  if (shape.numColumns > maxSegmentColumns)
    shape.numColumns = std::numeric_limits<int64_t>::max();
  else
    shape.numColumns *= std::max<int64_t>(1, segmentColumns / shape.numColumns);
  return shape;
}

int64_t tasd::sparsity::getPlaneWords(const SegmentShape &shape,
                                      int64_t numColumns) {
  return shape.getReadableColumns(numColumns) / 64;
}

NMSelector::NMSelector(ArrayRef<NMShape> terms, ElementType type,
                       SimdLevel level)
    : kept(terms.size()) {
  for (auto [i, term] : llvm::enumerate(terms)) {
    if (groups.empty() || groups.back().m != term.m)
      groups.push_back(
          {i, term.m, {0}, getKernels(level, type, term.m).selectTop});
    llvm::SmallVector<int64_t, 4> &tops = groups.back().tops;
    tops.push_back(std::min(tops.back() + term.n, term.m));
  }
  // The leading 0 only served the sums.
  for (Group &group : groups)
    group.tops.erase(group.tops.begin());
}

void NMSelector::select(const Segment &segment, ArrayRef<uint64_t> initial) {
  int64_t longest = segment.numColumns;
  for (const Group &group : groups)
    longest =
        std::max<int64_t>(longest, llvm::alignTo(segment.numColumns, group.m));
  size_t numWords = llvm::divideCeil(longest, 64);
  anyOwned = !initial.empty();
  if (anyOwned)
    owned.assign(initial.begin(), initial.begin() + numWords);
  else
    owned.resize(numWords);
  for (const Group &group : groups)
    selectGroup(group, segment, numWords);
}

void NMSelector::selectGroup(const Group &group, const Segment &segment,
                             size_t numWords) {
  llvm::SmallVector<uint64_t *, 4> planes;
  for (size_t i = 0; i < group.tops.size(); ++i) {
    kept[group.firstTerm + i].resize(numWords);
    planes.push_back(kept[group.firstTerm + i].data());
  }
  int64_t numColumns = llvm::alignTo(segment.numColumns, group.m);
  group.selectTop(
      {segment.elements, numColumns, anyOwned ? owned.data() : nullptr, group.m,
       group.tops.data(), int64_t(group.tops.size()), planes.data()});
  // What other terms' longer blocks add to the segment has no elements.
  size_t numWritten = llvm::divideCeil(numColumns, 64);
  for (uint64_t *plane : planes)
    std::fill(plane + numWritten, plane + numWords, 0);
  const uint64_t *last = planes.back();
  for (size_t word = 0; word < numWords; ++word)
    owned[word] = last[word] | (anyOwned ? owned[word] : 0);
  // A term keeps the next ranks: what its top adds to the one before.
  for (size_t i = planes.size() - 1; i > 0; --i)
    for (size_t word = 0; word < numWords; ++word)
      planes[i][word] &= ~planes[i - 1][word];
  anyOwned = true;
}

NMTermPacker::NMTermPacker(NMShape term, ElementType type, SimdLevel level)
    : term(term), width(getByteWidth(type)),
      kernels(getKernels(level, type, term.m)) {}

/// Whether every block of the words has all its slots.
static bool hasNoEmptySlot(ArrayRef<uint64_t> words, NMShape term) {
  WordFields fields(term.m);
  uint64_t deficient = 0;
  for (uint64_t word : words)
    deficient |= fields.getDeficient(word, term.n);
  return deficient == 0;
}

/// The columns of all slots: `kept`, and for empty slots the lowest free
/// indices of their block.
ArrayRef<uint64_t> NMTermPacker::fill(int64_t numColumns,
                                      ArrayRef<uint64_t> kept) {
  int64_t numWords = llvm::divideCeil(numColumns, 64);
  if (!hasWordFields(term.m)) {
    filled.assign(numWords, 0);
    for (int64_t begin = 0; begin < numColumns; begin += term.m)
      addBits(filled.data(), begin, term.m,
              addLowestFree(readBits(kept.data(), begin, term.m), term.n));
    return filled;
  }
  kept = kept.take_front(numWords);
  if (hasNoEmptySlot(kept, term))
    return kept;
  filled.resize(numWords);
  WordFields fields(term.m);
  for (int64_t word = 0; word < numWords; ++word)
    filled[word] = fields.addLowestFree(kept[word], term.n);
  filled.back() &= lowBits(numColumns - (numWords - 1) * 64);
  return filled;
}

void NMTermPacker::pack(const Segment &segment, int64_t rowColumns,
                        ArrayRef<uint64_t> kept,
                        ArrayRef<llvm::MutableArrayRef<char>> components) {
  int64_t numColumns = llvm::alignTo(segment.numColumns, term.m);
  ArrayRef<uint64_t> slots = fill(numColumns, kept);
  int64_t valueBytes = term.getValuesPerRow(numColumns) * width;
  int64_t indexBytes = term.getMetadataBytesPerRow(numColumns);
  values.resize(valueBytes + kernelSlack);
  indices.resize(indexBytes + kernelSlack);
  PackRequest request{segment.elements,    numColumns,    slots.data(),
                      kept.data(),         term.n,        term.m,
                      term.getIndexBits(), values.data(), indices.data()};
  kernels.packValues(request);
  kernels.packIndices(request);
  // The kernels write past their ends, where other threads may be at work.
  int64_t firstValue = segment.row * term.getValuesPerRow(rowColumns) +
                       term.getValuesPerRow(segment.columnBegin);
  int64_t firstByte = segment.row * term.getMetadataBytesPerRow(rowColumns) +
                      term.getMetadataBytesPerRow(segment.columnBegin);
  std::memcpy(components[0].data() + firstValue * width, values.data(),
              valueBytes);
  if (indexBytes)
    std::memcpy(components[1].data() + firstByte, indices.data(), indexBytes);
}

namespace {

/// Reads fixed-width numbers from bytes, lowest bit first.
class BitReader {
public:
  BitReader(const char *bytes, unsigned width) : bytes(bytes), width(width) {}

  uint64_t next() {
    for (; numPending < width; numPending += 8)
      pending |= uint64_t(uint8_t(*bytes++)) << numPending;
    uint64_t result = pending & lowBits(width);
    pending >>= width;
    numPending -= width;
    return result;
  }

private:
  const char *bytes;
  unsigned width, numPending = 0;
  uint64_t pending = 0;
};

template <typename Magnitude>
void unpackRow(NMShape term, const RowLayout &layout,
               const typename Magnitude::Bits *values, BitReader indices,
               typename Magnitude::Bits *row) {
  bool contiguous = layout.hasContiguousColumns();
  int64_t numColumns = layout.getNumColumns();
  for (int64_t block = 0; block < numColumns; block += term.m)
    for (int64_t slot = 0; slot < term.n; ++slot) {
      auto value = *values++;
      int64_t column = block + int64_t(indices.next());
      if (Magnitude::getKey(value) != 0 && column < numColumns)
        row[contiguous ? column : layout.getColumnOffset(column)] = value;
    }
}

} // namespace

void tasd::sparsity::unpackNMRows(NMShape term,
                                  ArrayRef<ArrayRef<char>> components,
                                  int64_t rowBegin, int64_t rowEnd,
                                  const MutableTensorView &tensor) {
  RowLayout layout(tensor.blocked, tensor.strides);
  int64_t valuesPerRow = term.getValuesPerRow(layout.getNumColumns());
  int64_t bytesPerRow = term.getMetadataBytesPerRow(layout.getNumColumns());
  withMagnitude(tensor.elementType, [&](auto magnitude) {
    using Magnitude = decltype(magnitude);
    using Bits = typename Magnitude::Bits;
    auto *values = reinterpret_cast<const Bits *>(components[0].data());
    for (int64_t row = rowBegin; row < rowEnd; ++row)
      unpackRow<Magnitude>(term, layout, values + row * valuesPerRow,
                           BitReader(components[1].data() + row * bytesPerRow,
                                     term.getIndexBits()),
                           static_cast<Bits *>(tensor.data) +
                               layout.getRowOffset(row));
  });
}
