//===- RowRecords.cpp - Groups of rows as lists of records ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/RowRecords.h"

#include "Chunks.h"
#include "LayoutBegins.h"
#include "Rows.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"

#include <cstring>

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::Error;
using llvm::MutableArrayRef;

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

Error RowRecords::verifyParameters() const {
  auto [batches, rows, depth, stride] = parameters;
  if (std::min({batches, rows, depth, stride}) < 1)
    return llvm::createStringError(
        "expected positive numbers of batches, rows, columns and elements");
  if (depth > kMaxPanelElements || stride > kMaxPanelElements ||
      depth * stride > kMaxPanelElements)
    return llvm::createStringError(
        "expected a panel of at most 65536 elements but got %lld x %lld",
        static_cast<long long>(depth), static_cast<long long>(stride));
  return Error::success();
}

int64_t RowRecords::getRecordBytes(ElementType type) const {
  return parameters.rows * kUnit * (getByteWidth(type) + sizeof(uint16_t));
}

int64_t RowRecords::getNumPanels(const BlockedShape &blocked) const {
  return llvm::divideCeil(blocked.getNumColumns(), parameters.depth);
}

int64_t RowRecords::getNumGroups(const BlockedShape &blocked) const {
  return llvm::divideCeil(blocked.getNumRows() / parameters.batches,
                          parameters.rows);
}

Error RowRecords::verify(const BlockedShape &blocked, ElementType type) const {
  if (Error error = verifyParameters())
    return error;
  if (blocked.getNumRows() % parameters.batches != 0)
    return llvm::createStringError(
        "expected rows in %lld batches but got %lld rows",
        static_cast<long long>(parameters.batches),
        static_cast<long long>(blocked.getNumRows()));
  return Error::success();
}

