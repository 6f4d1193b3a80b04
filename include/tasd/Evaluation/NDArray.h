//===- NDArray.h - Arrays in memory -----------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The arrays that go into a compiled program and come out of it: row-major,
// contiguous, owning their memory.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_NDARRAY_H
#define TASD_EVALUATION_NDARRAY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tasd::evaluation {

/// Element types of arrays.
enum class DType : uint8_t {
  F64,
  F32,
  F16,
  BF16,
  F8E4M3FN,
  SI64,
  SI32,
  SI16,
  SI8,
  UI64,
  UI32,
  UI16,
  UI8,
  /// One byte each, 0 or 1.
  Bool,
};

/// Bytes of one element.
int64_t getByteWidth(DType dtype);
/// The name used in messages: "f32", "si64", "bool", ...
llvm::StringRef getName(DType dtype);
bool isFloat(DType dtype);

/// The number of elements of a shape; none where an extent is negative or the
/// product of the extents, those of 0 left out, does not fit 64 bits: strides
/// of such a shape could not be computed.
std::optional<int64_t> getNumElements(llvm::ArrayRef<int64_t> shape);

/// Row-major strides of a shape, in elements.
llvm::SmallVector<int64_t, 4> getRowMajorStrides(llvm::ArrayRef<int64_t> shape);

/// "4x?x8": the extents of a shape; "0-d" for none. Negative ones are dynamic.
std::string getShapeText(llvm::ArrayRef<int64_t> shape);

/// A row-major array.
struct NDArray {
  DType dtype = DType::F32;
  llvm::SmallVector<int64_t, 4> shape;
  /// getNumElements() * getByteWidth(dtype) of them.
  std::vector<char> bytes;

  /// An array of zeros. The shape has a number of elements.
  static NDArray allocate(DType dtype, llvm::ArrayRef<int64_t> shape);

  int64_t getRank() const { return shape.size(); }
  int64_t getNumElements() const;
  /// The element at a row-major position, as a double; 64-bit integers of
  /// magnitude above 2^53 are rounded.
  double getElement(int64_t index) const;
  /// "f32 of shape 4x8".
  std::string getText() const;

  /// Rows [begin, end) along the first dimension; needs a rank of at least 1.
  NDArray getRows(int64_t begin, int64_t end) const;
};

/// Copies a strided array of elements of `array`'s type and shape into it.
/// Strides are in elements; element (0, ..., 0) stands at `source`.
void copyFromStrided(const char *source, llvm::ArrayRef<int64_t> strides,
                     NDArray &array);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_NDARRAY_H
