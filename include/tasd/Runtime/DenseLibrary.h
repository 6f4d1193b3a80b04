//===- DenseLibrary.h - Who multiplies dense matrices -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The library that tasd_runtime_gemm hands its matrices to: what one has to do,
// and which one this build has.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_RUNTIME_DENSELIBRARY_H
#define TASD_RUNTIME_DENSELIBRARY_H

#include <cstdint>
#include <string>

namespace tasd::runtime {

/// A matrix one of whose strides is 1: element (row, column) stands at
/// data[row * stride + column], or at data[column * stride + row] where it is
/// transposed. The stride is at least the extent it steps over, and at least 1.
template <typename T> struct Matrix {
  T *data;
  int64_t stride;
  bool isTransposed;
};

/// C[m, n] += A[m, k] * B[k, n], each extent in [1, 2^31), as strides are. C is
/// not transposed.
template <typename T> struct MatrixProduct {
  int64_t m, n, k;
  Matrix<const T> a, b;
  Matrix<T> c;
};

/// A library of dense linear algebra. Thread-safe; the same product on the same
/// number of threads gives the same bits.
class DenseLibrary {
public:
  virtual ~DenseLibrary();

  /// The library and the kernels it chose for this CPU, as in "OpenBLAS Zen".
  virtual std::string getName() const = 0;
  virtual void add(const MatrixProduct<float> &product) const = 0;
  virtual void add(const MatrixProduct<double> &product) const = 0;
  /// How many threads a product runs on; not synchronised with running code.
  virtual void setNumThreads(unsigned count) const = 0;
};

/// The library of this build, on one thread until told otherwise; null where it
/// was built without one.
const DenseLibrary *getDenseLibrary();

} // namespace tasd::runtime

#endif // TASD_RUNTIME_DENSELIBRARY_H
