//===- ProgramFileTest.cpp - Programs as bytes, and back ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DrawnLayers.h"
#include "ProgramFor.h"

#include "tasd/Simulator/ProgramFile.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::simulator;
using namespace tasd::simulator::test;

static std::string getBytes() {
  std::mt19937 random(1);
  DrawnLayer layer = drawLayer(random, {3, 16, 0, 1e6});
  return writeProgram(getProgramFor(layer.work, layer.mapping, layer.machine));
}

/// The error of reading; "" if there is none.
static std::string getError(llvm::StringRef bytes) {
  return llvm::toString(readProgram(bytes).takeError());
}

TEST(ProgramFile, ReadsWhatItWrites) {
  std::mt19937 random(1);
  for (int i = 0; i != 200; ++i) {
    DrawnLayer layer = drawLayer(random, {});
    std::string bytes =
        writeProgram(getProgramFor(layer.work, layer.mapping, layer.machine));
    Program program = llvm::cantFail(readProgram(bytes));
    EXPECT_EQ(writeProgram(program), bytes);
  }
}

TEST(ProgramFile, WantsTheMagic) {
  EXPECT_EQ(getError("TASD-TT"), "offset 0: expected a program of ttc");
  EXPECT_EQ(getError(""), "offset 0: expected a program of ttc");
}

TEST(ProgramFile, WantsItsVersion) {
  std::string bytes = getBytes();
  bytes[8] = 7;
  EXPECT_EQ(getError(bytes), "offset 8: expected version 2 but got 7");
}

TEST(ProgramFile, WantsAllOfIt) {
  std::string bytes = getBytes();
  size_t size = bytes.size() - 28;
  bytes.pop_back();
  EXPECT_EQ(getError(bytes), "offset 12: expected " + std::to_string(size) +
                                 " bytes behind the header but got " +
                                 std::to_string(size - 1));
}

TEST(ProgramFile, WantsTheChecksum) {
  std::string bytes = getBytes();
  bytes.back() ^= 1;
  EXPECT_EQ(getError(bytes),
            "offset 20: expected the checksum of what follows");
}
