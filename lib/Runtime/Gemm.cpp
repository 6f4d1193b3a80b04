//===- Gemm.cpp - Products of dense matrices ------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads the record of tasd_runtime_gemm and hands it to the dense library,
// which takes matrices of which one stride is 1.
//
//===----------------------------------------------------------------------===//

#include "RecordReader.h"

#include "tasd/Runtime/ABI.h"
#include "tasd/Runtime/DenseLibrary.h"

#include <climits>
#include <utility>
#include <vector>

using namespace tasd;
using namespace tasd::runtime;

namespace {

/// A matrix at any strides.
template <typename T> struct StridedMatrix {
  T *data;
  int64_t numRows, numColumns, rowStride, columnStride;

  T &at(int64_t row, int64_t column) const {
    return data[row * rowStride + column * columnStride];
  }
  StridedMatrix getTransposed() const {
    return {data, numColumns, numRows, columnStride, rowStride};
  }
};

} // namespace

/// Whether columns are neighbours, and rows do not overlap. Steps that are
/// never taken do not count.
template <typename T> static bool isRowMajor(const StridedMatrix<T> &matrix) {
  bool hasNeighbours = matrix.columnStride == 1 || matrix.numColumns == 1;
  bool isApart =
      (matrix.rowStride >= matrix.numColumns && matrix.rowStride <= INT_MAX) ||
      matrix.numRows == 1;
  return hasNeighbours && isApart;
}

/// Of a matrix that is row-major.
template <typename T>
static Matrix<T> getMatrix(const StridedMatrix<T> &matrix, bool isTransposed) {
  int64_t stride = matrix.numRows == 1 ? matrix.numColumns : matrix.rowStride;
  return {matrix.data, stride, isTransposed};
}

/// The elements row by row.
template <typename T>
static std::vector<std::remove_const_t<T>>
copyElements(const StridedMatrix<T> &matrix) {
  std::vector<std::remove_const_t<T>> elements;
  elements.reserve(matrix.numRows * matrix.numColumns);
  for (int64_t row = 0; row < matrix.numRows; ++row)
    for (int64_t column = 0; column < matrix.numColumns; ++column)
      elements.push_back(matrix.at(row, column));
  return elements;
}

/// The matrix as the library takes it, copied into `storage` if it has to be.
template <typename T>
static Matrix<const T> prepareInput(const StridedMatrix<const T> &matrix,
                                    std::vector<T> &storage) {
  if (isRowMajor(matrix))
    return getMatrix(matrix, /*isTransposed=*/false);
  if (isRowMajor(matrix.getTransposed()))
    return getMatrix(matrix.getTransposed(), /*isTransposed=*/true);
  storage = copyElements(matrix);
  return {storage.data(), matrix.numColumns, /*isTransposed=*/false};
}

template <typename T>
static void
addProduct(const DenseLibrary &library, const StridedMatrix<const T> &a,
           const StridedMatrix<const T> &b, const StridedMatrix<T> &c) {
  // Of the transposed result the product is that of the transposed factors.
  if (!isRowMajor(c) && isRowMajor(c.getTransposed()))
    return addProduct(library, b.getTransposed(), a.getTransposed(),
                      c.getTransposed());
  std::vector<T> storageA, storageB, sums;
  Matrix<T> result = getMatrix(c, /*isTransposed=*/false);
  if (!isRowMajor(c)) {
    sums = copyElements(c);
    result = {sums.data(), c.numColumns, /*isTransposed=*/false};
  }
  library.add(MatrixProduct<T>{c.numRows, c.numColumns, a.numColumns,
                               prepareInput(a, storageA),
                               prepareInput(b, storageB), result});
  if (sums.empty())
    return;
  auto sum = sums.begin();
  for (int64_t row = 0; row < c.numRows; ++row)
    for (int64_t column = 0; column < c.numColumns; ++column)
      c.at(row, column) = *sum++;
}

template <typename T>
static StridedMatrix<T> readMatrix(RecordReader &reader, int64_t numRows,
                                   int64_t numColumns) {
  T *data = reader.readAddress<T>();
  int64_t rowStride = reader.readWord();
  return {data, numRows, numColumns, rowStride, reader.readWord()};
}

template <typename T>
static void addProduct(const DenseLibrary &library, RecordReader &reader) {
  int64_t m = reader.readCount("a number of rows", INT_MAX);
  int64_t n = reader.readCount("a number of columns", INT_MAX);
  int64_t k = reader.readCount("a depth", INT_MAX);
  auto a = readMatrix<const T>(reader, m, k);
  auto b = readMatrix<const T>(reader, k, n);
  auto c = readMatrix<T>(reader, m, n);
  if (m && n && k)
    addProduct(library, a, b, c);
}

extern "C" void tasd_runtime_gemm(const int64_t *record) {
  RecordReader reader(record, "tasd_runtime_gemm");
  const DenseLibrary *library = getDenseLibrary();
  if (!library)
    reader.fail("expected a build with a dense library");
  switch (int64_t type = reader.readWord()) {
  case TASD_RUNTIME_F32:
    return addProduct<float>(*library, reader);
  case TASD_RUNTIME_F64:
    return addProduct<double>(*library, reader);
  default:
    reader.fail("expected f32 or f64 but got element type " +
                llvm::Twine(type));
  }
}
