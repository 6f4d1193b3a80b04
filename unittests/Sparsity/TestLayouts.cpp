//===- TestLayouts.cpp - Tensors laid out in memory -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestLayouts.h"

#include "llvm/ADT/Sequence.h"

namespace tasd::sparsity::test {

Components layOut(const Layout &layout, const TensorView &view,
                  llvm::ThreadPoolInterface *pool) {
  Components components;
  // Buffers stay where they are.
  components.reserve(layout.getComponents(view.blocked).size());
  auto allocate = [&](const PackedComponent &component) {
    components.emplace_back(component.getNumBytes(view.elementType), '\xff');
    return llvm::MutableArrayRef<char>(components.back());
  };
  llvm::cantFail(layout.layOut(view, allocate, pool));
  return components;
}

std::string getRestoreError(const Layout &layout, const Components &components,
                            TestTensor &restored) {
  std::vector<llvm::ArrayRef<char>> buffers(components.begin(),
                                            components.end());
  return getMessage(layout.restore(buffers, restored.getMutable()));
}

void expectRestored(const Layout &layout, const TestTensor &tensor) {
  TestTensor restored =
      TestTensor::zeros(tensor.view.elementType, tensor.view.blocked.shape,
                        tensor.view.blocked.along);
  ASSERT_EQ(getRestoreError(layout, layOut(layout, tensor.view), restored), "");
  for (int64_t row : llvm::seq(tensor.getNumRows()))
    for (int64_t column : llvm::seq(tensor.getNumColumns()))
      ASSERT_EQ(getBits(restored.view, row, column),
                getBits(tensor.view, row, column));
}

} // namespace tasd::sparsity::test
