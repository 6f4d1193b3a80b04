//===- GemmTest.cpp - Products of dense matrices --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Products of small integers, whose sums are exact, in every layout.
//
//===----------------------------------------------------------------------===//

#include "tasd/Runtime/ABI.h"
#include "tasd/Runtime/DenseLibrary.h"

#include "gtest/gtest.h"

#include <random>

using namespace tasd::runtime;

namespace {

/// How the elements of a matrix lie.
enum class Layout { Rows, Columns, RowsApart, Scattered, Reversed };
constexpr Layout kLayouts[] = {Layout::Rows, Layout::Columns, Layout::RowsApart,
                               Layout::Scattered, Layout::Reversed};

template <typename T> class TestMatrix {
public:
  TestMatrix(int64_t numRows, int64_t numColumns, Layout layout,
             std::mt19937 &random)
      : numColumns(numColumns) {
    int64_t width = numColumns + 3;
    std::tie(rowStride, columnStride) =
        layout == Layout::Rows        ? std::pair(numColumns, int64_t(1))
        : layout == Layout::Columns   ? std::pair(int64_t(1), numRows)
        : layout == Layout::RowsApart ? std::pair(width, int64_t(1))
        : layout == Layout::Scattered ? std::pair(2 * width, int64_t(2))
                                      : std::pair(-width, int64_t(1));
    elements.resize(2 * (numRows + 1) * (width + 1));
    for (T &element : elements)
      element = static_cast<int>(random() % 7) - 3;
    if (rowStride < 0)
      first = (numRows - 1) * width;
  }

  T &at(int64_t row, int64_t column) {
    return elements[first + row * rowStride + column * columnStride];
  }
  void addTo(std::vector<int64_t> &record) {
    record.push_back(static_cast<int64_t>(
        reinterpret_cast<uintptr_t>(elements.data() + first)));
    record.push_back(rowStride);
    record.push_back(columnStride);
  }
  /// The elements, those between the rows too.
  std::vector<T> elements;

private:
  int64_t numColumns, rowStride, columnStride, first = 0;
};

template <typename T> constexpr int64_t getElementType() {
  return std::is_same_v<T, float> ? TASD_RUNTIME_F32 : TASD_RUNTIME_F64;
}

template <typename T>
void check(int64_t m, int64_t n, int64_t k, Layout layoutA, Layout layoutB,
           Layout layoutC) {
  SCOPED_TRACE(testing::Message()
               << m << "x" << n << "x" << k << ", layouts " << int(layoutA)
               << " " << int(layoutB) << " " << int(layoutC));
  std::mt19937 random(1);
  TestMatrix<T> a(m, k, layoutA, random), b(k, n, layoutB, random),
      c(m, n, layoutC, random);
  std::vector<int64_t> record = {TASD_RUNTIME_ABI_VERSION, getElementType<T>(),
                                 m, n, k};
  a.addTo(record);
  b.addTo(record);
  c.addTo(record);
  TestMatrix<T> expected = c;
  for (int64_t row = 0; row < m; ++row)
    for (int64_t column = 0; column < n; ++column)
      for (int64_t i = 0; i < k; ++i)
        expected.at(row, column) += a.at(row, i) * b.at(i, column);
  tasd_runtime_gemm(record.data());
  ASSERT_EQ(c.elements, expected.elements);
}

template <typename T> class Gemm : public testing::Test {
protected:
  void SetUp() override {
    if (!getDenseLibrary())
      GTEST_SKIP() << "built without a dense library";
  }
};

using Types = testing::Types<float, double>;
TYPED_TEST_SUITE(Gemm, Types);

TYPED_TEST(Gemm, TakesEveryLayout) {
  for (Layout a : kLayouts)
    for (Layout b : kLayouts)
      for (Layout c : kLayouts)
        check<TypeParam>(5, 7, 3, a, b, c);
}

TYPED_TEST(Gemm, TakesExtentsOfZeroAndOne) {
  for (int64_t m : {0, 1, 9})
    for (int64_t n : {0, 1, 17})
      for (int64_t k : {0, 1, 6})
        for (Layout layout : kLayouts)
          check<TypeParam>(m, n, k, layout, layout, layout);
}

TYPED_TEST(Gemm, TakesLargerMatrices) {
  check<TypeParam>(67, 129, 130, Layout::Rows, Layout::Columns, Layout::Rows);
  check<TypeParam>(129, 67, 257, Layout::Columns, Layout::Rows,
                   Layout::Columns);
}

TEST(GemmDeathTest, NamesABrokenRecord) {
  if (!getDenseLibrary())
    GTEST_SKIP() << "built without a dense library";
  int64_t record[] = {TASD_RUNTIME_ABI_VERSION, TASD_RUNTIME_SI8, 1, 1, 1};
  EXPECT_DEATH(tasd_runtime_gemm(record), "tasd_runtime_gemm: expected f32 or "
                                          "f64 but got element type 7");
}

} // namespace
