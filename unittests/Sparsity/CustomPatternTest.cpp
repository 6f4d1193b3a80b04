//===- CustomPatternTest.cpp - A pattern from outside ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A made-up family that keeps leading columns of rows: registered, parsed,
// selected, packed, unpacked, measured and mixed with N:M, without a change to
// the library.
//
//===----------------------------------------------------------------------===//

#include "TestTensors.h"

#include "tasd/Sparsity/Metrics.h"

#include <cstring>

using namespace tasd::sparsity;
using namespace tasd::sparsity::test;

namespace {

/// "lead4" keeps the first four columns of a row, whatever they hold.
class LeadPattern final : public Pattern {
public:
  explicit LeadPattern(int64_t count) : count(count) {}

  llvm::StringRef getFamilyKeyword() const override { return "lead"; }
  std::string getText() const override {
    return "lead" + std::to_string(count);
  }
  std::optional<double> getMaxDensity() const override { return std::nullopt; }
  std::optional<int64_t> getBlockSize() const override { return std::nullopt; }

  std::vector<PackedComponent>
  getPackedComponents(const BlockedShape &blocked) const override {
    return {{"values", std::nullopt, {blocked.getNumRows(), count}}};
  }

  bool obeys(const TensorView &tensor) const override {
    for (int64_t row = 0; row < tensor.blocked.getNumRows(); ++row)
      for (int64_t i = count; i < tensor.blocked.getNumColumns(); ++i)
        if (!getSize(tensor.elementType, getBits(tensor, row, i)).isZero())
          return false;
    return true;
  }

  void select(const TensorView &tensor, Ownership &ownership,
              uint8_t term) const override {
    for (int64_t row = 0; row < ownership.numRows; ++row)
      for (int64_t i = 0; i < std::min(count, ownership.numColumns); ++i) {
        uint8_t &owner = ownership.owner[row * ownership.numColumns + i];
        if (owner == Ownership::unowned &&
            !getSize(tensor.elementType, getBits(tensor, row, i)).isZero())
          owner = term;
      }
  }

  void
  pack(const TensorView &tensor, const Ownership &ownership, uint8_t term,
       llvm::ArrayRef<llvm::MutableArrayRef<char>> components) const override {
    int64_t width = getByteWidth(tensor.elementType);
    std::fill(components[0].begin(), components[0].end(), 0);
    for (int64_t row = 0; row < ownership.numRows; ++row)
      for (int64_t i = 0; i < std::min(count, ownership.numColumns); ++i)
        if (ownership.owner[row * ownership.numColumns + i] == term) {
          uint64_t bits = getBits(tensor, row, i);
          std::memcpy(components[0].data() + (row * count + i) * width, &bits,
                      width);
        }
  }

