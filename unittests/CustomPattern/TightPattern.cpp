//===- TightPattern.cpp - A pattern of open size --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TightPattern.h"

#include "Elements.h"
#include "FirstPattern.h"

#include <cstring>

using namespace tasd::test;
using namespace ::tasd::sparsity;
using llvm::ArrayRef;
using llvm::MutableArrayRef;

/// The pattern that keeps the same, with empty slots.
static FirstPattern getLoose(std::optional<int64_t> count) {
  return FirstPattern(count.value_or(std::numeric_limits<int64_t>::max()));
}

std::string TightPattern::getText() const {
  return count ? "tight(" + std::to_string(*count) + ")" : "tight";
}

PatternRef TightPattern::getStored() const {
  return count ? std::make_shared<TightPattern>(std::nullopt) : nullptr;
}

static std::vector<PackedComponent> getComponents(int64_t numSlots,
                                                  int64_t numRows) {
  return {{"values", std::nullopt, {numSlots}},
          {"columns", ElementType::SI32, {numSlots}},
          {"begins", ElementType::SI64, {numRows + 1}}};
}

std::vector<PackedComponent>
TightPattern::getPackedComponents(const BlockedShape &blocked) const {
  return getComponents(PackedComponent::dataDependentExtent,
                       blocked.getNumRows());
}

std::vector<PackedComponent> TightPattern::getSizedComponents(
    const TensorView &tensor, const Ownership &ownership, uint8_t term) const {
  return getComponents(llvm::count(ownership.owner, term), ownership.numRows);
}

bool TightPattern::obeys(const TensorView &tensor) const {
  return getLoose(count).obeys(tensor);
}

void TightPattern::select(const TensorView &tensor, Ownership &ownership,
                          uint8_t term) const {
  getLoose(count).select(tensor, ownership, term);
}

void TightPattern::pack(const TensorView &tensor, const Ownership &ownership,
                        uint8_t term,
                        ArrayRef<MutableArrayRef<char>> components) const {
  int64_t width = getByteWidth(tensor.elementType);
  char *value = components[0].data();
  char *column = components[1].data();
  int64_t numSlots = 0;
  auto storeBegin = [&](int64_t row) {
    std::memcpy(components[2].data() + row * sizeof(numSlots), &numSlots,
                sizeof(numSlots));
  };
  for (int64_t row = 0; row < ownership.numRows; ++row) {
    storeBegin(row);
    for (int32_t i = 0; i < ownership.numColumns; ++i)
      if (ownership.owner[row * ownership.numColumns + i] == term) {
        std::memcpy(value + numSlots * width, getElement(tensor, row, i),
                    width);
        std::memcpy(column + numSlots * sizeof(i), &i, sizeof(i));
        ++numSlots;
      }
  }
  storeBegin(ownership.numRows);
}

void TightPattern::unpack(ArrayRef<ArrayRef<char>> components,
                          const MutableTensorView &tensor) const {
  int64_t width = getByteWidth(tensor.elementType);
  auto getBegin = [&](int64_t row) {
    int64_t begin;
    std::memcpy(&begin, components[2].data() + row * sizeof(begin),
                sizeof(begin));
    return begin;
  };
  for (int64_t row = 0, e = tensor.blocked.getNumRows(); row < e; ++row)
    for (int64_t slot = getBegin(row); slot < getBegin(row + 1); ++slot) {
      int32_t column;
      std::memcpy(&column, components[1].data() + slot * sizeof(column),
                  sizeof(column));
      std::memcpy(static_cast<char *>(tensor.data) +
                      getOffset(tensor, row, column),
                  components[0].data() + slot * width, width);
    }
}

//===----------------------------------------------------------------------===//
// The family
//===----------------------------------------------------------------------===//

namespace {
class TightFamily final : public PatternFamily {
public:
  llvm::StringRef getKeyword() const override { return "tight"; }
  llvm::StringRef getSyntax() const override { return "tight(K)"; }
  bool claims(llvm::StringRef text) const override {
    return text.starts_with("tight");
  }
  llvm::Expected<PatternRef> parse(llvm::StringRef text) const override {
    llvm::StringRef number = text;
    int64_t count;
    if (text == "tight")
      return std::make_shared<TightPattern>(std::nullopt);
    if (!number.consume_front("tight(") || !number.consume_back(")") ||
        number.getAsInteger(10, count) || count < 1)
      return llvm::createStringError("expected tight(K) but got '" + text +
                                     "'");
    return std::make_shared<TightPattern>(count);
  }
};
} // namespace

std::shared_ptr<const PatternFamily> tasd::test::createTightFamily() {
  return std::make_shared<TightFamily>();
}
