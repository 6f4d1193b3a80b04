//===- LaneRows.cpp - Rows side by side in the lanes ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/LaneRows.h"

#include "Chunks.h"
#include "LayoutBegins.h"
#include "Rows.h"

#include "llvm/Support/MathExtras.h"

#include <cstring>

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::Error;
using llvm::MutableArrayRef;

/// Lanes whose places fit in their bits.
static constexpr int64_t kMaxLanes = 1 << LaneRows::kPlaceBits;

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

Error LaneRows::verifyParameters() const {
  if (lanes < 2 || lanes > kMaxLanes || lanes % 2 != 0)
    return llvm::createStringError(
        "expected an even number of at most 16 lanes but got %lld",
        static_cast<long long>(lanes));
  return Error::success();
}

int64_t LaneRows::getNumGroups(const BlockedShape &blocked) const {
  return llvm::divideCeil(blocked.getNumRows(), lanes);
}

Error LaneRows::verify(const BlockedShape &, ElementType) const {
  return verifyParameters();
}

std::vector<PackedComponent>
LaneRows::getComponents(const BlockedShape &blocked) const {
  constexpr int64_t open = PackedComponent::dataDependentExtent;
  return {{"values", std::nullopt, {open}},
          {"places", ElementType::SI32, {open}},
          {"columns", ElementType::SI32, {open}},
          {"begins", ElementType::SI32, {getNumGroups(blocked) + 1}}};
}

//===----------------------------------------------------------------------===//
// Slots
//===----------------------------------------------------------------------===//

namespace {

/// Where an entry of a group stands.
struct Entry {
  /// Within the group.
  int64_t slot;
  int64_t lane, row, column;
};

/// The words of the places: eight slots in each.
class Places {
public:
  explicit Places(int64_t lanes) : lanes(lanes) {}

  int64_t getNumWords(int64_t numSlots) const {
    return numSlots / LaneRows::kUnit * lanes;
  }
  /// Of a place that is 0 so far.
  void set(MutableArrayRef<uint32_t> words, int64_t slot, int64_t lane,
           int64_t place) const {
    words[getWord(slot, lane)] |= static_cast<uint32_t>(place) << getBit(slot);
  }
  int64_t get(ArrayRef<uint32_t> words, int64_t slot, int64_t lane) const {
    return words[getWord(slot, lane)] >> getBit(slot) & (kMaxLanes - 1);
  }

private:
  int64_t getWord(int64_t slot, int64_t lane) const {
    return slot / LaneRows::kUnit * lanes + lane;
  }
  static int64_t getBit(int64_t slot) {
    return slot % LaneRows::kUnit * LaneRows::kPlaceBits;
  }

  int64_t lanes;
};

/// The slots of a tensor, group by group.
class Slots {
public:
  Slots(int64_t lanes, const BlockedShape &blocked, ArrayRef<int64_t> strides,
        ElementType type)
      : lanes(lanes), rows(blocked, strides), width(getByteWidth(type)) {
    for (int64_t column = 0; column < rows.getNumColumns(); ++column)
      columnOffsets.push_back(rows.getColumnOffset(column) * width);
  }

  int64_t getOffset(int64_t row, int64_t column) const {
    return rows.getRowOffset(row) * width + columnOffsets[column];
  }

  int64_t count(const char *data, int64_t group) const {
    return llvm::alignTo(walk(data, group, [](const Entry &) {}),
                         LaneRows::kUnit);
  }

  /// Writes the slots of a group into places that hold zeros.
  void write(const char *data, int64_t group, int64_t begin,
             MutableArrayRef<char> values, MutableArrayRef<uint32_t> places,
             MutableArrayRef<int32_t> columns) const {
    walk(data, group, [&](const Entry &entry) {
      int64_t slot = begin + entry.slot;
      std::memcpy(values.data() + (slot * lanes + entry.lane) * width,
                  data + getOffset(entry.row, entry.column), width);
      int64_t inBlock = entry.column % lanes;
      Places(lanes).set(places, slot, entry.lane, inBlock);
      columns[slot] = static_cast<int32_t>(entry.column - inBlock);
    });
  }

private:
  /// Calls `fn` for every entry of a group; returns the number of its slots.
  template <typename Fn>
  int64_t walk(const char *data, int64_t group, Fn fn) const {
    int64_t first = group * lanes;
    int64_t numLanes = std::min(lanes, rows.getNumRows() - first);
    int64_t numSlots = 0;
    for (int64_t block = 0; block < rows.getNumColumns(); block += lanes) {
      int64_t end = std::min(block + lanes, rows.getNumColumns()), most = 0;
      for (int64_t lane = 0; lane < numLanes; ++lane) {
        int64_t entries = 0;
        for (int64_t column = block; column < end; ++column)
          if (!isZero(data + getOffset(first + lane, column), width))
            fn({numSlots + entries++, lane, first + lane, column});
        most = std::max(most, entries);
      }
      numSlots += most;
    }
    return numSlots;
  }

