//===- MappingTest.cpp - The text of mappings, and what is checked --------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReferenceRuns.h"

#include "llvm/ADT/StringExtras.h"

#include "gtest/gtest.h"

using namespace tasd::cost;
using namespace tasd::cost::test;

static constexpr char kText[] =
    "DRAM: for N in [0:8)\n"
    "SMEM keep a,b: for M in [0:2) / for M in [0:4) (Spatial-Y)\n"
    "RF: for K in [0:36) / for M in [0:16) (Spatial-Y) / for K in [0:32) "
    "(Spatial-X)\n"
    "LRF: for N in [0:128)\n";

static std::string print(const Mapping &mapping) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printMapping(mapping, os);
  return text;
}

static std::string getParseError(llvm::StringRef text) {
  auto mapping = parseMapping(text, "m.map");
  return mapping ? "" : llvm::toString(mapping.takeError());
}

TEST(Mapping, RoundTrips) {
  Mapping mapping = llvm::cantFail(parseMapping(kText, "m.map"));
  EXPECT_EQ(print(mapping), kText);
  EXPECT_EQ(mapping.getExtents(), (Extents{128, 1024, 1152}));
  EXPECT_EQ(mapping.getTile(2), (Extents{16, 128, 1152}));
}

TEST(Mapping, EmptyLevelsCommentsAndBlanksAreRead) {
  Mapping mapping = llvm::cantFail(parseMapping(
      "# outermost\n\nDRAM:\r\n  SMEM keep none :for N in[0:2)# two\n",
      "m.map"));
  EXPECT_EQ(print(mapping), "DRAM:\nSMEM keep none: for N in [0:2)\n");
}

TEST(Mapping, ParseErrorsNameThePlace) {
  EXPECT_EQ(getParseError(""), "m.map: expected a line for each level");
  EXPECT_EQ(getParseError("DRAM: for Q in [0:2)"),
            "m.map:1:11: expected dimension M, N or K but got 'Q'");
  EXPECT_EQ(getParseError("DRAM:\nRF: for M in [0:0)"),
            "m.map:2:17: expected a bound from 1 to 2147483648 but got '0'");
  EXPECT_EQ(getParseError("DRAM for M in [0:2)"),
            "m.map:1:6: expected ':' but got 'for'");
  EXPECT_EQ(getParseError("DRAM: for M in [0:2) for"),
            "m.map:1:22: expected '/' or the end of the line but got 'for'");
  EXPECT_EQ(getParseError("DRAM: for M in [0:2) /"),
            "m.map:1:23: expected 'for' but got the end of the line");
  EXPECT_EQ(getParseError("DRAM: for M in [0:2) (Spatial-Z)"),
            "m.map:1:23: expected 'Spatial-X' or 'Spatial-Y' but got "
            "'Spatial-Z'");
  EXPECT_EQ(getParseError("DRAM keep q:"),
            "m.map:1:11: expected operand a, b or z, or none but got 'q'");
  EXPECT_EQ(getParseError("DRAM keep a,a:"),
            "m.map:1:13: expected each operand once but got 'a'");
  EXPECT_EQ(getParseError("DRAM: for M in [0:2147483648) / for M in [0:2)"),
            "m.map:1:33: expected the loops over M to multiply to at most "
            "2147483648");
}

TEST(Mapping, AnyCutAndAnyChangedByteGetsAnErrorOrAMapping) {
  llvm::StringRef text = kText;
  for (size_t length = 0; length != text.size(); ++length)
    llvm::consumeError(parseMapping(text.take_front(length), "m").takeError());
  for (size_t place = 0; place != text.size(); ++place)
    for (char byte : {'\0', '\n', '(', '9', '\xff'}) {
      std::string changed = text.str();
      changed[place] = byte;
      llvm::consumeError(parseMapping(changed, "m").takeError());
    }
}

/// The error of 2:4 on the stc preset with the loops of one level replaced.
static std::string getVerifyError(size_t level, llvm::StringRef line,
                                  llvm::StringRef machine = "stc") {
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(kText).trim().split(lines, '\n');
  lines[level] = line;
  Work work;
  work.extents = {128, 1024, 1152};
  if (machine != "tc")
    work.a.series = getSeries("2:4");
  Mapping mapping =
      llvm::cantFail(parseMapping(llvm::join(lines, "\n"), "m.map"));
  return llvm::toString(verifyMapping(work, mapping, getPreset(machine)));
}

TEST(VerifyMapping, TakesTheReference) {
  EXPECT_EQ(getVerifyError(0, "DRAM: for N in [0:8)"), "");
}

TEST(VerifyMapping, ErrorsNameThePlace) {
  EXPECT_EQ(getVerifyError(0, "DDR: for N in [0:8)"),
            "m.map:1:1: expected level DRAM of machine stc but got DDR");
  EXPECT_EQ(getVerifyError(0, "DRAM: for N in [0:7)"),
            "m.map: expected the loops over N to cover 1024 but got 896");
  EXPECT_EQ(getVerifyError(1, "SMEM: for M in [0:8) (Spatial-Y)"),
            "m.map:2:7: expected at most 4 instances along M inside SMEM but "
            "got 8");
  EXPECT_EQ(getVerifyError(1, "SMEM keep a,b,z: for M in [0:8)"),
            "m.map:2:1: SMEM cannot keep operand z");
  EXPECT_EQ(getVerifyError(2, "RF keep none: for K in [0:1152) / for M in "
                              "[0:16)"),
            "m.map:3:1: expected RF to keep operand z");
  EXPECT_EQ(getVerifyError(3, "LRF: for N in [0:256)"),
            "m.map:2:1: expected tiles of at most 262144 words in SMEM but got "
            "368640");
  EXPECT_EQ(getVerifyError(3, "LRF: for N in [0:128) / for M in [0:2)"),
            "m.map:2:1: expected tiles of at most 262144 words in SMEM but got "
            "294912");
  EXPECT_EQ(getVerifyError(2, "RF: for K in [0:36) / for M in [0:16) / for K "
                              "in [0:32) (Spatial-X)"),
            "");
}

TEST(VerifyMapping, BlocksAreNotCutOutsideTheAccumulators) {
  Work work;
  work.extents = {1, 1, 12};
  work.a.series = getSeries("2:4");
  auto verify = [&](llvm::StringRef text) {
    Mapping mapping = llvm::cantFail(parseMapping(text, "m.map"));
    return llvm::toString(verifyMapping(work, mapping, getPreset("stc")));
  };
  EXPECT_EQ(verify("DRAM: for K in [0:3)\nSMEM:\nRF: for K in [0:4)\nLRF:"),
            "");
  EXPECT_EQ(verify("DRAM:\nSMEM: for K in [0:2)\nRF: for K in [0:6)\nLRF:"),
            "m.map:3:1: expected whole blocks of 4 along K inside RF but got 6 "
            "places");
}

TEST(VerifyMapping, DensePlacesTakeALaneEach) {
  EXPECT_EQ(getVerifyError(0, "DRAM: for N in [0:8)", "tc"),
            "m.map:3:53: expected at most 16 instances along K inside RF but "
            "got 32");
}

TEST(VerifyMapping, PatternsAreTheMachines) {
  Work work;
  work.extents = {128, 1024, 1152};
  work.a.series = getSeries("1:8");
  Mapping mapping = llvm::cantFail(parseMapping(kText, "m.map"));
  EXPECT_NE(llvm::toString(verifyMapping(work, mapping, getPreset("stc"))), "");
}
