//===- WorkTextTest.cpp - The text of works -------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/WorkText.h"

#include "gtest/gtest.h"

using namespace tasd::cost;

TEST(WorkText, Gemm) {
  Work work;
  EXPECT_FALSE(static_cast<bool>(parseGemm("2,3,4", work)));
  EXPECT_EQ(work.extents, (Extents{2, 3, 4}));
}

TEST(WorkText, ErrorsSayWhatWasExpected) {
  Work work;
  auto gemm = [&](llvm::StringRef text) {
    return llvm::toString(parseGemm(text, work));
  };
  EXPECT_EQ(gemm("2,3"), "expected M,N,K but got '2,3'");
  EXPECT_EQ(gemm("2,x,3"),
            "expected a number from 1 to 2147483648 but got 'x'");
  EXPECT_EQ(gemm("2,0,3"),
            "expected a number from 1 to 2147483648 but got '0'");
  EXPECT_EQ(gemm("2,99999999999999999999,3"),
            "expected a number from 1 to 2147483648 but got "
            "'99999999999999999999'");
  auto convolution = [&](llvm::StringRef text) {
    return llvm::toString(parseConvolution(text, work));
  };
  EXPECT_EQ(convolution("1,2"),
            "expected N,H,W,C,F,KH,KW,STRIDE,PAD but got '1,2'");
  EXPECT_EQ(convolution("1,2,2,1,1,3,3,1,0"),
            "expected a kernel no larger than the padded input but got "
            "'1,2,2,1,1,3,3,1,0'");
  EXPECT_EQ(convolution("1,2,2,1,1,3,3,0,1"),
            "expected a number from 1 to 2147483648 but got '0'");
  EXPECT_EQ(llvm::toString(parseTypes("i8,i8", work)),
            "expected the types of A,B,Z but got 'i8,i8'");
  EXPECT_EQ(llvm::toString(parseTypes("i8,i8,q7", work)),
            "expected the name of an element type but got 'q7'");
}
