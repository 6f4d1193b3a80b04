//===- Numbers.h - Elements as numbers --------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the test computes with: one kind of number that holds every element of
// every type exactly, and the bits that stand for it in memory.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_NUMBERS_H
#define TASD_UNITTESTS_DIFFERENTIAL_NUMBERS_H

#include "tasd/Evaluation/NDArray.h"

#include "mlir/IR/Types.h"
#include "llvm/ADT/APFloat.h"

#include <string>
#include <vector>

namespace tasd::differential {

/// Holds every f64 and every product of two i32 exactly.
using Number = long double;

/// How numbers are stored. Integers have no sign of their own: their bits are
/// read as signed.
struct Format {
  unsigned bits = 32;
  /// Null for integers.
  const llvm::fltSemantics *semantics = nullptr;

  /// The format of "f16", "i8" and the like.
  static Format get(llvm::StringRef name);
  static Format get(mlir::Type type);

  bool isFloat() const { return semantics; }
  int64_t getByteWidth() const { return bits / 8; }
  /// The distance from 1 to the next number.
  Number getEpsilon() const;
  /// The largest n so that all integers of magnitude up to n are numbers.
  Number getExactLimit() const;
  /// "f16".
  std::string getName() const;
};

Number decode(Format format, uint64_t bits);
/// Floats are rounded to nearest even, integers wrapped.
uint64_t encode(Format format, Number number);
/// The number that is stored for `number`.
Number round(Format format, Number number);

using Shape = llvm::SmallVector<int64_t, 6>;

int64_t getNumElements(llvm::ArrayRef<int64_t> shape);

/// Calls `visit` with every index of `shape`, the last one fastest.
void forEachIndex(llvm::ArrayRef<int64_t> shape,
                  llvm::function_ref<void(llvm::ArrayRef<int64_t>)> visit);

/// A row-major tensor.
struct Tensor {
  Format format;
  Shape shape;
  std::vector<Number> elements;

  static Tensor zeros(Format format, llvm::ArrayRef<int64_t> shape);
  static Tensor decode(Format format, llvm::ArrayRef<int64_t> shape,
                       llvm::ArrayRef<char> bytes);

  Number &at(llvm::ArrayRef<int64_t> index);
  Number at(llvm::ArrayRef<int64_t> index) const;
  std::vector<char> encode() const;
  evaluation::NDArray toArray() const;
};

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_NUMBERS_H
