//===- Elements.cpp - Elements of a tensor, one by one --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Elements.h"

#include <cstring>

using namespace ::tasd::sparsity;
using llvm::ArrayRef;

int64_t tasd::test::getOffset(const TensorView &tensor, int64_t row,
                              int64_t column) {
  int64_t offset = 0;
  auto walk = [&](ArrayRef<int64_t> dims, int64_t rest) {
    for (int64_t dim : llvm::reverse(dims)) {
      int64_t extent = tensor.blocked.shape[dim];
      offset += rest % extent * tensor.strides[dim];
      rest /= extent;
    }
  };
  walk(tensor.blocked.getRowDims(), row);
  walk(tensor.blocked.along, column);
  return offset * getByteWidth(tensor.elementType);
}

const char *tasd::test::getElement(const TensorView &tensor, int64_t row,
                                   int64_t column) {
  return static_cast<const char *>(tensor.data) +
         getOffset(tensor, row, column);
}

bool tasd::test::isZero(ElementType type, const char *element) {
  uint64_t bits = 0;
  int64_t width = getByteWidth(type);
  std::memcpy(&bits, element, width);
  bool isFloat = type <= ElementType::F8E4M3FN;
  return bits == 0 || (isFloat && bits == uint64_t(1) << (8 * width - 1));
}
