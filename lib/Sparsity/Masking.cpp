//===- Masking.cpp - Parts of a tensor by their owners --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Masking.h"

#include "Rows.h"

#include <cstring>

using namespace tasd::sparsity;

void tasd::sparsity::copyPart(const TensorView &tensor,
                              const Ownership &ownership, Part part,
                              const MutableTensorView &target) {
  RowLayout from(tensor.blocked, tensor.strides);
  RowLayout to(target.blocked, target.strides);
  int64_t width = getByteWidth(tensor.elementType);
  const auto *source = static_cast<const char *>(tensor.data);
  auto *written = static_cast<char *>(target.data);
  const uint8_t *owner = ownership.owner.data();
  for (int64_t row = 0; row < ownership.numRows; ++row)
    for (int64_t column = 0; column < ownership.numColumns; ++column) {
      char *place =
          written + (to.getRowOffset(row) + to.getColumnOffset(column)) * width;
      bool isOwned = *owner++ != Ownership::unowned;
      if (isOwned == (part == Part::Owned))
        std::memcpy(
            place,
            source +
                (from.getRowOffset(row) + from.getColumnOffset(column)) * width,
            width);
      else
        std::memset(place, 0, width);
    }
}
