//===- NpyHeader.h - The header of an .npy file -----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The header: magic, version, length, and a Python dictionary with the keys
// descr, fortran_order and shape in any order.
//
// It is read here and not by xtensor (xnpy.hpp) because that reader takes
// header lengths as signed chars, so that valid headers of 128 bytes and more
// fail, asks for one order of keys, knows no half-precision floats, allocates
// what the shape says before it looks at the file, and does not notice its end.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_NPYHEADER_H
#define TASD_LIB_EVALUATION_NPYHEADER_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace tasd::evaluation {

struct NpyHeader {
  /// The element type, as in "<f4".
  std::string descr;
  bool fortranOrder = false;
  llvm::SmallVector<int64_t, 4> shape;
  /// Where the elements start in the file.
  size_t dataOffset = 0;

  /// Reads the header of the bytes of a file. Extents are not negative; nothing
  /// else is said of their product.
  static llvm::Expected<NpyHeader> parse(llvm::StringRef bytes);

  /// The bytes up to the data, in format version 1.0, padded so that the data
  /// start at a multiple of 64.
  std::string getText() const;
};

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_NPYHEADER_H
