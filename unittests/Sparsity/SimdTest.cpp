//===- SimdTest.cpp - Every instruction set gives the same bits -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Selection, packing and metrics at each SIMD level that runs here, against the
// portable one. Every N:M with a kernel of its own, and mixtures.
//
//===----------------------------------------------------------------------===//

#include "Sparsity/NMFused.h"
#include "TestTensors.h"

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

using Terms = llvm::SmallVector<NMShape, 4>;

Terms getShapes(const NMList &list) {
  Terms terms;
  for (auto [n, m] : list)
    terms.push_back({n, m});
  return terms;
}

std::vector<uint8_t> selectAt(SimdLevel level, const TensorView &view,
                              const Terms &terms) {
  Ownership ownership;
  ownership.numRows = view.blocked.getNumRows();
  ownership.numColumns = view.blocked.getNumColumns();
  ownership.owner.assign(ownership.numRows * ownership.numColumns,
                         Ownership::unowned);
  createNMPacker(terms, view.elementType, level)
      ->selectRows(view, 0, ownership.numRows, ownership);
  return ownership.owner;
}

PackedSeries packAt(SimdLevel level, const TensorView &view,
                    const NMList &list) {
  // The definition gives the sizes; every byte is overwritten.
  PackedSeries packed = llvm::cantFail(pack(view, parseSeries(getText(list))));
  for (auto &components : packed.components)
    for (auto &component : components)
      std::fill(component.begin(), component.end(), char(0xa5));
  createNMPacker(getShapes(list), view.elementType, level)
      ->packRows(view, 0, view.blocked.getNumRows(), getBuffers(packed));
  return packed;
}

class SimdTest : public testing::TestWithParam<ElementType> {
protected:
  void SetUp() override {
    if (getBestSimdLevel() == SimdLevel::Portable)
      GTEST_SKIP() << "this processor or build has no other level";
  }

  void expectSame(const TensorView &view, const NMList &terms) {
    SCOPED_TRACE(getText(terms));
    SimdLevel best = getBestSimdLevel();
    EXPECT_EQ(selectAt(best, view, getShapes(terms)),
              selectAt(SimdLevel::Portable, view, getShapes(terms)));
    EXPECT_EQ(packAt(best, view, terms).components,
              packAt(SimdLevel::Portable, view, terms).components);
  }
};

TEST_P(SimdTest, EveryNOfFastBlocks) {
  std::mt19937 rng(51);
  for (int64_t m : {2, 4, 8, 16, 32, 64})
    for (int64_t n = 1; n <= m; n += n < 9 ? 1 : 5)
      for (Values values : {Values::AnyBits, Values::Ties, Values::Finite})
        for (int64_t numColumns : {m, int64_t(64), int64_t(130), int64_t(2100)})
          expectSame(
              TestTensor::matrix(GetParam(), 2, numColumns, values, rng).view,
              {{n, m}});
}

TEST_P(SimdTest, Series) {
  std::mt19937 rng(52);
  for (int round = 0; round < 200; ++round) {
    TestTensor tensor = TestTensor::matrix(GetParam(), 2, 1 + rng() % 700,
                                           Values(round % 3), rng);
    expectSame(tensor.view, getRandomTerms(rng, 64));
  }
}

/// A kernel that read past the end of the tensor would fail under a sanitizer;
/// rows of a larger tensor show that what lies behind does not matter.
TEST_P(SimdTest, WhatLiesBehindARowDoesNotMatter) {
  std::mt19937 rng(53);
  for (int64_t numColumns : {1, 5, 63, 65, 200}) {
    TestTensor tensor =
        TestTensor::matrix(GetParam(), 3, 256, Values::Finite, rng);
    TensorView part = tensor.view;
    part.blocked.shape[1] = numColumns;
    PackedSeries before = packAt(getBestSimdLevel(), part, {{2, 4}, {1, 16}});
    for (int64_t row = 0; row < 3; ++row)
      for (int64_t column = numColumns; column < 256; ++column)
        setBits(tensor.getMutable(), row, column,
                getRandomBits(GetParam(), Values::AnyBits, rng));
    EXPECT_EQ(packAt(getBestSimdLevel(), part, {{2, 4}, {1, 16}}).components,
              before.components);
  }
}

TEST_P(SimdTest, Meters) {
  std::mt19937 rng(54);
  for (int round = 0; round < 20; ++round) {
    TestTensor tensor = TestTensor::random(
        GetParam(), round % 2 ? Values::Ties : Values::Finite, rng);
    std::vector<Terms> series;
    for (int i = 0; i < 12; ++i)
      series.push_back(getShapes(getRandomTerms(rng, i < 6 ? 16 : 64)));
    std::vector<double> weights(tensor.getNumColumns());
    for (double &weight : weights)
      weight = double(rng()) / 1e9;
    std::vector<DroppedSums> best(series.size()), portable(series.size());
    createNMMeter(series, GetParam(), getBestSimdLevel())
        ->measureRows(tensor.view, 0, tensor.getNumRows(), weights, best);
    createNMMeter(series, GetParam(), SimdLevel::Portable)
        ->measureRows(tensor.view, 0, tensor.getNumRows(), weights, portable);
    for (size_t i = 0; i < series.size(); ++i) {
      EXPECT_EQ(best[i].nonZeros, portable[i].nonZeros);
      EXPECT_EQ(best[i].magnitude, portable[i].magnitude);
      EXPECT_EQ(best[i].squaredNorm, portable[i].squaredNorm);
      EXPECT_EQ(best[i].weightedNorm, portable[i].weightedNorm);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(AllTypes, SimdTest, testing::ValuesIn(allElementTypes),
                         [](const auto &info) {
                           return getName(info.param).str();
                         });

} // namespace
