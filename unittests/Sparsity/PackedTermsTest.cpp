//===- PackedTermsTest.cpp - Terms whose sizes depend on elements ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The packed forms of tiles and blocks by hand, and what is said of buffers
// that do not fit or contradict each other.
//
//===----------------------------------------------------------------------===//

#include "TestTensors.h"

#include <cstring>

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

template <typename T> std::vector<T> read(const std::vector<char> &bytes) {
  std::vector<T> numbers(bytes.size() / sizeof(T));
  std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

TEST(PackedTermsTest, PackedTiles) {
  // Outputs 0, 2, 3 survive in tiles of two.
  TestTensor tensor = TestTensor::of(
      {1, 0, 2, /**/ 0, 0, 0, /**/ 0, 0, 3, /**/ 0, 4, 0}, {4, 3});
  PackedSeries packed = llvm::cantFail(pack(tensor.view, parseSeries("tw(2)")));
  const auto &components = packed.components.front();
  EXPECT_EQ(read<float>(components[0]), (std::vector<float>{1, 2, 0, 3, 4}));
  EXPECT_EQ(read<int32_t>(components[1]), (std::vector<int32_t>{0, 2, 1}));
  EXPECT_EQ(read<int64_t>(components[2]), (std::vector<int64_t>{0, -1, 1, 2}));
  EXPECT_EQ(read<int64_t>(components[3]),
            (std::vector<int64_t>{0, 0, 0, 2, 4, 2, 3, 5, 3}));
}

TEST(PackedTermsTest, PackedTilesOfBlocks) {
  // Column 1 is dropped: blocks of two are {0, 2} and {3}.
  TestTensor tensor = TestTensor::of({1, 0, 2, 4}, {1, 4});
  PackedSeries packed =
      llvm::cantFail(pack(tensor.view, parseSeries("tw(2)*1:2")));
  const auto &components = packed.components.front();
  EXPECT_EQ(read<float>(components[0]), (std::vector<float>{2, 4}));
  EXPECT_EQ(read<int32_t>(components[1]), (std::vector<int32_t>{0, 2, 3}));
  EXPECT_EQ(read<int64_t>(components[2]), (std::vector<int64_t>{0}));
  EXPECT_EQ(read<int64_t>(components[3]),
            (std::vector<int64_t>{0, 0, 0, 0, 3, 2, 1, 1}));
  EXPECT_EQ(components[4], (std::vector<char>{0b01}));
}

TEST(PackedTermsTest, ComponentShapes) {
  using Shape = llvm::SmallVector<int64_t, 4>;
  constexpr int64_t any = PackedComponent::dataDependentExtent;
  auto components = parseSeries("tw(4)*2:4")
                        .getPatterns()
                        .front()
                        ->getPackedComponents({{3, 10, 7}, {2}});
  ASSERT_EQ(components.size(), 5u);
  EXPECT_EQ(components[0].name, "values");
  EXPECT_EQ(components[0].elementType, std::nullopt);
  EXPECT_EQ(components[0].shape, Shape{any});
  EXPECT_EQ(components[1].name, "columns");
  EXPECT_EQ(components[1].elementType, ElementType::SI32);
  EXPECT_EQ(components[1].shape, Shape{any});
  EXPECT_EQ(components[2].name, "places");
  EXPECT_EQ(components[2].elementType, ElementType::SI64);
  EXPECT_EQ(components[2].shape, (Shape{3, 10}));
  EXPECT_EQ(components[3].name, "tiles");
  EXPECT_EQ(components[3].elementType, ElementType::SI64);
  EXPECT_EQ(components[3].shape, (Shape{any, 4}));
  EXPECT_EQ(components[4].name, "inner_metadata");
  EXPECT_EQ(components[4].elementType, ElementType::SI8);
  EXPECT_EQ(components[4].shape, Shape{any});
}

TEST(PackedTermsTest, AllocatesOnceForEachComponent) {
  TestTensor tensor = TestTensor::of({1, 2, 0, 0, 5, 0, 0, 0}, {2, 4});
  std::vector<std::string> calls;
  std::vector<std::vector<char>> memory;
  auto allocate = [&](size_t term, const PackedComponent &component) {
    calls.push_back(std::to_string(term) + " " + component.name + " " +
                    std::to_string(component.getNumElements()));
    return llvm::MutableArrayRef<char>(
        memory.emplace_back(component.getNumBytes(ElementType::F32)));
  };
  EXPECT_EQ(getMessage(packInto(tensor.view, parseSeries("1:4+csr"), allocate)),
            "");
  EXPECT_EQ(calls, (std::vector<std::string>{"0 values 2", "0 metadata 2",
                                             "1 values 1", "1 columns 1",
                                             "1 begins 3"}));
  EXPECT_EQ(read<float>(memory[2]), (std::vector<float>{1}));
}

TEST(PackedTermsTest, ReportsTooManyColumns) {
  TensorView view = TensorView::contiguous(nullptr, ElementType::F32,
                                           {0, int64_t(1) << 31}, {1});
  EXPECT_EQ(getMessage(select(view, parseSeries("2:4"))), "");
  EXPECT_EQ(getMessage(pack(view, parseSeries("2:4+csr"))),
            "expected at most 2147483647 columns for 'csr' but got 2147483648");
}

TEST(PackedTermsTest, PackReportsWrongSizes) {
  TestTensor tensor = TestTensor::of({1, 2, 0, 0, 5, 0, 0, 0}, {2, 4});
  Series series = parseSeries("1:4+csr");
  PackedSeries good = llvm::cantFail(pack(tensor.view, series));
  auto packError = [&](size_t component, size_t numBytes) {
    PackedSeries packed = good;
    packed.components[1][component].resize(numBytes);
    return getMessage(packInto(tensor.view, series, getBuffers(packed)));
  };
  EXPECT_EQ(packError(0, 4), "");
  EXPECT_EQ(packError(0, 8),
            "expected 4 bytes of values but got 8 for term 1 (csr)");
  EXPECT_EQ(packError(0, 5), "expected a multiple of 4 bytes of values but got "
                             "5 for term 1 (csr)");
  EXPECT_EQ(packError(2, 8),
            "expected 24 bytes of begins but got 8 for term 1 (csr)");
}

/// The message for a term in which number `index` of a component is `number`.
template <typename T>
std::string getUnpackError(llvm::StringRef text, size_t component, size_t index,
                           T number) {
  TestTensor tensor = TestTensor::of({1, 2, 0, 0, 5, 0, 0, 3}, {2, 4});
  Series series = parseSeries(text);
  PackedSeries packed = llvm::cantFail(pack(tensor.view, series));
  std::memcpy(packed.components[0][component].data() + index * sizeof(T),
              &number, sizeof(T));
  return getMessage(
      unpackInto(series, getConstBuffers(packed), tensor.getMutable()));
}

TEST(PackedTermsTest, UnpackReportsBrokenTiles) {
  EXPECT_EQ(getUnpackError<int32_t>("tw(1)", 1, 0, 0), "");
  EXPECT_EQ(getUnpackError<int32_t>("tw(1)", 1, 1, 4),
            "expected 1 <= column < 4 in tile 0 but got 4 for term 0 (tw(1))");
  EXPECT_EQ(getUnpackError<int32_t>("tw(1)", 1, 1, 0),
            "expected 1 <= column < 4 in tile 0 but got 0 for term 0 (tw(1))");
  EXPECT_EQ(getUnpackError<int64_t>("tw(1)", 2, 0, 2),
            "expected a place of 2 tiles or -1 but got 2 for row 0 for term 0 "
            "(tw(1))");
  EXPECT_EQ(getUnpackError<int64_t>("tw(2)", 2, 0, 1),
            "expected place 0 but got 1 for row 0 for term 0 (tw(2))");
  EXPECT_EQ(getUnpackError<int64_t>("tw(1)", 2, 0, -1),
            "expected rows in tile 0 for term 0 (tw(1))");
  EXPECT_EQ(getUnpackError<int64_t>("tw(1)", 3, 0, -1),
            "expected 0 <= begin <= end <= 4 of the columns of tile 0 but got "
            "-1 and 2 for term 0 (tw(1))");
  EXPECT_EQ(getUnpackError<int64_t>("tw(1)", 3, 4, 1),
            "expected begin 2 of tile 1 but got 1 for term 0 (tw(1))");
}

TEST(PackedTermsTest, UnpackReportsBrokenBlocks) {
  EXPECT_EQ(getUnpackError<int32_t>("csr", 1, 0, 0), "");
  EXPECT_EQ(getUnpackError<int32_t>("csr", 1, 1, 4),
            "expected 1 <= column of blocks < 4 in row of blocks 0 but got 4 "
            "for term 0 (csr)");
  EXPECT_EQ(getUnpackError<int64_t>("csr", 2, 0, 1),
            "expected begins from 0 to 4 but got 1 to 4 for term 0 (csr)");
  EXPECT_EQ(getUnpackError<int64_t>("csr", 2, 1, 5),
            "expected 0 <= begin <= 4 for row of blocks 1 but got 5 for term 0 "
            "(csr)");
}

} // namespace
