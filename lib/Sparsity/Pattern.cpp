//===- Pattern.cpp - Patterns and series ----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What all patterns share: sizes of packed components, the text and the bounds
// of series, and the defaults of the optional fused treatment.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Pattern.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

#include <numeric>

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Expected;

Pattern::~Pattern() = default;
FusedPacker::~FusedPacker() = default;
FusedMeter::~FusedMeter() = default;
PatternFamily::~PatternFamily() = default;

bool PackedComponent::hasStaticShape() const {
  return llvm::all_of(shape, [](int64_t extent) { return extent >= 0; });
}

int64_t PackedComponent::getNumElements() const {
  int64_t product = 1;
  for (int64_t extent : shape)
    product *= extent;
  return product;
}

int64_t PackedComponent::getNumBytes(ElementType tensorType) const {
  return getNumElements() * getByteWidth(elementType.value_or(tensorType));
}

DroppedSums &DroppedSums::operator+=(const DroppedSums &other) {
  nonZeros += other.nonZeros;
  magnitude += other.magnitude;
  squaredNorm += other.squaredNorm;
  weightedNorm += other.weightedNorm;
  return *this;
}

Expected<PatternRef> Pattern::withInner(PatternRef inner) const {
  return createStringError("expected no pattern inside '" + getText() +
                           "' but got '" + inner->getText() + "'");
}

std::vector<PackedComponent>
Pattern::getSizedComponents(const TensorView &tensor, const Ownership &,
                            uint8_t) const {
  return getPackedComponents(tensor.blocked);
}

bool Pattern::hasFixedSize() const {
  return llvm::all_of(getPackedComponents({{1, 1}, {1}}),
                      [](const PackedComponent &component) {
                        return component.hasStaticShape();
                      });
}

llvm::Error Pattern::verifyPacked(const BlockedShape &, ElementType,
                                  ArrayRef<ArrayRef<char>>) const {
  return llvm::Error::success();
}

std::vector<PackedPart> Pattern::getParts(const BlockedShape &,
                                          ArrayRef<ArrayRef<char>>) const {
  return {};
}

std::unique_ptr<FusedPacker> Pattern::createFusedPacker(const Series &,
                                                        ElementType) const {
  return nullptr;
}

std::unique_ptr<FusedMeter> Pattern::createFusedMeter(ArrayRef<Series>,
                                                      ElementType) const {
  return nullptr;
}

Series::Series(std::vector<PatternRef> patterns)
    : patterns(std::move(patterns)) {}

std::string Series::getText() const {
  return llvm::join(llvm::map_range(patterns,
                                    [](const PatternRef &pattern) {
                                      return pattern->getText();
                                    }),
                    "+");
}

std::optional<double> Series::getMaxDensity() const {
  double sum = 0;
  for (const PatternRef &pattern : patterns) {
    std::optional<double> density = pattern->getMaxDensity();
    if (!density)
      return std::nullopt;
    sum += *density;
  }
  return std::min(sum, 1.0);
}

std::optional<int64_t> Series::getBlockSize() const {
  int64_t multiple = 1;
  for (const PatternRef &pattern : patterns) {
    std::optional<int64_t> size = pattern->getBlockSize();
    if (!size)
      return std::nullopt;
    if (llvm::MulOverflow(multiple / std::gcd(multiple, *size), *size,
                          multiple))
      return std::nullopt;
  }
  return multiple;
}
