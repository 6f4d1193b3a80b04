//===- CommandLineTest.cpp - Command lines as text ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Support/CommandLine.h"

#include "gtest/gtest.h"

using tasd::formatCommandLine;

TEST(CommandLine, quotesWhatAShellWouldReadOtherwise) {
  const char *arguments[] = {
      "bin/tasder", "--metric=top1", "a b", "it's", "$HOME", "", "1:8,2:8"};
  EXPECT_EQ(formatCommandLine(7, arguments),
            R"(bin/tasder --metric=top1 'a b' 'it'\''s' '$HOME' '' 1:8,2:8)");
}

TEST(CommandLine, ofNothingIsEmpty) {
  EXPECT_EQ(formatCommandLine(0, nullptr), "");
}
