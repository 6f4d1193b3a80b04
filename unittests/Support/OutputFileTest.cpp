//===- OutputFileTest.cpp - Files appear whole or not at all --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Support/OutputFile.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

#include <csignal>
#include <string>
#include <vector>

#ifdef LLVM_ON_UNIX
#include <sys/resource.h>
#endif

using namespace llvm;
using tasd::OutputFile;
using tasd::writeOutputFile;

namespace {
/// Writes to a file in a directory of its own, in which "old" stands.
class OutputFileTest : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(sys::fs::createUniqueDirectory("tasd-output", directory));
    path = (directory + "/output").str();
    write(path, "old");
  }
  void TearDown() override { sys::fs::remove_directories(directory); }

  static void write(StringRef path, StringRef text) {
    cantFail(writeOutputFile(path, [&](raw_ostream &os) { os << text; }));
  }
  std::string read() const {
    return (*MemoryBuffer::getFile(path))->getBuffer().str();
  }
  std::vector<std::string> listDirectory() const {
    std::vector<std::string> names;
    std::error_code code;
    for (sys::fs::directory_iterator it(directory, code), end; it != end;
         it.increment(code))
      names.push_back(sys::path::filename(it->path()).str());
    return names;
  }
  /// Nothing was written, nor is left beside the file.
  void expectUntouched() const {
    EXPECT_EQ(read(), "old");
    EXPECT_EQ(listDirectory(), std::vector<std::string>{"output"});
  }

  SmallString<128> directory;
  std::string path;
};
} // namespace

TEST_F(OutputFileTest, ReplacesWhenKept) {
  Expected<OutputFile> file =
      OutputFile::create(path, [](raw_ostream &os) { os << "new"; });
  ASSERT_TRUE(static_cast<bool>(file));
  EXPECT_EQ(read(), "old");
  cantFail(file->keep());
  EXPECT_EQ(read(), "new");
  EXPECT_EQ(listDirectory().size(), 1u);
}

TEST_F(OutputFileTest, WritesWhereALinkLeads) {
  std::string link = (directory + "/link").str();
  ASSERT_FALSE(sys::fs::create_link(path, link));
  write(link, "new");
  EXPECT_EQ(read(), "new");
  EXPECT_TRUE(sys::fs::is_symlink_file(link));
}

TEST_F(OutputFileTest, TellsOutputsThatReplaceEachOther) {
  auto verify = [](StringRef first, StringRef second) {
    return toString(tasd::verifyDifferent({{"-o", first}, {"--json", second}}));
  };
  std::string other = (directory + "/other").str();
  std::string dotted = (directory + "/./output").str();
  std::string link = (directory + "/link").str();
  ASSERT_FALSE(sys::fs::create_link(path, link));
  EXPECT_EQ(verify(path, other), "");
  EXPECT_EQ(verify("", ""), "");
  EXPECT_EQ(verify("-", path), "");
  EXPECT_EQ(verify("/dev/null", "/dev/null"), "");
  EXPECT_EQ(verify("-", "-"), "expected different outputs for -o and --json "
                              "but got '-' for both");
  for (const std::string &same : {path, dotted, link})
    EXPECT_EQ(verify(path, same), "expected different outputs for -o and "
                                  "--json but got '" +
                                      same + "' for both");
}

TEST_F(OutputFileTest, LeavesNothingUnlessKept) {
  cantFail(OutputFile::create(path, [](raw_ostream &os) {
             os << "new";
           }).takeError());
  expectUntouched();
}

#ifdef LLVM_ON_UNIX
TEST_F(OutputFileTest, ReportsAFileThatIsTooLarge) {
  rlimit previous;
  ::getrlimit(RLIMIT_FSIZE, &previous);
  rlimit limit = {/*rlim_cur=*/1000, previous.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &limit);
  Error error = writeOutputFile(
      path, [](raw_ostream &os) { os << std::string(100000, 'x'); });
  ::setrlimit(RLIMIT_FSIZE, &previous);
  EXPECT_EQ(toString(std::move(error)),
            "cannot write '" + path + "': File too large");
  expectUntouched();
}

TEST_F(OutputFileTest, LeavesNothingWhenInterrupted) {
  auto interrupt = [&] {
    cantFail(writeOutputFile(path, [](raw_ostream &os) {
      os << std::string(100000, 'x');
      std::raise(SIGTERM);
    }));
  };
  EXPECT_EXIT(interrupt(), testing::KilledBySignal(SIGTERM), "");
  expectUntouched();
}
#endif
