//===- DirectoryJournalTest.cpp - A journal loses nothing -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/QualitySearch.h"

#include "TestProblems.h"

#include "llvm/ADT/bit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ThreadPool.h"

#include <cmath>
#include <csignal>

#ifdef LLVM_ON_UNIX
#include <sys/wait.h>
#include <unistd.h>
#endif

using namespace tasd::search;
using namespace tasd::search::test;
using llvm::StringRef;
namespace sys = llvm::sys;

namespace {
class DirectoryJournalTest : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(sys::fs::createUniqueDirectory("tasd-journal", root));
    directory = (root + "/a/b").str();
  }
  void TearDown() override { EXPECT_FALSE(sys::fs::remove_directories(root)); }

  std::unique_ptr<DirectoryJournal> open(StringRef context = "model") {
    return llvm::cantFail(DirectoryJournal::open(
        directory, context,
        [this](const std::string &message) { warnings.push_back(message); }));
  }

  std::vector<std::string> getFiles() const {
    std::vector<std::string> paths;
    std::error_code code;
    for (sys::fs::directory_iterator it(directory, code), end; it != end;
         it.increment(code))
      paths.push_back(it->path());
    return paths;
  }

  static std::string read(StringRef path) {
    return (*llvm::MemoryBuffer::getFile(path))->getBuffer().str();
  }
  static void write(StringRef path, StringRef text) {
    std::error_code code;
    llvm::raw_fd_ostream(path, code) << text;
  }

  llvm::SmallString<128> root;
  std::string directory;
  std::vector<std::string> warnings;
};
} // namespace

TEST_F(DirectoryJournalTest, KeepsQualitiesBitForBit) {
  for (double quality : {0.1, -0.0, 1e-300, HUGE_VAL, std::nan("")}) {
    open()->record("key", quality);
    double found = *open()->lookup("key");
    EXPECT_EQ(llvm::bit_cast<uint64_t>(found),
              llvm::bit_cast<uint64_t>(quality));
  }
  EXPECT_TRUE(warnings.empty());
}

TEST_F(DirectoryJournalTest, TellsKeysAndContextsApart) {
  open("ab")->record("c", 1);
  EXPECT_EQ(open("ab")->lookup("c"), 1);
  EXPECT_EQ(open("ab")->lookup("d"), std::nullopt);
  EXPECT_EQ(open("a")->lookup("bc"), std::nullopt);
  EXPECT_TRUE(warnings.empty());
}

TEST_F(DirectoryJournalTest, PassesOverDamagedEntries) {
  open()->record("key", 0.5);
  std::string path = getFiles().front();
  std::string text = read(path);
  // Every truncation, and every byte changed.
  for (size_t i = 0; i < text.size(); ++i) {
    write(path, text.substr(0, i));
    EXPECT_EQ(open()->lookup("key"), std::nullopt);
    std::string changed = text;
    changed[i] ^= 1;
    write(path, changed);
    EXPECT_EQ(open()->lookup("key"), std::nullopt);
  }
  EXPECT_EQ(warnings.size(), 2 * text.size());
  EXPECT_EQ(warnings.front(), "expected an evaluation in '" + path +
                                  "' but got other content; it is computed "
                                  "again");
  // Then it is as new.
  open()->record("key", 0.25);
  EXPECT_EQ(open()->lookup("key"), 0.25);
}

TEST_F(DirectoryJournalTest, PassesOverEntriesOfOtherKeys) {
  open()->record("key", 0.5);
  std::string path = getFiles().front();
  open()->record("other", 0.25);
  for (const std::string &other : getFiles())
    if (other != path)
      ASSERT_FALSE(sys::fs::rename(path, other));
  EXPECT_EQ(open()->lookup("other"), std::nullopt);
  EXPECT_EQ(warnings.size(), 1u);
}

TEST_F(DirectoryJournalTest, WarnsWhereItCannotWrite) {
  std::unique_ptr<DirectoryJournal> journal = open();
  ASSERT_FALSE(sys::fs::remove_directories(directory));
  journal->record("key", 0.5);
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_NE(warnings[0].find("cannot write"), std::string::npos);
}

TEST_F(DirectoryJournalTest, ReportsADirectoryThatCannotBe) {
  write((root + "/a").str(), "");
  EXPECT_NE(getMessage(DirectoryJournal::open(directory, "", nullptr)), "");
}

TEST_F(DirectoryJournalTest, BearsWritersOnThreads) {
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(8));
  for (int writer = 0; writer < 8; ++writer)
    pool.async([this] {
      std::unique_ptr<DirectoryJournal> journal = open();
      for (int i = 0; i < 50; ++i)
        journal->record(std::to_string(i), i);
    });
  pool.wait();
  for (int i = 0; i < 50; ++i)
    EXPECT_EQ(open()->lookup(std::to_string(i)), i);
  EXPECT_EQ(getFiles().size(), 50u);
  EXPECT_TRUE(warnings.empty());
}

#ifdef LLVM_ON_UNIX
/// A search that evaluates slowly, and is killed.
TEST_F(DirectoryJournalTest, ResumesWhatWasKilled) {
  std::vector<std::vector<Candidate>> layers;
  for (int i = 0; i < 10; ++i)
    layers.push_back({makeCandidate("", 100 + i, 100, 0),
                      makeCandidate("2:4", 60 + i, 60, 0.1 * i + 0.01),
                      makeCandidate("1:4", 30 + i, 30, 0.3 * i + 0.02)});
  Problem problem = makeProblem(tasd::cost::Objective::Edp, layers);
  QualityOptions options;
  options.minQuality = 0.8;
  options.proposers = getProposers(*llvm::cantFail(getStrategy("optimal")),
                                   ErrorModel::OutputError);
  int numRun = 0, killAfter = -1;
  auto evaluate = [&](const Choice &choice) -> llvm::Expected<double> {
    if (numRun++ == killAfter)
      ::kill(::getpid(), SIGKILL);
    return 1 - problem.getTotals(choice).error.toDouble() / 10;
  };
  auto run = [&](Journal *journal) {
    numRun = 0;
    Evaluator evaluator(problem, evaluate, 50, journal);
    return llvm::cantFail(searchQuality(problem, options, evaluator));
  };
  QualityResult expected = run(nullptr);
  int numAll = numRun;
  ASSERT_GT(numAll, 9);
  for (killAfter = 2; killAfter < 8; killAfter += 5) {
    pid_t child = ::fork();
    if (child == 0) {
      run(open().get());
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  }
  killAfter = -1;
  QualityResult resumed = run(open().get());
  // Two evaluations of the first run, seven of the second, are not repeated.
  EXPECT_EQ(numRun, numAll - 9);
  EXPECT_EQ(resumed.best, expected.best);
  ASSERT_EQ(resumed.evaluated.size(), expected.evaluated.size());
  for (size_t i = 0; i < resumed.evaluated.size(); ++i)
    EXPECT_EQ(resumed.evaluated[i].quality, expected.evaluated[i].quality);
}
#endif
