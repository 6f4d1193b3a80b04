//===- TensorViewTest.cpp - Shapes and their checks -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rows and columns of blocked shapes, and every message of verify.
//
//===----------------------------------------------------------------------===//

#include "TestTensors.h"

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

TensorView getView(llvm::ArrayRef<int64_t> shape,
                   llvm::ArrayRef<int64_t> along) {
  static const float data = 1;
  return TensorView::contiguous(&data, ElementType::F32, shape, along);
}

TEST(TensorViewTest, RowsAndColumns) {
  BlockedShape shape{{2, 3, 5, 7}, {3, 1}};
  EXPECT_EQ(shape.getRowDims(), (llvm::SmallVector<int64_t, 4>{0, 2}));
  EXPECT_EQ(shape.getNumRows(), 10);
  EXPECT_EQ(shape.getNumColumns(), 21);
}

TEST(TensorViewTest, ContiguousStrides) {
  EXPECT_EQ(getView({2, 3, 5}, {2}).strides,
            (llvm::SmallVector<int64_t, 4>{15, 5, 1}));
}

TEST(TensorViewTest, VerifyAccepts) {
  EXPECT_EQ(getMessage(getView({2, 3}, {0, 1}).verify()), "");
  EXPECT_EQ(getMessage(getView({0, 1ll << 62, 1ll << 62}, {1}).verify()), "");
  TensorView empty = getView({0, 3}, {1});
  empty.data = nullptr;
  EXPECT_EQ(getMessage(empty.verify()), "");
}

TEST(TensorViewTest, VerifyRejects) {
  TensorView view = getView({2, 3}, {1});
  view.strides.pop_back();
  EXPECT_EQ(getMessage(view.verify()), "expected 2 strides but got 1");
  view = getView({2, 3}, {1});
  view.elementType = ElementType::SI64;
  EXPECT_EQ(getMessage(view.verify()), "expected no elements of type si64");
  EXPECT_EQ(getMessage(getView({2, -3}, {1}).verify()),
            "expected extent >= 0 but got -3 in dimension 1");
  EXPECT_EQ(getMessage(getView({2, 3}, {}).verify()),
            "expected at least one blocked dimension");
  EXPECT_EQ(getMessage(getView({2, 3}, {2}).verify()),
            "expected 0 <= blocked dimension < 2 but got 2");
  EXPECT_EQ(getMessage(getView({2, 3}, {-1}).verify()),
            "expected 0 <= blocked dimension < 2 but got -1");
  EXPECT_EQ(getMessage(getView({2, 3}, {1, 1}).verify()),
            "expected distinct blocked dimensions but got 1 twice");
  view = getView({2, 3}, {1});
  view.data = nullptr;
  EXPECT_EQ(getMessage(view.verify()), "expected data but got a null pointer");
  view.blocked.shape = {1ll << 62, 1ll << 62};
  EXPECT_EQ(getMessage(view.verify()), "expected fewer than 2^63 elements");
}

TEST(TensorViewTest, ElementTypes) {
  EXPECT_EQ(getByteWidth(ElementType::F64), 8);
  EXPECT_EQ(getByteWidth(ElementType::BF16), 2);
  EXPECT_EQ(getName(ElementType::F8E4M3FN), "f8E4M3FN");
}

} // namespace
