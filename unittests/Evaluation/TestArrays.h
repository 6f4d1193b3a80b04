//===- TestArrays.h - Arrays for tests --------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_EVALUATION_TESTARRAYS_H
#define TASD_UNITTESTS_EVALUATION_TESTARRAYS_H

#include "tasd/Evaluation/NDArray.h"

#include <cstring>

namespace tasd::evaluation {

/// An array of the given elements, of a type as wide as T.
template <typename T>
NDArray makeArray(DType dtype, llvm::ArrayRef<int64_t> shape,
                  std::vector<T> elements) {
  NDArray array = NDArray::allocate(dtype, shape);
  assert(array.bytes.size() == elements.size() * sizeof(T));
  if (!elements.empty())
    std::memcpy(array.bytes.data(), elements.data(), array.bytes.size());
  return array;
}

inline NDArray makeF32(llvm::ArrayRef<int64_t> shape,
                       std::vector<float> elements) {
  return makeArray<float>(DType::F32, shape, std::move(elements));
}

/// The elements of an array as doubles.
inline std::vector<double> getElements(const NDArray &array) {
  std::vector<double> elements;
  for (int64_t i = 0; i < array.getNumElements(); ++i)
    elements.push_back(array.getElement(i));
  return elements;
}

} // namespace tasd::evaluation

#endif // TASD_UNITTESTS_EVALUATION_TESTARRAYS_H
