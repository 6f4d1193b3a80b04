//===- SeriesListTest.cpp - The series that a machine runs ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/SeriesList.h"

#include "tasd/Machine/MachineFile.h"
#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::search;

using Texts = std::vector<std::string>;

static Texts list(const machine::Machine &machine, int64_t maxTerms = 0) {
  Texts texts;
  for (const sparsity::Series &series : listSeries(machine, maxTerms)) {
    texts.push_back(series.getText());
    EXPECT_FALSE(
        llvm::errorToBool(checkSeries(machine, machine::Operand::A, series)));
  }
  return texts;
}

static machine::Machine load(llvm::StringRef name) {
  return llvm::cantFail(machine::loadMachine(name));
}

/// A machine that runs sums of up to `maxTerms` of these patterns.
static machine::Machine makeMachine(std::vector<llvm::StringRef> patterns,
                                    int64_t maxTerms) {
  machine::Machine machine = load("ttc-vegeta-m8");
  auto registry = sparsity::PatternRegistry::createWithBuiltins();
  machine.a.patterns.clear();
  for (llvm::StringRef pattern : patterns)
    machine.a.patterns.push_back(
        llvm::cantFail(registry.parsePattern(pattern)));
  machine.series.maxTerms = maxTerms;
  return machine;
}

TEST(SeriesListTest, SumsThatNoPatternIs) {
  EXPECT_EQ(list(load("ttc-vegeta-m8")),
            Texts({"4:8", "2:8", "1:8", "4:8+2:8", "4:8+1:8", "2:8+1:8",
                   "4:8+2:8+1:8"}));
}

TEST(SeriesListTest, OneTermAlone) {
  EXPECT_EQ(list(load("stc-flexible")), Texts({"2:4", "2:6", "2:8"}));
  EXPECT_EQ(list(load("ttc-vegeta-m8"), 1), Texts({"4:8", "2:8", "1:8"}));
}

TEST(SeriesListTest, NoneOnADenseMachine) {
  EXPECT_EQ(list(load("tc")), Texts());
}

/// The machine's limit holds, whatever is asked for.
TEST(SeriesListTest, NoMoreTermsThanTheMachineRuns) {
  EXPECT_EQ(list(load("ttc-stc-m4"), 5), list(load("ttc-stc-m4")));
}

/// 1:4 + 1:4 keeps what 2:4 keeps, 2:4 + 2:4 everything.
TEST(SeriesListTest, FinestBlocksFirst) {
  EXPECT_EQ(
      list(makeMachine({"1:8", "1:4", "2:4"}, 2)),
      Texts({"2:4", "1:4", "1:8", "2:4+1:4", "2:4+1:8", "1:4+1:8", "1:8+1:8"}));
}

/// Blocks of 6 and of 64 elements do not divide each other.
TEST(SeriesListTest, BlocksOfAnyLength) {
  EXPECT_EQ(list(makeMachine({"8:64", "1:6"}, 2)),
            Texts({"1:6", "8:64", "1:6+1:6", "1:6+8:64", "8:64+8:64"}));
}
