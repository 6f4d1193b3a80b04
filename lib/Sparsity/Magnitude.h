//===- Magnitude.h - How large an element is --------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For each element type an unsigned key of the width of its bits that orders
// elements by magnitude: 0 for zeros (-0.0 too), infinity above every finite
// value, one value above it for all NaNs. Keys decode to |a| as double.
//
// Everything here has internal linkage: the header is compiled for several
// instruction sets, whose code the linker must not merge.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_MAGNITUDE_H
#define TASD_LIB_SPARSITY_MAGNITUDE_H

#include "tasd/Sparsity/ElementType.h"

#include "llvm/Support/Compiler.h"
#include "llvm/Support/ErrorHandling.h"

#include <cmath>
#include <cstdint>
#include <cstring>

namespace tasd::sparsity {
namespace {

/// An IEEE-like float of which `infinity` are the bits of +Inf. Types without
/// Inf pass their largest finite value, so that their one NaN comes next.
template <typename BitsT, BitsT infinity> struct FloatMagnitude {
  using Bits = BitsT;
  static Bits getKey(Bits bits) {
    constexpr Bits signMask = Bits(~Bits(0)) >> 1;
    Bits magnitude = bits & signMask;
    constexpr Bits canonicalNaN = infinity + 1;
    return magnitude < canonicalNaN ? magnitude : canonicalNaN;
  }
};

template <ElementType type> struct Magnitude;

template <>
struct Magnitude<ElementType::F64>
    : FloatMagnitude<uint64_t, 0x7ff0000000000000> {
  static double decode(uint64_t key) {
    double value;
    std::memcpy(&value, &key, sizeof(value));
    return value;
  }
};

template <>
struct Magnitude<ElementType::F32> : FloatMagnitude<uint32_t, 0x7f800000> {
  static double decode(uint32_t key) {
    float value;
    std::memcpy(&value, &key, sizeof(value));
    return value;
  }
};

template <>
struct Magnitude<ElementType::BF16> : FloatMagnitude<uint16_t, 0x7f80> {
  static double decode(uint16_t key) {
    return Magnitude<ElementType::F32>::decode(uint32_t(key) << 16);
  }
};

template <>
struct Magnitude<ElementType::F16> : FloatMagnitude<uint16_t, 0x7c00> {
  /// Moving exponent and fraction to their places in f32 scales by 2^-112, the
  /// difference of the biases, subnormals included.
  static double decode(uint16_t key) {
    uint32_t special = key >= 0x7c00 ? 0x7f800000u : 0u;
    uint32_t moved = uint32_t(key) << 13;
    return special ? Magnitude<ElementType::F32>::decode(special | moved)
                   : Magnitude<ElementType::F32>::decode(moved) * 0x1p112;
  }
};

template <>
struct Magnitude<ElementType::F8E4M3FN> : FloatMagnitude<uint8_t, 0x7e> {
  static double decode(uint8_t key) {
    uint32_t moved = uint32_t(key) << 20;
    return key == 0x7f ? Magnitude<ElementType::F32>::decode(0x7fc00000)
                       : Magnitude<ElementType::F32>::decode(moved) * 0x1p120;
  }
};

template <typename BitsT> struct UnsignedMagnitude {
  using Bits = BitsT;
  static Bits getKey(Bits bits) { return bits; }
  static double decode(Bits key) { return double(key); }
};

template <typename BitsT> struct SignedMagnitude {
  using Bits = BitsT;
  /// Negation in unsigned arithmetic: the smallest integer has its true size.
  static Bits getKey(Bits bits) {
    constexpr Bits signBit = Bits(~Bits(0)) ^ (Bits(~Bits(0)) >> 1);
    return bits & signBit ? Bits(Bits(0) - bits) : bits;
  }
  static double decode(Bits key) { return double(key); }
};

template <> struct Magnitude<ElementType::SI32> : SignedMagnitude<uint32_t> {};
template <>
struct Magnitude<ElementType::UI32> : UnsignedMagnitude<uint32_t> {};
template <> struct Magnitude<ElementType::SI8> : SignedMagnitude<uint8_t> {};
template <> struct Magnitude<ElementType::UI8> : UnsignedMagnitude<uint8_t> {};

/// Calls `fn(Magnitude<type>())`.
template <typename Fn> decltype(auto) withMagnitude(ElementType type, Fn &&fn) {
  switch (type) {
  case ElementType::F64:
    return fn(Magnitude<ElementType::F64>());
  case ElementType::F32:
    return fn(Magnitude<ElementType::F32>());
  case ElementType::F16:
    return fn(Magnitude<ElementType::F16>());
  case ElementType::BF16:
    return fn(Magnitude<ElementType::BF16>());
  case ElementType::F8E4M3FN:
    return fn(Magnitude<ElementType::F8E4M3FN>());
  case ElementType::SI32:
    return fn(Magnitude<ElementType::SI32>());
  case ElementType::UI32:
    return fn(Magnitude<ElementType::UI32>());
  case ElementType::SI8:
    return fn(Magnitude<ElementType::SI8>());
  case ElementType::UI8:
    return fn(Magnitude<ElementType::UI8>());
  case ElementType::SI64:
    break;
  }
  llvm_unreachable("expected the element type of a tensor");
}

} // namespace
} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_MAGNITUDE_H
