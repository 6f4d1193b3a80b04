//===- NDArrayTest.cpp - Arrays in memory ---------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestArrays.h"

#include "gtest/gtest.h"

#include <cmath>
#include <limits>

using namespace tasd::evaluation;

static constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(NDArrayTest, DecodesF16) {
  NDArray array = makeArray<uint16_t>(
      DType::F16, {7},
      {0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0xfc00, 0x7e00});
  EXPECT_EQ(array.getElement(0), 1);
  EXPECT_EQ(array.getElement(1), -2);
  EXPECT_EQ(array.getElement(2), std::ldexp(1, -24));
  EXPECT_EQ(array.getElement(3), 65504);
  EXPECT_EQ(array.getElement(4), kInfinity);
  EXPECT_EQ(array.getElement(5), -kInfinity);
  EXPECT_TRUE(std::isnan(array.getElement(6)));
}

TEST(NDArrayTest, DecodesBF16AsTheUpperHalfOfF32) {
  for (float value : {1.0f, -3.5f, 1e-39f, 3e38f}) {
    uint32_t bits;
    std::memcpy(&bits, &value, sizeof(bits));
    bits &= 0xffff0000u;
    float truncated;
    std::memcpy(&truncated, &bits, sizeof(bits));
    NDArray array =
        makeArray<uint16_t>(DType::BF16, {1}, {uint16_t(bits >> 16)});
    EXPECT_EQ(array.getElement(0), truncated);
  }
}

TEST(NDArrayTest, DecodesF8E4M3FN) {
  NDArray array = makeArray<uint8_t>(
      DType::F8E4M3FN, {7}, {0x38, 0xb8, 0x01, 0x78, 0x7e, 0x7f, 0xfe});
  EXPECT_EQ(array.getElement(0), 1);
  EXPECT_EQ(array.getElement(1), -1);
  EXPECT_EQ(array.getElement(2), std::ldexp(1, -9));
  EXPECT_EQ(array.getElement(3), 256);
  EXPECT_EQ(array.getElement(4), 448);
  EXPECT_TRUE(std::isnan(array.getElement(5)));
  EXPECT_EQ(array.getElement(6), -448);
}

TEST(NDArrayTest, CountsElements) {
  EXPECT_EQ(getNumElements({}), 1);
  EXPECT_EQ(getNumElements({3, 4}), 12);
  EXPECT_EQ(getNumElements({3, 0, 4}), 0);
  EXPECT_EQ(getNumElements({-1}), std::nullopt);
  EXPECT_EQ(getNumElements({int64_t(1) << 62, 2}), std::nullopt);
  EXPECT_EQ(getNumElements({0, int64_t(1) << 62, 2}), std::nullopt);
}

TEST(NDArrayTest, CopiesAnyStrides) {
  const float source[] = {0, 1, 2, 3, 4, 5};
  NDArray array = NDArray::allocate(DType::F32, {3, 2});
  const char *data = reinterpret_cast<const char *>(source);
  copyFromStrided(data, {2, 1}, array);
  EXPECT_EQ(getElements(array), (std::vector<double>{0, 1, 2, 3, 4, 5}));
  copyFromStrided(data, {1, 3}, array);
  EXPECT_EQ(getElements(array), (std::vector<double>{0, 3, 1, 4, 2, 5}));
  copyFromStrided(data + 5 * sizeof(float), {-2, -1}, array);
  EXPECT_EQ(getElements(array), (std::vector<double>{5, 4, 3, 2, 1, 0}));
  copyFromStrided(data, {0, 0}, array);
  EXPECT_EQ(getElements(array), std::vector<double>(6, 0));
}

TEST(NDArrayTest, SlicesRows) {
  NDArray array = makeF32({3, 2}, {0, 1, 2, 3, 4, 5});
  EXPECT_EQ(getElements(array.getRows(1, 3)),
            (std::vector<double>{2, 3, 4, 5}));
  EXPECT_EQ(array.getRows(2, 2).getNumElements(), 0);
}

TEST(NDArrayTest, SaysWhatItIs) {
  EXPECT_EQ(makeF32({3, 2}, std::vector<float>(6)).getText(),
            "f32 of shape 3x2");
  EXPECT_EQ(NDArray::allocate(DType::Bool, {}).getText(), "bool of shape 0-d");
}