  int64_t lanes;
  RowLayout rows;
  int64_t width;
  std::vector<int64_t> columnOffsets;
};

} // namespace

/// The numbers in some bytes, of which there may be none.
template <typename T> static std::vector<T> readNumbers(ArrayRef<char> bytes) {
  std::vector<T> numbers(bytes.size() / sizeof(T));
  llvm::copy(bytes, reinterpret_cast<char *>(numbers.data()));
  return numbers;
}

template <typename T>
static void writeNumbers(const std::vector<T> &numbers,
                         MutableArrayRef<char> bytes) {
  llvm::copy(ArrayRef(reinterpret_cast<const char *>(numbers.data()),
                      numbers.size() * sizeof(T)),
             bytes.begin());
}

Error LaneRows::layOut(const TensorView &tensor, LayoutAllocator allocate,
                       llvm::ThreadPoolInterface *pool) const {
  Slots slots(lanes, tensor.blocked, tensor.strides, tensor.elementType);
  auto *data = static_cast<const char *>(tensor.data);
  int64_t numGroups = getNumGroups(tensor.blocked);
  std::vector<int32_t> begins(numGroups + 1);
  RowChunks chunks(numGroups, tensor.blocked.getNumColumns() * lanes);
  chunks.forEach(pool, [&](int64_t, int64_t begin, int64_t end) {
    for (int64_t group = begin; group < end; ++group)
      begins[group] = static_cast<int32_t>(slots.count(data, group));
  });
  if (Error error = turnIntoBegins(begins))
    return error;
  int64_t numSlots = begins.back();
  std::vector<PackedComponent> components = getComponents(tensor.blocked);
  components[0].shape = {numSlots * lanes};
  components[1].shape = {Places(lanes).getNumWords(numSlots)};
  components[2].shape = {numSlots};
  llvm::SmallVector<MutableArrayRef<char>, 4> buffers;
  for (const PackedComponent &component : components) {
    buffers.push_back(allocate(component));
    std::fill(buffers.back().begin(), buffers.back().end(), 0);
  }
  std::vector<int32_t> columns(numSlots);
  std::vector<uint32_t> places(Places(lanes).getNumWords(numSlots));
  chunks.forEach(pool, [&](int64_t, int64_t begin, int64_t end) {
    for (int64_t group = begin; group < end; ++group)
      slots.write(data, group, begins[group], buffers[0], places, columns);
  });
  writeNumbers(places, buffers[1]);
  writeNumbers(columns, buffers[2]);
  writeNumbers(begins, buffers[3]);
  return Error::success();
}

Error LaneRows::restore(ArrayRef<ArrayRef<char>> components,
                        const MutableTensorView &tensor) const {
  int64_t width = getByteWidth(tensor.elementType);
  auto places = readNumbers<uint32_t>(components[1]);
  auto columns = readNumbers<int32_t>(components[2]);
  auto numSlots = static_cast<int64_t>(columns.size());
  if (numSlots % kUnit != 0)
    return llvm::createStringError("expected a multiple of %lld slots but got "
                                   "%lld",
                                   static_cast<long long>(kUnit),
                                   static_cast<long long>(numSlots));
  if (components[0].size() != static_cast<size_t>(numSlots * lanes * width) ||
      places.size() != static_cast<size_t>(Places(lanes).getNumWords(numSlots)))
    return llvm::createStringError("expected values and places of %lld slots",
                                   static_cast<long long>(numSlots));
  int64_t numGroups = getNumGroups(tensor.blocked);
  auto begins = readBegins(components[3], numGroups, numSlots);
  if (!begins)
    return begins.takeError();
  Slots slots(lanes, tensor.blocked, tensor.strides, tensor.elementType);
  for (int64_t group = 0; group < numGroups; ++group)
    for (int64_t slot = (*begins)[group]; slot < (*begins)[group + 1]; ++slot)
      for (int64_t lane = 0; lane < lanes; ++lane) {
        const char *value =
            components[0].data() + (slot * lanes + lane) * width;
        if (isZero(value, width))
          continue;
        int64_t row = group * lanes + lane;
        int64_t column = columns[slot] + Places(lanes).get(places, slot, lane);
        if (row >= tensor.blocked.getNumRows() || column < 0 ||
            column >= tensor.blocked.getNumColumns())
          return llvm::createStringError(
              "slot %lld: expected an element of the tensor but got row %lld "
              "and column %lld",
              static_cast<long long>(slot), static_cast<long long>(row),
              static_cast<long long>(column));
        std::memcpy(static_cast<char *>(tensor.data) +
                        slots.getOffset(row, column),
                    value, width);
      }
  return Error::success();
}
