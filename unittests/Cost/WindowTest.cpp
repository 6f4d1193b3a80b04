//===- WindowTest.cpp - What windows touch of an image --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/WorkText.h"

#include "gtest/gtest.h"

#include <set>

using namespace tasd::cost;

TEST(Convolution, NeighbouringWindowsSharePixels) {
  Work work;
  llvm::cantFail(parseConvolution("1,56,56,64,128,3,3,1,1", work));
  EXPECT_EQ(work.extents, (Extents{128, 3136, 576}));
  // Everything: each pixel once, and no padding.
  EXPECT_EQ(countElements(work, Operand::B, {1, 3136, 576}), 64. * 56 * 56);
  // Two rows of pixels, and all taps.
  EXPECT_EQ(countElements(work, Operand::B, {1, 112, 576}), 64. * 4 * 56);
  // Two rows of pixels, and one tap of all channels.
  EXPECT_EQ(countElements(work, Operand::B, {1, 112, 64}), 64. * 2 * 56);
  EXPECT_EQ(countElements(work, Operand::B, {1, 1, 576}), 576);
}

TEST(Convolution, StridesBeyondTheKernelShareNothing) {
  Work work;
  llvm::cantFail(parseConvolution("2,8,8,4,8,1,1,2,0", work));
  EXPECT_EQ(work.extents, (Extents{8, 32, 4}));
  EXPECT_EQ(countElements(work, Operand::B, {1, 32, 4}), 32. * 4);
}

TEST(Convolution, TheImageMayBeTheFirstInput) {
  Work work;
  llvm::cantFail(parseConvolution("1,56,56,64,128,3,3,1,1", work));
  work.window->image = Operand::A;
  EXPECT_EQ(getProduct(*work.window, 1, 128), (Extents{3136, 128, 576}));
  for (int64_t pixels : {1, 56, 112, 3136})
    for (int64_t k : {64, 192, 576}) {
      Work turned = work;
      turned.window->image = Operand::B;
      EXPECT_EQ(countElements(work, Operand::A, {pixels, 1, k}),
                countElements(turned, Operand::B, {1, pixels, k}));
      EXPECT_EQ(countElements(work, Operand::B, {pixels, 8, k}), 8. * k);
    }
}

/// The elements that windows of all taps touch, one by one.
static int64_t countByHand(const WindowDim &dim) {
  std::set<int64_t> touched;
  for (int64_t output = 0; output != dim.output; ++output)
    for (int64_t tap = 0; tap != dim.kernel; ++tap)
      touched.insert(output * dim.stride + tap * dim.dilation);
  return touched.size();
}

TEST(Convolution, StridesAndDilationsInAnyNumberOfDimensions) {
  int64_t input = 100;
  for (int64_t stride : {1, 2, 3, 4})
    for (int64_t dilation : {1, 2, 3, 6})
      for (int64_t kernel : {1, 2, 3, 5}) {
        WindowDim dim{input, 7, kernel, stride, dilation};
        Work line;
        line.window = Window{2, {dim}};
        line.extents = getProduct(*line.window, 3, 8);
        EXPECT_EQ(line.extents, (Extents{8, 21, 2 * kernel}));
        double count = countByHand(dim);
        EXPECT_EQ(countElements(line, Operand::B, line.extents), 6 * count);
        Work volume;
        volume.window = Window{2, {dim, WindowDim{4, 4, 1}, dim}};
        volume.extents = getProduct(*volume.window, 1, 8);
        EXPECT_EQ(countElements(volume, Operand::B, volume.extents),
                  2 * 4 * count * count);
      }
}
