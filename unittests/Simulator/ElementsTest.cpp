//===- ElementsTest.cpp - Elements as the lanes see them ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Simulator/Elements.h"

#include "llvm/ADT/APFloat.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace tasd::simulator;
using tasd::sparsity::ElementType;

/// Every value of a narrow float is read as LLVM converts it.
static void expectReadAs(ElementType type,
                         const llvm::fltSemantics &semantics) {
  ElementReader<float> read = getReader<float>(type);
  ASSERT_NE(read, nullptr);
  unsigned width = 8 * getByteWidth(type);
  for (uint32_t bits = 0; bits >> width == 0; ++bits) {
    llvm::APFloat number(semantics, llvm::APInt(width, bits));
    bool lost;
    number.convert(llvm::APFloat::IEEEsingle(),
                   llvm::APFloat::rmNearestTiesToEven, &lost);
    float expected = number.convertToFloat();
    float value = read(reinterpret_cast<const char *>(&bits));
    if (std::isnan(expected)) {
      EXPECT_TRUE(std::isnan(value)) << bits;
      continue;
    }
    EXPECT_EQ(value, expected) << bits;
    EXPECT_EQ(std::signbit(value), std::signbit(expected)) << bits;
  }
}

TEST(Elements, AllOfNarrowFloats) {
  expectReadAs(ElementType::F8E4M3FN, llvm::APFloat::Float8E4M3FN());
  expectReadAs(ElementType::F16, llvm::APFloat::IEEEhalf());
  expectReadAs(ElementType::BF16, llvm::APFloat::BFloat());
}

TEST(Elements, NoOtherTypes) {
  EXPECT_EQ(getReader<float>(ElementType::SI8), nullptr);
  EXPECT_EQ(getReader<float>(ElementType::F64), nullptr);
  EXPECT_EQ(getReader<int16_t>(ElementType::SI32), nullptr);
}
