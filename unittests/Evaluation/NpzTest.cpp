//===- NpzTest.cpp - Archives and files of arrays -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestNumpy.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "gmock/gmock.h"

using namespace llvm;
using namespace tasd::evaluation;
using testing::HasSubstr;

TEST(NpzTest, RoundTripsArchives) {
  std::vector<NamedArray> arrays = makeNamedArrays();
  Expected<std::vector<NamedArray>> read = parseNpz(encodeArchive(arrays));
  ASSERT_TRUE(bool(read)) << toString(read.takeError());
  ASSERT_EQ(read->size(), arrays.size());
  for (size_t i = 0; i < arrays.size(); ++i) {
    EXPECT_EQ((*read)[i].name, arrays[i].name);
    expectSame((*read)[i].array, arrays[i].array);
  }
}

TEST(NpzTest, WritesTheSameBytesAgain) {
  std::vector<NamedArray> arrays = makeNamedArrays();
  EXPECT_EQ(encodeArchive(arrays), encodeArchive(arrays));
}

TEST(NpzTest, RoundTripsAnArchiveOfNothing) {
  Expected<std::vector<NamedArray>> read = parseNpz(encodeArchive({}));
  ASSERT_TRUE(bool(read)) << toString(read.takeError());
  EXPECT_TRUE(read->empty());
}

TEST(NpzTest, RefusesTwoArraysOfOneName) {
  std::vector<NamedArray> arrays = makeNamedArrays();
  arrays[1].name = arrays[0].name;
  Expected<std::vector<char>> bytes = encodeNpz(arrays);
  ASSERT_FALSE(bool(bytes));
  consumeError(bytes.takeError());
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

namespace {
/// A directory of its own for each test.
class NumpyFilesTest : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(sys::fs::createUniqueDirectory("tasd-numpy", directory));
  }
  void TearDown() override {
    EXPECT_FALSE(sys::fs::remove_directories(directory));
  }

  std::string getPath(StringRef name) {
    SmallString<128> path(directory);
    sys::path::append(path, name);
    return path.str().str();
  }
  size_t countFiles() {
    std::error_code code;
    size_t count = 0;
    for (sys::fs::directory_iterator it(directory, code), end; it != end;
         it.increment(code))
      ++count;
    return count;
  }

  SmallString<128> directory;
};
} // namespace

TEST_F(NumpyFilesTest, SortsArraysByNameAndNumber) {
  std::string path = getPath("x.npz");
  ASSERT_EQ(toString(writeArrays(path, makeNamedArrays())), "");
  Expected<std::vector<NamedArray>> read = readArrays(path);
  ASSERT_TRUE(bool(read)) << toString(read.takeError());
  std::vector<std::string> names;
  for (const NamedArray &named : *read)
    names.push_back(named.name);
  EXPECT_EQ(names, (std::vector<std::string>{"arg1", "arg2", "arg10", "bias"}));
}

TEST_F(NumpyFilesTest, ReplacesFilesAndLeavesNothingElse) {
  std::string path = getPath("x.npy");
  for (int64_t rows : {3, 2}) {
    std::vector<NamedArray> arrays;
    arrays.push_back({"", makeNumbered(DType::F32, {rows})});
    ASSERT_EQ(toString(writeArrays(path, arrays)), "");
    Expected<std::vector<NamedArray>> read = readArrays(path);
    ASSERT_TRUE(bool(read)) << toString(read.takeError());
    EXPECT_EQ(read->front().array.shape.front(), rows);
  }
  EXPECT_EQ(countFiles(), 1u);
}

TEST_F(NumpyFilesTest, NamesTheFileThatIsWrong) {
  std::string missing = getPath("missing.npy");
  Expected<std::vector<NamedArray>> read = readArrays(missing);
  ASSERT_FALSE(bool(read));
  EXPECT_THAT(toString(read.takeError()),
              HasSubstr("cannot read '" + missing + "': "));
  read = readArrays(directory);
  ASSERT_FALSE(bool(read));
  EXPECT_THAT(toString(read.takeError()), HasSubstr("expected a file"));
}

TEST_F(NumpyFilesTest, RefusesOutputsItCannotWrite) {
  std::vector<NamedArray> arrays;
  arrays.push_back({"", makeNumbered(DType::F32, {1})});
  EXPECT_THAT(toString(writeArrays(getPath("x.txt"), arrays)),
              HasSubstr("expected a name that ends in .npz or .npy"));
  EXPECT_THAT(toString(writeArrays(getPath("no/such/x.npy"), arrays)),
              HasSubstr("cannot write"));
  EXPECT_THAT(toString(writeArrays(getPath("x.npy"), makeNamedArrays())),
              HasSubstr("expected a name that ends in .npz for 4 arrays"));
  EXPECT_EQ(countFiles(), 0u);
}

TEST_F(NumpyFilesTest, ReportsAFullDisk) {
  if (!sys::fs::exists("/dev/full"))
    GTEST_SKIP() << "no /dev/full";
  std::string path = getPath("x.npy");
  ASSERT_FALSE(sys::fs::create_link("/dev/full", path));
  std::vector<NamedArray> arrays;
  arrays.push_back({"", makeNumbered(DType::F32, {1})});
  EXPECT_THAT(toString(writeArrays(path, arrays)), HasSubstr("cannot write"));
}
