//===- PackTest.cpp - Run-time decomposition ------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Runtime/ABI.h"
#include "tasd/Runtime/Runtime.h"
#include "tasd/Sparsity/Packing.h"

#include "llvm/Support/ThreadPool.h"
#include "gtest/gtest.h"

#include <cstring>

using namespace tasd;
using namespace tasd::sparsity;

/// The record of a call, and the buffers it names.
namespace {
struct PackCall {
  PackCall(const TensorView &tensor, llvm::StringRef text);
  void run() { tasd_runtime_pack(record.data(), text.data(), text.size()); }

  std::string text;
  PackedSeries packed;
  std::vector<int64_t> record;
};
} // namespace

static int64_t getAddress(const void *pointer) {
  return static_cast<int64_t>(reinterpret_cast<uintptr_t>(pointer));
}

static Series parse(llvm::StringRef text) {
  return llvm::cantFail(runtime::getPatternRegistry().parseSeries(text));
}

PackCall::PackCall(const TensorView &tensor, llvm::StringRef text)
    : text(text.str()) {
  llvm::ArrayRef<int64_t> shape = tensor.blocked.shape;
  llvm::ArrayRef<int64_t> along = tensor.blocked.along;
  record = {TASD_RUNTIME_ABI_VERSION, int64_t(tensor.elementType),
            int64_t(shape.size()), int64_t(along.size())};
  llvm::append_range(record, along);
  record.push_back(getAddress(tensor.data));
  llvm::append_range(record, shape);
  llvm::append_range(record, tensor.strides);
  Series series = parse(text);
  record.push_back(series.size());
  for (const PatternRef &pattern : series.getPatterns()) {
    auto components = pattern->getPackedComponents(tensor.blocked);
    record.push_back(components.size());
    auto &buffers = packed.components.emplace_back();
    for (const PackedComponent &component : components) {
      auto &buffer = buffers.emplace_back(
          component.getNumBytes(tensor.elementType), char(0x5a));
      record.push_back(getAddress(buffer.data()));
      record.push_back(buffer.size());
    }
  }
}

/// Checks a call against the library's own packing.
static void expectPacked(const TensorView &tensor, llvm::StringRef text) {
  PackCall call(tensor, text);
  call.run();
  PackedSeries expected = llvm::cantFail(pack(tensor, parse(text)));
  EXPECT_EQ(call.packed.components, expected.components);
}

static std::vector<float> makeNumbers(int64_t count) {
  std::vector<float> numbers(count);
  for (int64_t i = 0; i < count; ++i)
    numbers[i] = (i * 37) % 11 - 5;
  return numbers;
}

TEST(RuntimePackTest, PacksAsSparsityDoes) {
  std::vector<float> numbers = makeNumbers(6 * 16);
  for (llvm::StringRef text : {"2:4", "1:8", "2:4+1:8"})
    for (int64_t along : {0, 1})
      expectPacked(TensorView::contiguous(numbers.data(), ElementType::F32,
                                          {6, 16}, along),
                   text);
}

TEST(RuntimePackTest, FollowsStrides) {
  std::vector<float> numbers = makeNumbers(8 * 8);
  TensorView transposed =
      TensorView::contiguous(numbers.data(), ElementType::F32, {8, 8}, {1});
  transposed.strides = {1, 8};
  expectPacked(transposed, "2:4");
  TensorView reversed = transposed;
  reversed.data = numbers.data() + 63;
  reversed.strides = {-8, -1};
  expectPacked(reversed, "2:4");
}

TEST(RuntimePackTest, TakesEveryElementType) {
  std::vector<float> numbers = makeNumbers(64);
  for (int type = TASD_RUNTIME_F64; type <= TASD_RUNTIME_UI8; ++type)
    expectPacked(TensorView::contiguous(numbers.data(),
                                        static_cast<ElementType>(type), {4, 8},
                                        {1}),
                 "2:4");
}

//===----------------------------------------------------------------------===//
// A pattern from outside
//===----------------------------------------------------------------------===//

