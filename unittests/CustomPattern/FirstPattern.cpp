//===- FirstPattern.cpp - A pattern that no library knows -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FirstPattern.h"

#include "Elements.h"

#include <cstring>

using namespace tasd::test;
using namespace ::tasd::sparsity;
using llvm::ArrayRef;
using llvm::MutableArrayRef;

//===----------------------------------------------------------------------===//
// The pattern
//===----------------------------------------------------------------------===//

std::string FirstPattern::getText() const {
  return "first(" + std::to_string(count) + ")";
}

std::vector<PackedComponent>
FirstPattern::getPackedComponents(const BlockedShape &blocked) const {
  llvm::SmallVector<int64_t, 4> shape;
  for (int64_t dim : blocked.getRowDims())
    shape.push_back(blocked.shape[dim]);
  shape.push_back(count);
  return {{"values", std::nullopt, shape},
          {"columns", ElementType::SI32, shape}};
}

bool FirstPattern::obeys(const TensorView &tensor) const {
  for (int64_t row = 0; row < tensor.blocked.getNumRows(); ++row) {
    int64_t numNonZeros = 0;
    for (int64_t i = 0; i < tensor.blocked.getNumColumns(); ++i)
      numNonZeros += !isZero(tensor.elementType, getElement(tensor, row, i));
    if (numNonZeros > count)
      return false;
  }
  return true;
}

void FirstPattern::select(const TensorView &tensor, Ownership &ownership,
                          uint8_t term) const {
  for (int64_t row = 0; row < ownership.numRows; ++row) {
    int64_t numKept = 0;
    for (int64_t i = 0; i < ownership.numColumns && numKept < count; ++i) {
      uint8_t &owner = ownership.owner[row * ownership.numColumns + i];
      if (owner != Ownership::unowned ||
          isZero(tensor.elementType, getElement(tensor, row, i)))
        continue;
      owner = term;
      ++numKept;
    }
  }
}

void FirstPattern::pack(const TensorView &tensor, const Ownership &ownership,
                        uint8_t term,
                        ArrayRef<MutableArrayRef<char>> components) const {
  int64_t width = getByteWidth(tensor.elementType);
  std::fill(components[0].begin(), components[0].end(), 0);
  for (int64_t row = 0; row < ownership.numRows; ++row) {
    int64_t slot = row * count;
    auto append = [&](int64_t column) {
      int32_t stored = column;
      std::memcpy(components[1].data() + slot++ * sizeof(stored), &stored,
                  sizeof(stored));
    };
    for (int64_t i = 0; i < ownership.numColumns; ++i)
      if (ownership.owner[row * ownership.numColumns + i] == term) {
        std::memcpy(components[0].data() + slot * width,
                    getElement(tensor, row, i), width);
        append(i);
      }
    while (slot < (row + 1) * count)
      append(ownership.numColumns);
  }
}

void FirstPattern::unpack(ArrayRef<ArrayRef<char>> components,
                          const MutableTensorView &tensor) const {
  int64_t width = getByteWidth(tensor.elementType);
  for (int64_t slot = 0, e = tensor.blocked.getNumRows() * count; slot < e;
       ++slot) {
    int32_t column;
    std::memcpy(&column, components[1].data() + slot * sizeof(column),
                sizeof(column));
    const char *value = components[0].data() + slot * width;
    if (column < tensor.blocked.getNumColumns() &&
        !isZero(tensor.elementType, value))
      std::memcpy(static_cast<char *>(tensor.data) +
                      getOffset(tensor, slot / count, column),
                  value, width);
  }
}

//===----------------------------------------------------------------------===//
// The family
//===----------------------------------------------------------------------===//

namespace {
class FirstFamily final : public PatternFamily {
public:
  llvm::StringRef getKeyword() const override { return "first"; }
  llvm::StringRef getSyntax() const override { return "first(K)"; }
  bool claims(llvm::StringRef text) const override {
    return text.starts_with("first");
  }
  llvm::Expected<PatternRef> parse(llvm::StringRef text) const override {
    llvm::StringRef number = text;
    int64_t count;
    if (!number.consume_front("first(") || !number.consume_back(")") ||
        number.getAsInteger(10, count) || count < 1)
      return llvm::createStringError("expected first(K) but got '" + text +
                                     "'");
    return std::make_shared<FirstPattern>(count);
  }
};
} // namespace

std::shared_ptr<const PatternFamily> tasd::test::createFirstFamily() {
  return std::make_shared<FirstFamily>();
}
