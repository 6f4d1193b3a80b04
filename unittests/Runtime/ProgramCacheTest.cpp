//===- ProgramCacheTest.cpp - Programs that were read before --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestProgram.h"

#include "tasd/Machine/MachineFile.h"
#include "tasd/Runtime/ProgramCache.h"
#include "tasd/Simulator/ProgramFile.h"

#include "gtest/gtest.h"

#include <thread>

using namespace tasd;
using namespace tasd::runtime;
using simulator::Program;

namespace {
/// Programs on `tc` that differ in their names, which are equally long.
class ProgramCacheTest : public ::testing::Test {
protected:
  std::string getBytes(char name) const {
    Program program = test::getProgram(machine);
    program.name = name;
    return writeProgram(program);
  }

  machine::Machine machine = llvm::cantFail(machine::loadMachine("tc"));
};
} // namespace

static char getName(ProgramCache &cache, llvm::StringRef bytes) {
  return llvm::cantFail(cache.get(bytes))->name[0];
}

TEST_F(ProgramCacheTest, ReadsEqualBytesOnce) {
  ProgramCache cache(machine);
  std::string first = getBytes('a'), copy = first;
  EXPECT_EQ(getName(cache, first), 'a');
  first.clear();
  EXPECT_EQ(getName(cache, copy), 'a');
  EXPECT_EQ(cache.getNumReads(), 1u);
  EXPECT_EQ(getName(cache, getBytes('b')), 'b');
  EXPECT_EQ(cache.getNumReads(), 2u);
}

TEST_F(ProgramCacheTest, DropsWhatWasUsedTheLongestAgo) {
  ProgramCache cache(machine, 2 * getBytes('a').size());
  for (char name : {'a', 'b', 'a', 'c'})
    EXPECT_EQ(getName(cache, getBytes(name)), name);
  EXPECT_EQ(cache.getNumReads(), 3u);
  EXPECT_EQ(getName(cache, getBytes('a')), 'a');
  EXPECT_EQ(cache.getNumReads(), 3u);
  EXPECT_EQ(getName(cache, getBytes('b')), 'b');
  EXPECT_EQ(cache.getNumReads(), 4u);
}

TEST_F(ProgramCacheTest, ReadsWhatIsLargerThanTheCapacity) {
  ProgramCache cache(machine, 1);
  std::string bytes = getBytes('a');
  EXPECT_EQ(getName(cache, bytes), 'a');
  EXPECT_EQ(getName(cache, bytes), 'a');
  EXPECT_EQ(cache.getNumReads(), 2u);
}

TEST_F(ProgramCacheTest, KeepsNoErrors) {
  ProgramCache cache(machine);
  Program other = test::getProgram(machine);
  other.machineHash ^= 1;
  for (int turn : {0, 1}) {
    (void)turn;
    EXPECT_NE(llvm::toString(cache.get(writeProgram(other)).takeError()), "");
    EXPECT_NE(llvm::toString(cache.get("no program").takeError()), "");
  }
  EXPECT_EQ(cache.getNumReads(), 4u);
}

TEST_F(ProgramCacheTest, ThreadsShareReads) {
  ProgramCache cache(machine, 2 * getBytes('a').size());
  std::vector<std::thread> threads;
  for (int i = 0; i != 4; ++i)
    threads.emplace_back([&, i] {
      for (int turn = 0; turn != 50; ++turn) {
        char name = "abc"[(i + turn) % 3];
        EXPECT_EQ(getName(cache, getBytes(name)), name);
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_LE(cache.getNumReads(), 200u);
}
