//===- SecondMomentMatrix.cpp - How columns vary together -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A panel of rows is multiplied with itself: each row of the upper triangle is
// summed over the panel while it is in the cache. Zeros, of which activations
// have many, are passed over.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/SecondMomentMatrix.h"

#include "Chunks.h"
#include "Decode.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace tasd::sparsity;
using llvm::createStringError;
using llvm::StringRef;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

/// Adds the products of a panel's columns to rows [begin, end) of the upper
/// triangle.
static void addPanel(llvm::ArrayRef<double> panel, int64_t numColumns,
                     int64_t begin, int64_t end, double *sums) {
  int64_t numRows = static_cast<int64_t>(panel.size()) / numColumns;
  for (int64_t i = begin; i < end; ++i) {
    double *sum = sums + i * numColumns;
    for (int64_t row = 0; row < numRows; ++row) {
      const double *elements = panel.data() + row * numColumns;
      if (double factor = elements[i])
        for (int64_t j = i; j < numColumns; ++j)
          sum[j] += factor * elements[j];
    }
  }
}

/// Elements of a panel, which stays in the second-level cache.
static constexpr int64_t kPanelElements = int64_t(1) << 15;

void SecondMomentMatrix::add(const TensorView &tensor,
                             llvm::ThreadPoolInterface *pool) {
  sums.resize(numColumns * numColumns);
  int64_t numAdded = tensor.blocked.getNumRows();
  int64_t step =
      std::max<int64_t>(1, kPanelElements / std::max<int64_t>(1, numColumns));
  RowChunks chunks(numColumns, numColumns);
  for (int64_t begin = 0; begin < numAdded; begin += step) {
    std::vector<double> panel =
        decodeRows(tensor, begin, std::min(begin + step, numAdded));
    chunks.forEach(pool, [&](int64_t, int64_t rowBegin, int64_t rowEnd) {
      addPanel(panel, numColumns, rowBegin, rowEnd, sums.data());
    });
  }
  for (int64_t i = 0; i < numColumns; ++i)
    for (int64_t j = 0; j < i; ++j)
      sums[i * numColumns + j] = sums[j * numColumns + i];
  numRows += numAdded;
}

void SecondMomentMatrix::add(const SecondMomentMatrix &other) {
  assert(numColumns == other.numColumns && "other columns");
  sums.resize(numColumns * numColumns);
  for (auto [sum, added] : llvm::zip(sums, other.sums))
    sum += added;
  numRows += other.numRows;
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

/// Everything before the elements of an .npy file of format version 1.0: the
/// length of its text makes it end at a multiple of 64 bytes.
static std::string getNpyHeader(int64_t numColumns) {
  std::string extent = std::to_string(numColumns);
  std::string text = "{'descr': '<f8', 'fortran_order': False, 'shape': (" +
                     extent + ", " + extent + "), }";
  constexpr size_t kPrefix = 10;
  while ((kPrefix + text.size() + 1) % 64 != 0)
    text += ' ';
  text += '\n';
  char length[2];
  llvm::support::endian::write16le(length, text.size());
  return std::string("\x93NUMPY\x01\x00", 8) + std::string(length, 2) + text;
}

void SecondMomentMatrix::writeNpy(llvm::raw_ostream &os) const {
  os << getNpyHeader(numColumns);
  for (int64_t row = 0; row < numColumns; ++row)
    for (int64_t column = 0; column < numColumns; ++column) {
      uint64_t bits;
      double moment = getMoment(row, column);
      std::memcpy(&bits, &moment, sizeof(bits));
      char bytes[8];
      llvm::support::endian::write64le(bytes, bits);
      os.write(bytes, sizeof(bytes));
    }
}

llvm::Expected<std::vector<double>>
tasd::sparsity::parseSecondMoments(StringRef bytes, int64_t numColumns) {
  std::string header = getNpyHeader(numColumns);
  uint64_t numMoments = static_cast<uint64_t>(numColumns) * numColumns;
  if (!bytes.consume_front(header) ||
      bytes.size() != numMoments * sizeof(double))
    return createStringError("expected second moments, " + Twine(numColumns) +
                             " x " + Twine(numColumns) + " doubles");
  std::vector<double> moments(numMoments);
  for (auto [index, moment] : llvm::enumerate(moments)) {
    uint64_t bits =
        llvm::support::endian::read64le(bytes.data() + index * sizeof(double));
    std::memcpy(&moment, &bits, sizeof(bits));
    if (!std::isfinite(moment))
      return createStringError("expected finite second moments but got " +
                               Twine(std::to_string(moment)));
  }
  return moments;
}
