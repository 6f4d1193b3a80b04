//===- NpyTest.cpp - Single arrays in NumPy's format ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestNumpy.h"

#include "gmock/gmock.h"

using namespace llvm;
using namespace tasd::evaluation;
using testing::HasSubstr;

static void expectFailure(StringRef bytes, StringRef message) {
  Expected<NDArray> array = parseNpy(bytes);
  ASSERT_FALSE(bool(array));
  EXPECT_THAT(toString(array.takeError()), HasSubstr(message.str()));
}

static constexpr DType kAllDTypes[] = {
    DType::F64,  DType::F32,  DType::F16,  DType::BF16, DType::F8E4M3FN,
    DType::SI64, DType::SI32, DType::SI16, DType::SI8,  DType::UI64,
    DType::UI32, DType::UI16, DType::UI8,  DType::Bool};

TEST(NpyTest, RoundTripsEveryTypeAndRank) {
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

TEST(NpyTest, ReadsLongHeaders) {
  NDArray array = makeNumbered(DType::F32, SmallVector<int64_t>(60, 1));
  std::string bytes = encode(array);
  EXPECT_GT(static_cast<uint8_t>(bytes[8]), 0x7f);
  Expected<NDArray> read = parseNpy(bytes);
  ASSERT_TRUE(bool(read)) << toString(read.takeError());
  expectSame(*read, array);
}

TEST(NpyTest, ReadsKeysInAnyOrderAndPython2Shapes) {
  std::string data(6 * sizeof(float), '\0');
  Expected<NDArray> array = parseNpy(
      makeNpy("{\"shape\":(2L,3L),'fortran_order':False,'descr':'<f4'}", data));
  ASSERT_TRUE(bool(array)) << toString(array.takeError());
  EXPECT_EQ(array->shape, (SmallVector<int64_t, 4>{2, 3}));
}

TEST(NpyTest, ReadsVersion2And3) {
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

TEST(NpyTest, ConvertsFortranOrder) {
  std::string bytes = makeNpy(makeHeader("|u1", "(2, 3)", "True"),
                              StringRef("\0\3\1\4\2\5", 6));
  Expected<NDArray> array = parseNpy(bytes);
  ASSERT_TRUE(bool(array)) << toString(array.takeError());
  EXPECT_EQ(getElements(*array), (std::vector<double>{0, 1, 2, 3, 4, 5}));
}

TEST(NpyTest, ConvertsBigEndian) {
  Expected<NDArray> array = parseNpy(makeNpy(
      makeHeader(">i4", "(2,)"), StringRef("\0\0\1\2\xff\xff\xff\xff", 8)));
  ASSERT_TRUE(bool(array)) << toString(array.takeError());
  EXPECT_EQ(getElements(*array), (std::vector<double>{258, -1}));
}

TEST(NpyTest, NormalisesBool) {
  Expected<NDArray> array =
      parseNpy(makeNpy(makeHeader("|b1", "(3,)"), StringRef("\0\1\7", 3)));
  ASSERT_TRUE(bool(array)) << toString(array.takeError());
  EXPECT_EQ(array->bytes, (std::vector<char>{0, 1, 1}));
}

TEST(NpyTest, RefusesWhatIsNoArrayOfNumbers) {
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

TEST(NpyTest, RefusesBrokenHeaders) {
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

TEST(NpyTest, RefusesSizesThatTheFileDoesNotHave) {
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
