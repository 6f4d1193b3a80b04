//===- NumpyIOTest.cpp - NumPy's files ------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/NumpyIO.h"
#include "TestArrays.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <random>

using namespace llvm;
using namespace tasd::evaluation;
using testing::HasSubstr;

/// An .npy file of version 1.0 with the given header and data.
static std::string makeNpy(StringRef dictionary, StringRef data) {
  std::string header = (dictionary + "\n").str();
  char length[] = {char(header.size() & 0xff), char(header.size() >> 8)};
  return (StringRef("\x93NUMPY\x01\0", 8) + StringRef(length, 2) + header +
          data)
      .str();
}

static std::string makeHeader(StringRef descr, StringRef shape,
                              StringRef fortranOrder = "False") {
  return ("{'descr': '" + descr + "', 'fortran_order': " + fortranOrder +
          ", 'shape': " + shape + ", }")
      .str();
}

static std::string encode(const NDArray &array) {
  std::string bytes;
  raw_string_ostream os(bytes);
  writeNpy(os, array);
  return bytes;
}

static void expectSame(const NDArray &a, const NDArray &b) {
  EXPECT_EQ(a.dtype, b.dtype);
  EXPECT_EQ(a.shape, b.shape);
  EXPECT_EQ(a.bytes, b.bytes);
}

static void expectFailure(StringRef bytes, StringRef message) {
  Expected<NDArray> array = parseNpy(bytes);
  ASSERT_FALSE(bool(array));
  EXPECT_THAT(toString(array.takeError()), HasSubstr(message.str()));
}

/// An array of small numbers that are valid for every type.
static NDArray makeNumbered(DType dtype, ArrayRef<int64_t> shape) {
  NDArray array = NDArray::allocate(dtype, shape);
  for (size_t i = 0; i < array.bytes.size(); ++i)
    array.bytes[i] = dtype == DType::Bool ? i % 2 : char(i * 37 + 1);
  return array;
}

static constexpr DType kAllDTypes[] = {
    DType::F64,  DType::F32,  DType::F16,  DType::BF16, DType::F8E4M3FN,
    DType::SI64, DType::SI32, DType::SI16, DType::SI8,  DType::UI64,
    DType::UI32, DType::UI16, DType::UI8,  DType::Bool};

TEST(NumpyIOTest, RoundTripsEveryTypeAndRank) {
  const SmallVector<int64_t> shapes[] = {
      {}, {0}, {7}, {2, 3}, {2, 0, 3}, {1, 1, 1, 1}, {3, 1, 4, 1, 5}};
  for (DType dtype : kAllDTypes)
    for (ArrayRef<int64_t> shape : shapes) {
      NDArray array = makeNumbered(dtype, shape);
      std::string bytes = encode(array);
      Expected<NDArray> read = parseNpy(bytes);
      ASSERT_TRUE(bool(read)) << toString(read.takeError());
      expectSame(*read, array);
      size_t header = bytes.size() - array.bytes.size();
      EXPECT_EQ(header % 64, 0u);
    }
}

TEST(NumpyIOTest, ReadsLongHeaders) {
  NDArray array = makeNumbered(DType::F32, SmallVector<int64_t>(60, 1));
  std::string bytes = encode(array);
  EXPECT_GT(static_cast<uint8_t>(bytes[8]), 0x7f);
  Expected<NDArray> read = parseNpy(bytes);
  ASSERT_TRUE(bool(read)) << toString(read.takeError());
  expectSame(*read, array);
}

TEST(NumpyIOTest, ReadsKeysInAnyOrderAndPython2Shapes) {
  std::string data(6 * sizeof(float), '\0');
  Expected<NDArray> array = parseNpy(
      makeNpy("{\"shape\":(2L,3L),'fortran_order':False,'descr':'<f4'}", data));
  ASSERT_TRUE(bool(array)) << toString(array.takeError());
  EXPECT_EQ(array->shape, (SmallVector<int64_t, 4>{2, 3}));
}

TEST(NumpyIOTest, ReadsVersion2And3) {
  std::string header = makeHeader("|u1", "(1,)") + "\n";
  for (char version : {2, 3}) {
    char length[] = {char(header.size()), 0, 0, 0};
    std::string bytes =
        (StringRef("\x93NUMPY", 6) + StringRef(&version, 1) +
         StringRef("\0", 1) + StringRef(length, 4) + header + "\x05")
            .str();
    Expected<NDArray> array = parseNpy(bytes);
    ASSERT_TRUE(bool(array)) << toString(array.takeError());
    EXPECT_EQ(array->getElement(0), 5);
  }
}