std::vector<PackedComponent>
RowRecords::getComponents(const BlockedShape &blocked) const {
  int64_t numLists =
      parameters.batches * getNumPanels(blocked) * getNumGroups(blocked);
  return {{"records", ElementType::SI8, {PackedComponent::dataDependentExtent}},
          {"begins", ElementType::SI32, {numLists + 1}}};
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

namespace {

/// Where the lists of a tensor are, and what they are made of.
class Lists {
public:
  Lists(const RowRecords &layout, const BlockedShape &blocked,
        ArrayRef<int64_t> strides, ElementType type)
      : parameters(layout.getParameters()), rows(blocked, strides),
        width(getByteWidth(type)), recordBytes(layout.getRecordBytes(type)),
        numPanels(layout.getNumPanels(blocked)),
        numGroups(layout.getNumGroups(blocked)),
        batchRows(blocked.getNumRows() / parameters.batches) {
    for (int64_t column = 0; column < rows.getNumColumns(); ++column)
      columnOffsets.push_back(rows.getColumnOffset(column) * width);
  }

  /// Groups of all batches.
  int64_t getNumGroups() const { return parameters.batches * numGroups; }
  int64_t getNumColumns() const { return rows.getNumColumns(); }
  int64_t size() const { return getNumGroups() * numPanels; }
  int64_t getRecordBytes() const { return recordBytes; }

  /// Sets the number of records of each list of a group.
  void count(const char *data, int64_t group,
             MutableArrayRef<int32_t> counts) const {
    for (int64_t row : getRows(group)) {
      const char *elements = data + rows.getRowOffset(row) * width;
      for (int64_t panel = 0; panel < numPanels; ++panel) {
        int64_t numEntries = 0;
        for (int64_t column : getColumns(panel))
          numEntries += !isZero(elements + columnOffsets[column], width);
        auto numRecords = static_cast<int32_t>(
            llvm::divideCeil(numEntries, RowRecords::kUnit));
        int32_t &count = counts[getList(group, panel)];
        count = std::max(count, numRecords);
      }
    }
  }

  /// Writes the lists of a group into records that hold zeros.
  void write(const char *data, int64_t group, ArrayRef<int32_t> begins,
             MutableArrayRef<char> records) const {
    for (auto [place, row] : llvm::enumerate(getRows(group))) {
      const char *elements = data + rows.getRowOffset(row) * width;
      for (int64_t panel = 0; panel < numPanels; ++panel) {
        char *list =
            records.data() + begins[getList(group, panel)] * recordBytes;
        int64_t entry = 0;
        for (int64_t column : getColumns(panel)) {
          const char *element = elements + columnOffsets[column];
          if (isZero(element, width))
            continue;
          std::memcpy(getValue(list, place, entry), element, width);
          llvm::support::endian::write16le(getOffset(list, place, entry),
                                           (column - panel * parameters.depth) *
                                               parameters.stride);
          ++entry;
        }
      }
    }
  }

  /// Writes the entries of a group into the tensor. Errors: an offset that is
  /// of no column of its panel.
  Error restore(ArrayRef<char> records, ArrayRef<int32_t> begins, int64_t group,
                char *data) const {
    for (auto [place, row] : llvm::enumerate(getRows(group)))
      for (int64_t panel = 0; panel < numPanels; ++panel) {
        int64_t list = getList(group, panel);
        const char *entries = records.data() + begins[list] * recordBytes;
        int64_t end = (begins[list + 1] - begins[list]) * RowRecords::kUnit;
        for (int64_t entry = 0; entry < end; ++entry) {
          const char *value = getValue(entries, place, entry);
          if (isZero(value, width))
            continue;
          int64_t offset =
              llvm::support::endian::read16le(getOffset(entries, place, entry));
          int64_t column =
              panel * parameters.depth + offset / parameters.stride;
          if (offset % parameters.stride != 0 || column >= rows.getNumColumns())
            return llvm::createStringError(
                "list %lld: expected offsets of columns of its panel but got "
                "%lld",
                static_cast<long long>(list), static_cast<long long>(offset));
          std::memcpy(data + rows.getRowOffset(row) * width +
                          columnOffsets[column],
                      value, width);
        }
      }
    return Error::success();
  }

private:
  llvm::iota_range<int64_t> getRows(int64_t group) const {
    int64_t batch = group / numGroups;
    int64_t begin = (group % numGroups) * parameters.rows;
    int64_t end = std::min(begin + parameters.rows, batchRows);
    return llvm::seq(batch * batchRows + begin, batch * batchRows + end);
  }

  llvm::iota_range<int64_t> getColumns(int64_t panel) const {
    return llvm::seq(
        panel * parameters.depth,
        std::min((panel + 1) * parameters.depth, rows.getNumColumns()));
  }

  int64_t getList(int64_t group, int64_t panel) const {
    return (group / numGroups * numPanels + panel) * numGroups +
           group % numGroups;
  }

  /// The four values and offsets of the row at `place` in its group, in the
  /// record that holds `entry`.
  template <typename T>
  T *getUnit(T *list, int64_t place, int64_t entry) const {
    return list + entry / RowRecords::kUnit * recordBytes +
           place * (recordBytes / parameters.rows);
  }
  template <typename T>
  T *getValue(T *list, int64_t place, int64_t entry) const {
    return getUnit(list, place, entry) + entry % RowRecords::kUnit * width;
  }
  template <typename T>
  T *getOffset(T *list, int64_t place, int64_t entry) const {
    return getUnit(list, place, entry) + RowRecords::kUnit * width +
           entry % RowRecords::kUnit * sizeof(uint16_t);
  }

  const RowRecords::Parameters &parameters;
  RowLayout rows;
  int64_t width, recordBytes, numPanels, numGroups, batchRows;
  std::vector<int64_t> columnOffsets;
};

} // namespace

Error RowRecords::layOut(const TensorView &tensor, LayoutAllocator allocate,
                         llvm::ThreadPoolInterface *pool) const {
  Lists lists(*this, tensor.blocked, tensor.strides, tensor.elementType);
  auto *data = static_cast<const char *>(tensor.data);
  std::vector<int32_t> begins(lists.size() + 1);
  RowChunks chunks(lists.getNumGroups(),
                   lists.getNumColumns() * parameters.rows);
  chunks.forEach(pool, [&](int64_t, int64_t begin, int64_t end) {
    for (int64_t group = begin; group < end; ++group)
      lists.count(data, group, begins);
  });
  if (Error error = turnIntoBegins(begins))
    return error;
  std::vector<PackedComponent> components = getComponents(tensor.blocked);
  components[0].shape = {begins.back() * lists.getRecordBytes()};
  MutableArrayRef<char> records = allocate(components[0]);
  std::fill(records.begin(), records.end(), 0);
  chunks.forEach(pool, [&](int64_t, int64_t begin, int64_t end) {
    for (int64_t group = begin; group < end; ++group)
      lists.write(data, group, begins, records);
  });
  MutableArrayRef<char> stored = allocate(components[1]);
  std::memcpy(stored.data(), begins.data(), stored.size());
  return Error::success();
}

Error RowRecords::restore(ArrayRef<ArrayRef<char>> components,
                          const MutableTensorView &tensor) const {
  Lists lists(*this, tensor.blocked, tensor.strides, tensor.elementType);
  ArrayRef<char> records = components[0];
  if (records.size() % lists.getRecordBytes() != 0)
    return llvm::createStringError(
        "expected records of %lld bytes but got %lld bytes",
        static_cast<long long>(lists.getRecordBytes()),
        static_cast<long long>(records.size()));
  auto begins = readBegins(components[1], lists.size(),
                           records.size() / lists.getRecordBytes());
  if (!begins)
    return begins.takeError();
  for (int64_t group = 0; group < lists.getNumGroups(); ++group)
    if (Error error = lists.restore(records, *begins, group,
                                    static_cast<char *>(tensor.data)))
      return error;
  return Error::success();
}
