//===- Numbers.h - Components that hold places ------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Numbers in the byte order of the machine, at any alignment.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_NUMBERS_H
#define TASD_LIB_SPARSITY_NUMBERS_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <cstring>
#include <vector>

namespace tasd::sparsity {

/// The numbers of type T that `bytes` are; a rest is left out.
template <typename T>
std::vector<int64_t> readNumbers(llvm::ArrayRef<char> bytes) {
  std::vector<int64_t> numbers;
  numbers.reserve(bytes.size() / sizeof(T));
  for (T number; bytes.size() >= sizeof(T);
       bytes = bytes.drop_front(sizeof(T))) {
    std::memcpy(&number, bytes.data(), sizeof(T));
    numbers.push_back(number);
  }
  return numbers;
}

/// Writes number `index` of those of type T that `bytes` are.
template <typename T>
void writeNumber(int64_t number, size_t index,
                 llvm::MutableArrayRef<char> bytes) {
  T narrow = static_cast<T>(number);
  std::memcpy(bytes.data() + index * sizeof(T), &narrow, sizeof(T));
}

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_NUMBERS_H