  void unpack(llvm::ArrayRef<llvm::ArrayRef<char>> components,
              const MutableTensorView &tensor) const override {
    int64_t width = getByteWidth(tensor.elementType);
    for (int64_t row = 0; row < tensor.blocked.getNumRows(); ++row)
      for (int64_t i = 0; i < std::min(count, tensor.blocked.getNumColumns());
           ++i) {
        uint64_t bits = 0;
        std::memcpy(&bits, components[0].data() + (row * count + i) * width,
                    width);
        if (!getSize(tensor.elementType, bits).isZero())
          setBits(tensor, row, i, bits);
      }
  }

private:
  int64_t count;
};

class LeadFamily final : public PatternFamily {
public:
  llvm::StringRef getKeyword() const override { return "lead"; }
  llvm::StringRef getSyntax() const override { return "leadC"; }
  bool claims(llvm::StringRef text) const override {
    return text.starts_with("lead");
  }
  llvm::Expected<PatternRef> parse(llvm::StringRef text) const override {
    int64_t count;
    if (text.drop_front(4).getAsInteger(10, count) || count < 1)
      return llvm::createStringError("expected leadC but got '" + text + "'");
    return std::make_shared<LeadPattern>(count);
  }
};

PatternRegistry getRegistry() {
  PatternRegistry registry = PatternRegistry::createWithBuiltins();
  registry.add(std::make_shared<LeadFamily>());
  return registry;
}

TEST(CustomPatternTest, Parses) {
  PatternRegistry registry = getRegistry();
  Series series = llvm::cantFail(registry.parseSeries("lead2+2:4"));
  EXPECT_EQ(series.getText(), "lead2+2:4");
  EXPECT_EQ(series.getMaxDensity(), std::nullopt);
  EXPECT_EQ(series.getBlockSize(), std::nullopt);
  EXPECT_EQ(getMessage(registry.parseSeries("lead0")),
            "expected leadC but got 'lead0'");
  EXPECT_EQ(getMessage(registry.parseSeries("x")),
            "unknown pattern 'x', expected one of: N:M, tw(G[, columns = T][, "
            "rows = T][, score = rms]), tw1(G[, rows = T][, score = rms]), "
            "bsr(RxC[, above = T]), csr[(above = T)], leadC");
}

TEST(CustomPatternTest, SelectsInOrder) {
  PatternRegistry registry = getRegistry();
  TestTensor tensor = TestTensor::of({1, 0, 5, 4, 3, 2, 0, 0}, {8});
  constexpr uint8_t none = Ownership::unowned;
  auto owners = [&](llvm::StringRef text) {
    Series series = llvm::cantFail(registry.parseSeries(text));
    return llvm::cantFail(select(tensor.view, series)).owner;
  };
  EXPECT_EQ(owners("lead3"),
            (std::vector<uint8_t>{0, none, 0, none, none, none, none, none}));
  EXPECT_EQ(owners("lead3+1:4"),
            (std::vector<uint8_t>{0, none, 0, 1, 1, none, none, none}));
  EXPECT_EQ(owners("1:4+lead3"),
            (std::vector<uint8_t>{1, none, 0, none, 0, none, none, none}));
}

TEST(CustomPatternTest, PacksUnpacksAndMeasures) {
  PatternRegistry registry = getRegistry();
  std::mt19937 rng(41);
  for (llvm::StringRef text : {"lead5", "lead3+2:4", "2:4+lead9+1:8"})
    for (ElementType type : allElementTypes) {
      Series series = llvm::cantFail(registry.parseSeries(text));
      TestTensor tensor = TestTensor::random(type, Values::Finite, rng);
      Ownership owners = llvm::cantFail(select(tensor.view, series));
      PackedSeries packed = llvm::cantFail(pack(tensor.view, series));
      TestTensor result = tensor;
      result.view.data = result.memory.data() + result.origin;
      EXPECT_EQ(getMessage(unpackInto(series, getConstBuffers(packed),
                                      result.getMutable())),
                "");
      Metrics metrics = llvm::cantFail(
          measure(tensor.view, {series, parseSeries("2:4"), series}));
      int64_t numColumns = tensor.getNumColumns(), numOwned = 0;
      for (int64_t at = 0; at < int64_t(owners.owner.size()); ++at) {
        bool isOwned = owners.owner[at] != Ownership::unowned;
        int64_t row = at / numColumns, column = at % numColumns;
        numOwned += isOwned;
        EXPECT_EQ(getBits(result.view, row, column),
                  isOwned ? getBits(tensor.view, row, column) : 0);
      }
      EXPECT_EQ(metrics.series[0].keptNonZeros, numOwned);
      EXPECT_EQ(metrics.series[2].keptNonZeros, numOwned);
      EXPECT_EQ(metrics.series[1].keptNonZeros,
                llvm::cantFail(measure(tensor.view, parseSeries("2:4")))
                    .series[0]
                    .keptNonZeros);
    }
}

/// A series without a meter is weighed by what select gives.
TEST(CustomPatternTest, Weighs) {
  PatternRegistry registry = getRegistry();
  TestTensor tensor = TestTensor::of({1, 0, 5, 4, 3, 2, 0, 0}, {2, 4});
  std::vector<Series> series = {
      llvm::cantFail(registry.parseSeries("lead1")),
      llvm::cantFail(registry.parseSeries("lead1+1:2")), parseSeries("1:2")};
  Metrics metrics = llvm::cantFail(
      measure(tensor.view, series, {}, nullptr, {1.0, 2.0, 3.0, 4.0}));
  EXPECT_EQ(metrics.tensor.weightedNorm, 157);
  EXPECT_EQ(metrics.series[0].droppedWeightedNorm, 2 * 4 + 3 * 25 + 4 * 16);
  EXPECT_EQ(metrics.series[1].droppedWeightedNorm, 4 * 16);
  EXPECT_EQ(metrics.series[2].droppedWeightedNorm, 2 * 4 + 4 * 16);
  EXPECT_EQ(metrics.series[2].getDroppedWeightedShare(), 72.0 / 157);
}

} // namespace
