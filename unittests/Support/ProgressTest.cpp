//===- ProgressTest.cpp - What a terminal is shown ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Support/Progress.h"

#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using tasd::Progress;

/// What a tool with three steps writes.
static std::string getOutput(bool isTerminal) {
  std::string text;
  llvm::raw_string_ostream os(text);
  {
    Progress progress(os, isTerminal);
    progress.show("compiling");
    progress.show("running", 0, 1);
    progress.show("running", 1, 3);
  }
  return text;
}

TEST(ProgressTest, RewritesOneLineOnATerminal) {
  EXPECT_EQ(getOutput(/*isTerminal=*/true), "\x1b[Kcompiling ...\r"
                                            "\x1b[Krunning ...\r"
                                            "\x1b[Krunning: 33 % ...\r"
                                            "\x1b[K");
}

TEST(ProgressTest, IsSilentInAPipe) {
  EXPECT_EQ(getOutput(/*isTerminal=*/false), "");
}
