//===- Residual.cpp - What a series leaves of a tensor --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Residual.h"

#include "Rows.h"

#include <cstring>

using namespace tasd::sparsity;

/// The extents of the row dimensions, then the number of columns.
static llvm::SmallVector<int64_t, 4> getShape(const BlockedShape &blocked) {
  llvm::SmallVector<int64_t, 4> shape;
  for (int64_t dim : blocked.getRowDims())
    shape.push_back(blocked.shape[dim]);
  shape.push_back(blocked.getNumColumns());
  return shape;
}

Residual::Residual(const TensorView &tensor, const Ownership &ownership) {
  llvm::SmallVector<int64_t, 4> shape = getShape(tensor.blocked);
  int64_t width = getByteWidth(tensor.elementType);
  bytes.resize(ownership.owner.size() * width);
  auto copyUnowned = [&](const Segment &segment) {
    int64_t begin = segment.row * ownership.numColumns + segment.columnBegin;
    for (int64_t i = 0; i < segment.numColumns; ++i)
      if (ownership.owner[begin + i] == Ownership::unowned)
        std::memcpy(bytes.data() + (begin + i) * width,
                    segment.elements + i * width, width);
  };
  forEachSegment(tensor, 0, ownership.numRows, {2048, {}}, copyUnowned);
  view = TensorView::contiguous(bytes.data(), tensor.elementType, shape,
                                {static_cast<int64_t>(shape.size()) - 1});
}