namespace {

/// Keeps every element; its term is the tensor's f32 rows as they are.
class WholePattern final : public Pattern {
public:
  llvm::StringRef getFamilyKeyword() const override { return "whole"; }
  std::string getText() const override { return "whole"; }
  std::optional<double> getMaxDensity() const override { return 1.0; }
  std::optional<int64_t> getBlockSize() const override { return std::nullopt; }
  std::vector<PackedComponent>
  getPackedComponents(const BlockedShape &blocked) const override {
    return {{"values",
             std::nullopt,
             {blocked.getNumRows(), blocked.getNumColumns()}}};
  }
  bool obeys(const TensorView &) const override { return true; }
  void select(const TensorView &, Ownership &ownership,
              uint8_t term) const override {
    for (uint8_t &owner : ownership.owner)
      if (owner == Ownership::unowned)
        owner = term;
  }
  void
  pack(const TensorView &tensor, const Ownership &, uint8_t,
       llvm::ArrayRef<llvm::MutableArrayRef<char>> components) const override {
    std::memcpy(components[0].data(), tensor.data, components[0].size());
  }
  void unpack(llvm::ArrayRef<llvm::ArrayRef<char>> components,
              const MutableTensorView &tensor) const override {
    std::memcpy(tensor.data, components[0].data(), components[0].size());
  }
};

class WholeFamily final : public PatternFamily {
public:
  llvm::StringRef getKeyword() const override { return "whole"; }
  llvm::StringRef getSyntax() const override { return "whole"; }
  bool claims(llvm::StringRef text) const override { return text == "whole"; }
  llvm::Expected<PatternRef> parse(llvm::StringRef) const override {
    return std::make_shared<WholePattern>();
  }
};

} // namespace

TEST(RuntimePackTest, TakesFamiliesOfTheHost) {
  if (!runtime::getPatternRegistry().lookup("whole"))
    runtime::getPatternRegistry().add(std::make_shared<WholeFamily>());
  std::vector<float> numbers = makeNumbers(32);
  PackCall call(
      TensorView::contiguous(numbers.data(), ElementType::F32, {4, 8}, {1}),
      "whole");
  call.run();
  const std::vector<char> &bytes = call.packed.components[0][0];
  EXPECT_EQ(std::memcmp(bytes.data(), numbers.data(), bytes.size()), 0);
}

TEST(RuntimePackTest, GivesTheSameOnThreads) {
  std::vector<float> numbers = makeNumbers(64 * 64);
  TensorView tensor =
      TensorView::contiguous(numbers.data(), ElementType::F32, {64, 64}, {1});
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(3));
  runtime::setThreadPool(&pool);
  expectPacked(tensor, "2:4+1:8");
  runtime::setThreadPool(nullptr);
}

TEST(RuntimePackTest, ListsItsSymbols) {
  const std::pair<llvm::StringRef, void *> expected[] = {
      {"tasd_runtime_pack", reinterpret_cast<void *>(&tasd_runtime_pack)},
      {"tasd_runtime_launch", reinterpret_cast<void *>(&tasd_runtime_launch)},
      {"tasd_runtime_recompose",
       reinterpret_cast<void *>(&tasd_runtime_recompose)},
      {"tasd_runtime_record", reinterpret_cast<void *>(&tasd_runtime_record)},
      {"tasd_runtime_gemm", reinterpret_cast<void *>(&tasd_runtime_gemm)}};
  ASSERT_EQ(runtime::getSymbols().size(), std::size(expected));
  for (auto [symbol, wanted] : llvm::zip(runtime::getSymbols(), expected)) {
    EXPECT_EQ(symbol.name, wanted.first);
    EXPECT_EQ(symbol.address, wanted.second);
  }
}

TEST(RuntimePackDeathTest, AbortsOnBrokenRecords) {
  std::vector<float> numbers = makeNumbers(16);
  TensorView tensor =
      TensorView::contiguous(numbers.data(), ElementType::F32, {2, 8}, {1});
  PackCall version(tensor, "2:4");
  version.record[0] = 7;
  EXPECT_DEATH(version.run(), "expected ABI version 1 but got 7");
  PackCall type(tensor, "2:4");
  type.record[1] = 99;
  EXPECT_DEATH(type.run(), "expected an element type in \\[0, 8\\] but got 99");
  PackCall series(tensor, "2:4");
  series.text = "nonsense";
  EXPECT_DEATH(series.run(), "tasd_runtime_pack: ");
  PackCall size(tensor, "2:4");
  size.record.back() -= 1;
  EXPECT_DEATH(size.run(), "tasd_runtime_pack: ");
}
