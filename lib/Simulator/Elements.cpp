//===- Elements.cpp - Elements as the lanes see them ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Elements.h"

#include "llvm/ADT/bit.h"

#include <cstring>

using namespace tasd::simulator;
using tasd::sparsity::ElementType;

template <typename Raw> static Raw load(const char *address) {
  Raw raw;
  std::memcpy(&raw, address, sizeof(Raw));
  return raw;
}

template <typename Raw, typename Element>
static Element read(const char *address) {
  return load<Raw>(address);
}

static float readBF16(const char *address) {
  return llvm::bit_cast<float>(uint32_t(load<uint16_t>(address)) << 16);
}

/// Moves the fields of a half to those of a single; a product with a power of
/// two then mends the exponent, of denormals too.
static float readF16(const char *address) {
  uint32_t raw = load<uint16_t>(address);
  uint32_t sign = (raw & 0x8000u) << 16, rest = (raw & 0x7fffu) << 13;
  // Inf and NaN keep the largest exponent.
  float scale = (raw & 0x7c00u) == 0x7c00u ? 1.0f : 0x1p112f;
  if (scale == 1.0f)
    rest |= 0x7f800000u;
  uint32_t bits = llvm::bit_cast<uint32_t>(llvm::bit_cast<float>(rest) * scale);
  return llvm::bit_cast<float>(bits | sign);
}

/// The same for an f8E4M3FN, which has no Inf and one NaN of each sign.
static float readF8E4M3FN(const char *address) {
  uint32_t raw = load<uint8_t>(address);
  uint32_t sign = (raw & 0x80u) << 24, rest = (raw & 0x7fu) << 20;
  uint32_t bits =
      llvm::bit_cast<uint32_t>(llvm::bit_cast<float>(rest) * 0x1p120f);
  return llvm::bit_cast<float>(sign |
                               ((raw & 0x7fu) == 0x7fu ? 0x7fc00000u : bits));
}

template <>
ElementReader<int16_t> tasd::simulator::getReader(ElementType type) {
  if (type == ElementType::SI8)
    return read<int8_t, int16_t>;
  return type == ElementType::UI8 ? read<uint8_t, int16_t> : nullptr;
}

template <> ElementReader<float> tasd::simulator::getReader(ElementType type) {
  switch (type) {
  case ElementType::F32:
    return read<float, float>;
  case ElementType::F16:
    return readF16;
  case ElementType::BF16:
    return readBF16;
  case ElementType::F8E4M3FN:
    return readF8E4M3FN;
  default:
    return nullptr;
  }
}

bool tasd::simulator::isFloat(ElementType type) {
  return getReader<float>(type) != nullptr;
}
