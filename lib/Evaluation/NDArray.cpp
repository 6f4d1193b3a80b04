//===- NDArray.cpp - Arrays in memory -------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/NDArray.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>
#include <cstring>
#include <limits>

using namespace tasd;
using namespace tasd::evaluation;

int64_t evaluation::getByteWidth(DType dtype) {
  switch (dtype) {
  case DType::F64:
  case DType::SI64:
  case DType::UI64:
    return 8;
  case DType::F32:
  case DType::SI32:
  case DType::UI32:
    return 4;
  case DType::F16:
  case DType::BF16:
  case DType::SI16:
  case DType::UI16:
    return 2;
  case DType::F8E4M3FN:
  case DType::SI8:
  case DType::UI8:
  case DType::Bool:
    return 1;
  }
  llvm_unreachable("unknown dtype");
}

llvm::StringRef evaluation::getName(DType dtype) {
  static constexpr llvm::StringLiteral names[] = {
      "f64",  "f32", "f16",  "bf16", "f8E4M3FN", "si64", "si32",
      "si16", "si8", "ui64", "ui32", "ui16",     "ui8",  "bool"};
  return names[static_cast<int>(dtype)];
}

bool evaluation::isFloat(DType dtype) { return dtype <= DType::F8E4M3FN; }

std::optional<int64_t>
evaluation::getNumElements(llvm::ArrayRef<int64_t> shape) {
  int64_t product = 1;
  bool isEmpty = false;
  for (int64_t extent : shape) {
    if (extent < 0)
      return std::nullopt;
    isEmpty |= extent == 0;
    if (extent != 0 && llvm::MulOverflow(product, extent, product))
      return std::nullopt;
  }
  return isEmpty ? 0 : product;
}

llvm::SmallVector<int64_t, 4>
evaluation::getRowMajorStrides(llvm::ArrayRef<int64_t> shape) {
  llvm::SmallVector<int64_t, 4> strides(shape.size(), 1);
  for (size_t i = shape.size(); i-- > 1;)
    strides[i - 1] = strides[i] * std::max<int64_t>(shape[i], 1);
  return strides;
}

std::string evaluation::getShapeText(llvm::ArrayRef<int64_t> shape) {
  if (shape.empty())
    return "0-d";
  return llvm::join(llvm::map_range(shape,
                                    [](int64_t extent) {
                                      return extent < 0
                                                 ? std::string("?")
                                                 : std::to_string(extent);
                                    }),
                    "x");
}

//===----------------------------------------------------------------------===//
// NDArray
//===----------------------------------------------------------------------===//

NDArray NDArray::allocate(DType dtype, llvm::ArrayRef<int64_t> shape) {
  NDArray array;
  array.dtype = dtype;
  array.shape.assign(shape.begin(), shape.end());
  array.bytes.resize(array.getNumElements() * getByteWidth(dtype));
  return array;
}

int64_t NDArray::getNumElements() const {
  return evaluation::getNumElements(shape).value_or(0);
}

std::string NDArray::getText() const {
  return (getName(dtype) + " of shape " + getShapeText(shape)).str();
}

NDArray NDArray::getRows(int64_t begin, int64_t end) const {
  NDArray rows;
  rows.dtype = dtype;
  rows.shape = shape;
  rows.shape[0] = end - begin;
  int64_t bytesPerRow = shape[0] == 0 ? 0 : bytes.size() / shape[0];
  rows.bytes.assign(bytes.begin() + begin * bytesPerRow,
                    bytes.begin() + end * bytesPerRow);
  return rows;
}

template <typename T> static T load(const char *data, int64_t index) {
  T value;
  std::memcpy(&value, data + index * sizeof(T), sizeof(T));
  return value;
}

/// Decodes an IEEE-like number: sign, exponent, fraction, all-ones exponents
/// for Inf and NaN.
static double decodeFloat(unsigned bits, int exponentBits, int fractionBits) {
  int bias = (1 << (exponentBits - 1)) - 1;
  int exponent = (bits >> fractionBits) & ((1 << exponentBits) - 1);
  int fraction = bits & ((1 << fractionBits) - 1);
  double magnitude;
  if (exponent == (1 << exponentBits) - 1)
    magnitude = fraction ? std::numeric_limits<double>::quiet_NaN()
                         : std::numeric_limits<double>::infinity();
  else if (exponent == 0)
    magnitude = std::ldexp(fraction, 1 - bias - fractionBits);
  else
    magnitude = std::ldexp(fraction | (1 << fractionBits),
                           exponent - bias - fractionBits);
  return (bits >> (exponentBits + fractionBits)) & 1 ? -magnitude : magnitude;
}

/// f8E4M3FN has no Inf; only all ones is NaN.
static double decodeF8E4M3FN(unsigned bits) {
  if ((bits & 0x7f) == 0x7f)
    return std::numeric_limits<double>::quiet_NaN();
  if ((bits & 0x78) != 0x78)
    return decodeFloat(bits, 4, 3);
  // The topmost binade: decoded one below and doubled.
  return 2 * decodeFloat(bits - 0x08, 4, 3);
}

double NDArray::getElement(int64_t index) const {
  const char *data = bytes.data();
  switch (dtype) {
  case DType::F64:
    return load<double>(data, index);
  case DType::F32:
    return load<float>(data, index);
  case DType::F16:
    return decodeFloat(load<uint16_t>(data, index), 5, 10);
  case DType::BF16:
    return decodeFloat(load<uint16_t>(data, index), 8, 7);
  case DType::F8E4M3FN:
    return decodeF8E4M3FN(load<uint8_t>(data, index));
  case DType::SI64:
    return load<int64_t>(data, index);
  case DType::SI32:
    return load<int32_t>(data, index);
  case DType::SI16:
    return load<int16_t>(data, index);
  case DType::SI8:
    return load<int8_t>(data, index);
  case DType::UI64:
    return load<uint64_t>(data, index);
  case DType::UI32:
    return load<uint32_t>(data, index);
  case DType::UI16:
    return load<uint16_t>(data, index);
  case DType::UI8:
  case DType::Bool:
    return load<uint8_t>(data, index);
  }
  llvm_unreachable("unknown dtype");
}

//===----------------------------------------------------------------------===//
// Copying
//===----------------------------------------------------------------------===//

/// Copies dimensions `shape` of a strided array to `target` and returns the
/// end of what it wrote. `contiguous` counts the innermost dimensions that are
/// copied at once.
static char *copyDims(const char *source, llvm::ArrayRef<int64_t> shape,
                      llvm::ArrayRef<int64_t> strides, int64_t contiguousDims,
                      int64_t width, char *target) {
  if (static_cast<int64_t>(shape.size()) == contiguousDims) {
    int64_t numBytes = *getNumElements(shape) * width;
    std::memcpy(target, source, numBytes);
    return target + numBytes;
  }
  for (int64_t i = 0; i < shape.front(); ++i)
    target = copyDims(source + i * strides.front() * width, shape.drop_front(),
                      strides.drop_front(), contiguousDims, width, target);
  return target;
}

void evaluation::copyFromStrided(const char *source,
                                 llvm::ArrayRef<int64_t> strides,
                                 NDArray &array) {
  if (array.bytes.empty())
    return;
  llvm::SmallVector<int64_t, 4> rowMajor = getRowMajorStrides(array.shape);
  int64_t contiguousDims = 0;
  for (int64_t i = array.getRank(); i-- > 0; ++contiguousDims)
    if (array.shape[i] != 1 && strides[i] != rowMajor[i])
      break;
  copyDims(source, array.shape, strides, contiguousDims,
           getByteWidth(array.dtype), array.bytes.data());
}
