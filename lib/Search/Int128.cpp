//===- Int128.cpp - Exact integers of 128 bits ----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Products of two such integers take 256 bits.
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Int128.h"

#include "llvm/ADT/APInt.h"
#include "llvm/ADT/ArrayRef.h"

#include <utility>

using namespace tasd::search;
using llvm::APInt;

static APInt widen(Int128 value) {
  uint64_t words[] = {static_cast<uint64_t>(value),
                      static_cast<uint64_t>(value >> 64)};
  return APInt(256, llvm::ArrayRef(words));
}

static Int128 narrow(const APInt &value) {
  if (value.getActiveBits() > 127)
    return kInt128Max;
  return (Int128(value.extractBitsAsZExtValue(64, 64)) << 64) |
         value.extractBitsAsZExtValue(64, 0);
}

int tasd::search::countBits(Int128 value) {
  return static_cast<int>(widen(value).getActiveBits());
}

Int128 tasd::search::getGcd(Int128 a, Int128 b) {
  while (b != 0)
    a = std::exchange(b, a % b);
  return a;
}

Int128 tasd::search::divideProductCeil(Int128 a, Int128 b, Int128 divisor) {
  APInt product = widen(a) * widen(b);
  APInt quotient, remainder;
  APInt::udivrem(product, widen(divisor), quotient, remainder);
  return narrow(remainder.isZero() ? quotient : quotient + 1);
}
