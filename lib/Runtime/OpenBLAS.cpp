//===- OpenBLAS.cpp - OpenBLAS as dense library ---------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OpenBLAS.h"

#include <cblas-openblas.h>

using namespace tasd::runtime;

static void callGemm(CBLAS_TRANSPOSE transposeA, CBLAS_TRANSPOSE transposeB,
                     const MatrixProduct<float> &product) {
  cblas_sgemm(CblasRowMajor, transposeA, transposeB, product.m, product.n,
              product.k, 1, product.a.data, product.a.stride, product.b.data,
              product.b.stride, 1, product.c.data, product.c.stride);
}

static void callGemm(CBLAS_TRANSPOSE transposeA, CBLAS_TRANSPOSE transposeB,
                     const MatrixProduct<double> &product) {
  cblas_dgemm(CblasRowMajor, transposeA, transposeB, product.m, product.n,
              product.k, 1, product.a.data, product.a.stride, product.b.data,
              product.b.stride, 1, product.c.data, product.c.stride);
}

static void callGemv(CBLAS_TRANSPOSE transpose, int64_t rows, int64_t columns,
                     const Matrix<const float> &matrix, const float *vector,
                     int64_t vectorStride, float *sums, int64_t sumsStride) {
  cblas_sgemv(CblasRowMajor, transpose, rows, columns, 1, matrix.data,
              matrix.stride, vector, vectorStride, 1, sums, sumsStride);
}

static void callGemv(CBLAS_TRANSPOSE transpose, int64_t rows, int64_t columns,
                     const Matrix<const double> &matrix, const double *vector,
                     int64_t vectorStride, double *sums, int64_t sumsStride) {
  cblas_dgemv(CblasRowMajor, transpose, rows, columns, 1, matrix.data,
              matrix.stride, vector, vectorStride, 1, sums, sumsStride);
}

/// Distance of successive elements of a matrix of one column, or of one row.
template <typename T>
static int64_t getVectorStride(const Matrix<T> &vector, bool isColumn) {
  return vector.isTransposed == isColumn ? 1 : vector.stride;
}

/// c += A b, where there is one column.
template <typename T> static void addColumn(const MatrixProduct<T> &product) {
  const Matrix<const T> &a = product.a;
  callGemv(a.isTransposed ? CblasTrans : CblasNoTrans,
           a.isTransposed ? product.k : product.m,
           a.isTransposed ? product.m : product.k, a, product.b.data,
           getVectorStride(product.b, /*isColumn=*/true), product.c.data,
           getVectorStride(product.c, /*isColumn=*/true));
}

/// c += a B, where there is one row.
template <typename T> static void addRow(const MatrixProduct<T> &product) {
  const Matrix<const T> &b = product.b;
  callGemv(b.isTransposed ? CblasNoTrans : CblasTrans,
           b.isTransposed ? product.n : product.k,
           b.isTransposed ? product.k : product.n, b, product.a.data,
           getVectorStride(product.a, /*isColumn=*/false), product.c.data,
           getVectorStride(product.c, /*isColumn=*/false));
}

/// Vectors on their own: gemm copies what gemv reads in place.
template <typename T> static void addProduct(const MatrixProduct<T> &product) {
  if (product.n == 1)
    return addColumn(product);
  if (product.m == 1)
    return addRow(product);
  callGemm(product.a.isTransposed ? CblasTrans : CblasNoTrans,
           product.b.isTransposed ? CblasTrans : CblasNoTrans, product);
}

namespace {
class OpenBLAS : public DenseLibrary {
public:
  OpenBLAS() { openblas_set_num_threads(1); }

  std::string getName() const override {
    return std::string("OpenBLAS ") + openblas_get_corename();
  }
  void add(const MatrixProduct<float> &product) const override {
    addProduct(product);
  }
  void add(const MatrixProduct<double> &product) const override {
    addProduct(product);
  }
  void setNumThreads(unsigned count) const override {
    openblas_set_num_threads(count);
  }
};
} // namespace

const DenseLibrary &tasd::runtime::getOpenBLAS() {
  static const OpenBLAS library;
  return library;
}