TEST(NumpyIOTest, ConvertsFortranOrder) {
  std::string bytes = makeNpy(makeHeader("|u1", "(2, 3)", "True"),
                              StringRef("\0\3\1\4\2\5", 6));
  Expected<NDArray> array = parseNpy(bytes);
  ASSERT_TRUE(bool(array)) << toString(array.takeError());
  EXPECT_EQ(getElements(*array), (std::vector<double>{0, 1, 2, 3, 4, 5}));
}

TEST(NumpyIOTest, ConvertsBigEndian) {
  Expected<NDArray> array = parseNpy(makeNpy(
      makeHeader(">i4", "(2,)"), StringRef("\0\0\1\2\xff\xff\xff\xff", 8)));
  ASSERT_TRUE(bool(array)) << toString(array.takeError());
  EXPECT_EQ(getElements(*array), (std::vector<double>{258, -1}));
}

TEST(NumpyIOTest, NormalisesBool) {
  Expected<NDArray> array =
      parseNpy(makeNpy(makeHeader("|b1", "(3,)"), StringRef("\0\1\7", 3)));
  ASSERT_TRUE(bool(array)) << toString(array.takeError());
  EXPECT_EQ(array->bytes, (std::vector<char>{0, 1, 1}));
}

TEST(NumpyIOTest, RefusesWhatIsNoArrayOfNumbers) {
  expectFailure("", "expected the format of NumPy's .npy files");
  expectFailure("hello, world", "expected the format of NumPy's .npy files");
  expectFailure(makeNpy(makeHeader("|O", "(1,)"), "x"),
                "expected numbers but got pickled objects");
  expectFailure(makeNpy(makeHeader("<c8", "(1,)"), "x"), "but got '<c8'");
  expectFailure(makeNpy(makeHeader("<U3", "(1,)"), "x"), "but got '<U3'");
  expectFailure(makeNpy("{'descr': [('a', '<f4')], 'fortran_order': False, "
                        "'shape': (1,), }",
                        "xxxx"),
                "structured element type");
}

TEST(NumpyIOTest, RefusesBrokenHeaders) {
  expectFailure(StringRef("\x93NUMPY\x09\0", 8),
                "expected version 1, 2 or 3 of the .npy format but got 9");
  expectFailure(StringRef("\x93NUMPY\x01\0\x40", 9), "the file ends");
  expectFailure(StringRef("\x93NUMPY\x01\0\x40\0{", 11),
                "expected a header of 64 bytes but the file ends after 1");
  expectFailure(makeNpy("{'descr': '<f4', 'shape': (1,), }", "xxxx"),
                "expected the keys descr, fortran_order and shape");
  expectFailure(makeNpy(makeHeader("<f4", "(-1,)"), "xxxx"),
                "expected an extent");
  expectFailure(makeNpy(makeHeader("<f4", "(1 2)"), "xxxx"), "expected ')'");
  expectFailure(makeNpy(makeHeader("<f4", "(99999999999999999999,)"), "xxxx"),
                "expected an extent of 63 bits");
}

TEST(NumpyIOTest, RefusesSizesThatTheFileDoesNotHave) {
  expectFailure(makeNpy(makeHeader("<f4", "(3,)"), "xxxx"),
                "expected 12 bytes of data for shape 3 of f32 but got 4");
  expectFailure(makeNpy(makeHeader("<f4", "(1,)"), "xxxxx"),
                "expected 4 bytes of data for shape 1 of f32 but got 5");
  expectFailure(makeNpy(makeHeader("<f8", "(1000000000000,)"), "xxxx"),
                "expected 8000000000000 bytes of data");
  expectFailure(makeNpy(makeHeader("<f8", "(4611686018427387904, 4)"), "xxxx"),
                "expected a size of 63 bits");
  expectFailure(makeNpy(makeHeader("<f8", "(2305843009213693952,)"), "xxxx"),
                "expected a size of 63 bits");
}

//===----------------------------------------------------------------------===//
// Archives
//===----------------------------------------------------------------------===//

static std::vector<NamedArray> makeNamedArrays() {
  std::vector<NamedArray> arrays;
  arrays.push_back({"arg10", makeNumbered(DType::F32, {2, 3})});
  arrays.push_back({"arg2", makeNumbered(DType::SI8, {})});
  arrays.push_back({"bias", makeNumbered(DType::F16, {0, 5})});
  arrays.push_back({"arg1", makeNumbered(DType::Bool, {4})});
  return arrays;
}

static std::string encodeArchive(ArrayRef<NamedArray> arrays) {
  Expected<std::vector<char>> bytes = encodeNpz(arrays);
  if (!bytes)
    report_fatal_error(bytes.takeError());
  return std::string(bytes->begin(), bytes->end());
}

