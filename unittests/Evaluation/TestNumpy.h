//===- TestNumpy.h - NumPy's files for tests --------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_EVALUATION_TESTNUMPY_H
#define TASD_UNITTESTS_EVALUATION_TESTNUMPY_H

#include "TestArrays.h"
#include "tasd/Evaluation/NumpyIO.h"

#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

namespace tasd::evaluation {

using llvm::StringRef;

/// An .npy file of version 1.0 with the given header and data.
inline std::string makeNpy(StringRef dictionary, StringRef data) {
  std::string header = (dictionary + "\n").str();
  char length[] = {char(header.size() & 0xff), char(header.size() >> 8)};
  return (StringRef("\x93NUMPY\x01\0", 8) + StringRef(length, 2) + header +
          data)
      .str();
}

inline std::string makeHeader(StringRef descr, StringRef shape,
                              StringRef fortranOrder = "False") {
  return ("{'descr': '" + descr + "', 'fortran_order': " + fortranOrder +
          ", 'shape': " + shape + ", }")
      .str();
}

inline std::string encode(const NDArray &array) {
  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  writeNpy(os, array);
  return bytes;
}

inline void expectSame(const NDArray &a, const NDArray &b) {
  EXPECT_EQ(a.dtype, b.dtype);
  EXPECT_EQ(a.shape, b.shape);
  EXPECT_EQ(a.bytes, b.bytes);
}

/// An array of small numbers that are valid for every type.
inline NDArray makeNumbered(DType dtype, llvm::ArrayRef<int64_t> shape) {
  NDArray array = NDArray::allocate(dtype, shape);
  for (size_t i = 0; i < array.bytes.size(); ++i)
    array.bytes[i] = dtype == DType::Bool ? i % 2 : char(i * 37 + 1);
  return array;
}

inline std::vector<NamedArray> makeNamedArrays() {
  std::vector<NamedArray> arrays;
  arrays.push_back({"arg10", makeNumbered(DType::F32, {2, 3})});
  arrays.push_back({"arg2", makeNumbered(DType::SI8, {})});
  arrays.push_back({"bias", makeNumbered(DType::F16, {0, 5})});
  arrays.push_back({"arg1", makeNumbered(DType::Bool, {4})});
  return arrays;
}

inline std::string encodeArchive(llvm::ArrayRef<NamedArray> arrays) {
  llvm::Expected<std::vector<char>> bytes = encodeNpz(arrays);
  if (!bytes)
    llvm::report_fatal_error(bytes.takeError());
  return std::string(bytes->begin(), bytes->end());
}

} // namespace tasd::evaluation

#endif // TASD_UNITTESTS_EVALUATION_TESTNUMPY_H
