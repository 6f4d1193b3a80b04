//===- ElementCopy.cpp - Copy and cast elements of a view -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Types of at most 16 bits have few values: what a cast makes of each is worked
// out once, and looked up for every element.
//
//===----------------------------------------------------------------------===//

#include "ElementCopy.h"

#include "ElementCast.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/Threading.h"

#include <cstring>

using namespace mlir;
using namespace mlir::tasd;

namespace {
/// Elements of one dimension.
struct Line {
  const char *data;
  int64_t strideBytes, numElements;
};

/// Copies lines of elements, and casts them on the way.
class LineCopier {
public:
  LineCopier(Operation *cast, Type from, Type to, int64_t numElements)
      : cast(cast), from(from), to(to), fromWidth(getByteWidth(from)),
        toWidth(getByteWidth(to)) {
    // A table pays where it is no longer than what is copied.
    if (cast && fromWidth <= 2 && numElements >= 1 << (8 * fromWidth))
      fillTable();
  }

  /// Thread-safe.
  void run(const Line &line, char *out) const;

private:
  void fillTable();
  /// `width` is that of what is written; a constant where it is a usual one.
  template <typename Width>
  void copyAll(const Line &line, char *out, Width width) const;

  Operation *cast;
  Type from, to;
  int64_t fromWidth, toWidth;
  /// For every value of a narrow source, the element it becomes; or empty.
  std::vector<char> table;
};
} // namespace

void LineCopier::fillTable() {
  uint32_t size = 1 << (8 * fromWidth);
  table.resize(size * toWidth);
  for (uint32_t bits = 0; bits < size; ++bits) {
    // The lowest bytes come first, as everywhere in MLIR's raw data.
    char in[2] = {static_cast<char>(bits), static_cast<char>(bits >> 8)};
    castElement(cast, from, in, to, &table[bits * toWidth]);
  }
}

template <typename Width>
void LineCopier::copyAll(const Line &line, char *out, Width width) const {
  const char *in = line.data;
  for (int64_t i = 0; i < line.numElements;
       ++i, in += line.strideBytes, out += width) {
    if (table.empty()) {
      std::memcpy(out, in, width);
      continue;
    }
    uint32_t bits = static_cast<uint8_t>(in[0]);
    if (fromWidth == 2)
      bits |= static_cast<uint8_t>(in[1]) << 8;
    std::memcpy(out, &table[bits * width], width);
  }
}

void LineCopier::run(const Line &line, char *out) const {
  if (cast && table.empty()) {
    for (int64_t i = 0; i < line.numElements; ++i)
      castElement(cast, from, line.data + i * line.strideBytes, to,
                  out + i * toWidth);
    return;
  }
  switch (toWidth) {
  case 1:
    return copyAll(line, out, std::integral_constant<int64_t, 1>());
  case 2:
    return copyAll(line, out, std::integral_constant<int64_t, 2>());
  case 4:
    return copyAll(line, out, std::integral_constant<int64_t, 4>());
  default:
    return copyAll(line, out, toWidth);
  }
}

void mlir::tasd::copyElements(const ElementsView &source, Operation *cast,
                              Type to, char *out) {
  ArrayRef<int64_t> shape = source.type.getShape();
  int64_t numElements = source.type.getNumElements();
  if (numElements == 0)
    return;
  Type from = source.type.getElementType();
  int64_t fromWidth = getByteWidth(from), toWidth = getByteWidth(to);
  int64_t lineLength = shape.empty() ? 1 : shape.back();
  int64_t lineStride = shape.empty() ? 0 : source.strides.back();
  LineCopier copier(cast, from, to, numElements);
  SmallVector<int64_t> basis = computeStrides(shape);
  auto copyLine = [&](int64_t begin) {
    int64_t offset = linearize(delinearize(begin, basis), source.strides);
    copier.run(
        {source.data + offset * fromWidth, lineStride * fromWidth, lineLength},
        out + begin * toWidth);
  };
  // Tasks of about 2^16 elements.
  int64_t step = llvm::divideCeil(1 << 16, lineLength) * lineLength;
  parallelFor(source.type.getContext(), 0, llvm::divideCeil(numElements, step),
              [&](size_t task) {
                int64_t end = std::min<int64_t>((task + 1) * step, numElements);
                for (int64_t i = task * step; i < end; i += lineLength)
                  copyLine(i);
              });
}
