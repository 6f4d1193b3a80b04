//===- DigestTest.cpp - Digests of texts ----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Support/Digest.h"

#include <gtest/gtest.h>

TEST(DigestTest, IsThatOfTheStandard) {
  EXPECT_EQ(tasd::getDigest("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a"
            "9cb410ff61f20015ad");
}
