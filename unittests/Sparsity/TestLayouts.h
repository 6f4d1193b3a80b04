//===- TestLayouts.h - Tensors laid out in memory ---------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_SPARSITY_TESTLAYOUTS_H
#define TASD_UNITTESTS_SPARSITY_TESTLAYOUTS_H

#include "TestTensors.h"
#include "tasd/Sparsity/Layout.h"

#include <cstring>

namespace tasd::sparsity::test {

/// The bytes of each component.
using Components = std::vector<std::vector<char>>;

/// Lays a tensor out in memory that holds no zeros before.
Components layOut(const Layout &layout, const TensorView &view,
                  llvm::ThreadPoolInterface *pool = nullptr);

/// The error of restoring a tensor from these components; "" for none.
std::string getRestoreError(const Layout &layout, const Components &components,
                            TestTensor &restored);

/// Expects that a layout gives back each bit of a tensor.
void expectRestored(const Layout &layout, const TestTensor &tensor);

/// The number that stands at some byte.
template <typename T> T readAt(const std::vector<char> &bytes, int64_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

} // namespace tasd::sparsity::test

#endif // TASD_UNITTESTS_SPARSITY_TESTLAYOUTS_H
