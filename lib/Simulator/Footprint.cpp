//===- Footprint.cpp - What a tile touches of a tensor --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Footprint.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"

using namespace tasd::simulator;

/// Beyond so many elements of a tensor, or indices looked at, the places of a
/// tile count as elements of their own.
static constexpr double kMaxMarked = int64_t(1) << 26;

static bool shareDimension(const Axis &first, const Axis &second) {
  for (const Digit &a : first.digits)
    for (const Digit &b : second.digits)
      if (a.dimension == b.dimension && a.extent > 1 && b.extent > 1)
        return true;
  return false;
}

Footprint::Footprint(const TensorArgument &argument)
    : argument(argument),
      isWindow(argument.rows.gathered.empty() &&
               argument.columns.gathered.empty() &&
               shareDimension(argument.rows, argument.columns)) {}

double Footprint::countElements(CoordinateRange rows, CoordinateRange columns) {
  if (!isWindow)
    return static_cast<double>(rows.size) * columns.size;
  auto [it, isNew] =
      known.try_emplace({rows.begin, rows.size, columns.begin, columns.size});
  if (isNew)
    it->second = countDistinct(rows, columns);
  return it->second;
}

namespace {
/// Consecutive values of each digit of an axis.
using Box = llvm::SmallVector<CoordinateRange, 3>;

/// Cuts consecutive coordinates into boxes.
class BoxCutter {
public:
  explicit BoxCutter(const Axis &axis) : digits(axis.digits) {
    int64_t stride = 1;
    for (const Digit &digit : llvm::reverse(digits)) {
      strides.insert(strides.begin(), stride);
      stride *= digit.extent;
    }
  }

  void cut(size_t digit, int64_t begin, int64_t end) {
    if (begin >= end)
      return;
    if (digit == digits.size()) {
      boxes.push_back(prefix);
      return;
    }
    int64_t stride = strides[digit];
    int64_t first = begin / stride, last = (end - 1) / stride;
    if (first == last) {
      descend(digit, {first, 1}, begin - first * stride, end - first * stride);
      return;
    }
    // Ragged values of the digit at the ends, and whole ones between them.
    if (begin % stride) {
      descend(digit, {first, 1}, begin % stride, stride);
      ++first;
    }
    bool ragged = end % stride != 0;
    descend(digit, {first, last + !ragged - first}, 0, stride);
    if (ragged)
      descend(digit, {last, 1}, 0, end % stride);
  }

  std::vector<Box> boxes;

private:
  void descend(size_t digit, CoordinateRange values, int64_t begin,
               int64_t end) {
    if (values.size == 0)
      return;
    prefix.push_back(values);
    cut(digit + 1, begin, end);
    prefix.pop_back();
  }

  llvm::ArrayRef<Digit> digits;
  llvm::SmallVector<int64_t, 3> strides;
  Box prefix;
};

/// The indices of each dimension that are touched.
class Indices {
public:
  explicit Indices(const TensorArgument &argument) {
    for (int64_t extent : argument.shape)
      dims.emplace_back(extent);
    for (llvm::BitVector &dim : dims)
      dim.set(0);
  }

  /// Adds the values of a digit to all indices.
  void add(const Digit &digit, CoordinateRange values) {
    llvm::BitVector &dim = dims[digit.dimension];
    llvm::BitVector moved(dim.size());
    for (int64_t value = values.begin; value != values.begin + values.size;
         ++value)
      for (unsigned index : dim.set_bits())
        if (index + value * digit.scale < int64_t(dim.size()))
          moved.set(index + value * digit.scale);
    dim = std::move(moved);
  }

  double getProduct() const {
    double product = 1;
    for (const llvm::BitVector &dim : dims)
      product *= dim.count();
    return product;
  }

  /// Marks the elements from dimension `dim` on.
  void mark(llvm::BitVector &marks, size_t dim = 0, int64_t base = 0) const {
    if (dim == dims.size()) {
      marks.set(base);
      return;
    }
    for (unsigned index : dims[dim].set_bits())
      mark(marks, dim + 1, base * int64_t(dims[dim].size()) + index);
  }

private:
  llvm::SmallVector<llvm::BitVector, 4> dims;
};
} // namespace

static std::vector<Box> cutIntoBoxes(const Axis &axis, CoordinateRange range) {
  BoxCutter cutter(axis);
  cutter.cut(0, range.begin,
             std::min(range.begin + range.size, axis.getExtent()));
  return std::move(cutter.boxes);
}

/// Indices that Indices::add looks at, for one digit of each value.
static double countLooks(const TensorArgument &argument, CoordinateRange rows,
                         CoordinateRange columns) {
  double looks = 0;
  for (int64_t extent : argument.shape)
    looks += extent;
  return looks * (double(rows.size) + columns.size);
}

double Footprint::countDistinct(CoordinateRange rows,
                                CoordinateRange columns) const {
  double all = 1;
  for (int64_t extent : argument.shape)
    all *= extent;
  if (all > kMaxMarked || countLooks(argument, rows, columns) > 64 * kMaxMarked)
    return std::min(double(rows.size) * columns.size, all);
  std::vector<Indices> parts;
  for (const Box &row : cutIntoBoxes(argument.rows, rows))
    for (const Box &column : cutIntoBoxes(argument.columns, columns)) {
      Indices &part = parts.emplace_back(argument);
      for (auto [digit, values] : llvm::zip(argument.rows.digits, row))
        part.add(digit, values);
      for (auto [digit, values] : llvm::zip(argument.columns.digits, column))
        part.add(digit, values);
    }
  if (parts.empty())
    return 0;
  if (parts.size() == 1)
    return parts.front().getProduct();
  llvm::BitVector marks(static_cast<unsigned>(all));
  for (const Indices &part : parts)
    part.mark(marks);
  return marks.count();
}