TEST(NumpyIOTest, RoundTripsArchives) {
  std::vector<NamedArray> arrays = makeNamedArrays();
  Expected<std::vector<NamedArray>> read = parseNpz(encodeArchive(arrays));
  ASSERT_TRUE(bool(read)) << toString(read.takeError());
  ASSERT_EQ(read->size(), arrays.size());
  for (size_t i = 0; i < arrays.size(); ++i) {
    EXPECT_EQ((*read)[i].name, arrays[i].name);
    expectSame((*read)[i].array, arrays[i].array);
  }
}

TEST(NumpyIOTest, WritesTheSameBytesAgain) {
  std::vector<NamedArray> arrays = makeNamedArrays();
  EXPECT_EQ(encodeArchive(arrays), encodeArchive(arrays));
}

TEST(NumpyIOTest, RoundTripsAnArchiveOfNothing) {
  Expected<std::vector<NamedArray>> read = parseNpz(encodeArchive({}));
  ASSERT_TRUE(bool(read)) << toString(read.takeError());
  EXPECT_TRUE(read->empty());
}

TEST(NumpyIOTest, RefusesTwoArraysOfOneName) {
  std::vector<NamedArray> arrays = makeNamedArrays();
  arrays[1].name = arrays[0].name;
  Expected<std::vector<char>> bytes = encodeNpz(arrays);
  ASSERT_FALSE(bool(bytes));
  consumeError(bytes.takeError());
}

//===----------------------------------------------------------------------===//
// Garbage
//===----------------------------------------------------------------------===//

/// Changes, cuts, inserts or repeats a few bytes.
static std::string mutate(std::string bytes, std::mt19937 &random) {
  for (unsigned i = 0, e = 1 + random() % 4; i < e; ++i) {
    size_t at = bytes.empty() ? 0 : random() % bytes.size();
    switch (random() % 5) {
    case 0:
      if (!bytes.empty())
        bytes[at] = char(random());
      break;
    case 1:
      if (!bytes.empty())
        bytes[at] ^= char(1 << random() % 8);
      break;
    case 2:
      bytes.resize(at);
      break;
    case 3:
      bytes.insert(at, 1 + random() % 8, "0123456789'(){},:<>|"[random() % 20]);
      break;
    case 4:
      bytes.insert(at, bytes.substr(at, random() % 32));
      break;
    }
  }
  return bytes;
}

/// Parses 10,000 mutations of `seeds`; returns how many were accepted.
static unsigned parseMutations(ArrayRef<std::string> seeds,
                               function_ref<bool(const std::string &)> parse) {
  std::mt19937 random(20240611);
  unsigned numAccepted = 0;
  for (unsigned i = 0; i < 10000; ++i)
    numAccepted += parse(mutate(seeds[random() % seeds.size()], random));
  return numAccepted;
}

static void expectConsistent(const NDArray &array) {
  std::optional<int64_t> numElements = getNumElements(array.shape);
  ASSERT_TRUE(numElements.has_value());
  EXPECT_EQ(array.bytes.size(), *numElements * getByteWidth(array.dtype));
}

TEST(NumpyIOTest, SurvivesMutatedArrays) {
  std::vector<std::string> seeds = {
      encode(makeNumbered(DType::F32, {2, 3})),
      encode(makeNumbered(DType::F16, {4, 1, 2})),
      encode(makeNumbered(DType::SI64, {})),
      encode(makeNumbered(DType::Bool, {0, 3})),
      makeNpy(makeHeader(">i2", "(3, 2)", "True"), "abcdefghijkl")};
  unsigned numAccepted = parseMutations(seeds, [](const std::string &bytes) {
    Expected<NDArray> array = parseNpy(bytes);
    if (!array) {
      EXPECT_FALSE(toString(array.takeError()).empty());
      return false;
    }
    expectConsistent(*array);
    return true;
  });
  EXPECT_GT(numAccepted, 100u);
  EXPECT_LT(numAccepted, 9900u);
}

TEST(NumpyIOTest, SurvivesMutatedArchives) {
  std::vector<std::string> seeds = {encodeArchive(makeNamedArrays())};
  unsigned numAccepted = parseMutations(seeds, [](const std::string &bytes) {
    Expected<std::vector<NamedArray>> arrays = parseNpz(bytes);
    if (!arrays) {
      EXPECT_FALSE(toString(arrays.takeError()).empty());
      return false;
    }
    for (const NamedArray &named : *arrays)
      expectConsistent(named.array);
    return true;
  });
  EXPECT_LT(numAccepted, 9900u);
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
  void TearDown() override { sys::fs::remove_directories(directory); }

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
