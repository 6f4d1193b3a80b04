//===- RecordTest.cpp - Profiles of what compiled code passes -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Runtime/ABI.h"
#include "tasd/Runtime/ProfileCollector.h"
#include "tasd/Runtime/Runtime.h"
#include "tasd/Sparsity/ProfileFile.h"

#include "llvm/Support/raw_ostream.h"
#include "gmock/gmock.h"

#include <cmath>
#include <thread>

using namespace tasd;
using namespace tasd::sparsity;
using testing::ElementsAre;

static int64_t getAddress(const void *pointer) {
  return static_cast<int64_t>(reinterpret_cast<uintptr_t>(pointer));
}

static std::string getText(const Profile &profile) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printProfile(os, profile);
  return text;
}

/// Calls tasd_runtime_record for input 1 of a layer, with series 1:4 and blocks
/// of 2.
static void record(const TensorView &tensor, llvm::StringRef layer) {
  static constexpr llvm::StringLiteral kSeries = "1:4";
  std::vector<int64_t> words = {TASD_RUNTIME_ABI_VERSION,
                                int64_t(tensor.elementType),
                                int64_t(tensor.blocked.shape.size()),
                                int64_t(tensor.blocked.along.size())};
  llvm::append_range(words, tensor.blocked.along);
  words.push_back(getAddress(tensor.data));
  llvm::append_range(words, tensor.blocked.shape);
  llvm::append_range(words, tensor.strides);
  llvm::append_values(words, getAddress(layer.data()), int64_t(layer.size()), 1,
                      1, 2, 1, getAddress(kSeries.data()),
                      int64_t(kSeries.size()), 0);
  tasd_runtime_record(words.data());
}

static void record(llvm::ArrayRef<float> elements, llvm::StringRef layer) {
  int64_t numRows = static_cast<int64_t>(elements.size()) / 4;
  record(TensorView::contiguous(elements.data(), ElementType::F32, {numRows, 4},
                                {1}),
         layer);
}

TEST(Record, CollectsByLayerAndInput) {
  runtime::ProfileCollector collector;
  runtime::ProfileScope scope(collector);
  record({1, 0, 2, 0}, "first");
  record({0, 0, 3, 0, 1, 1, 1, 1}, "first");
  record({1, 0, 0, 0}, "second");
  Profile profile = llvm::cantFail(collector.take());
  ASSERT_EQ(profile.layers.size(), 2u);
  const OperandProfile *first = profile.find("first", 1);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->numRows, 3);
  EXPECT_EQ(first->numNonZeros, 7);
  EXPECT_EQ(first->series[0].series.getText(), "1:4");
  EXPECT_EQ(first->series[0].droppedNonZeros, 4);
  EXPECT_THAT(first->histograms[0].counts, ElementsAre(1, 3, 2));
  EXPECT_FALSE(first->matrix);
  // It is taken once.
  EXPECT_TRUE(llvm::cantFail(collector.take()).layers.empty());
}

TEST(Record, ReadsStridedTensors) {
  runtime::ProfileCollector collector;
  runtime::ProfileScope scope(collector);
  // Columns stand in rows.
  float elements[] = {1, 9, 2, 9, 3, 9, 4, 9};
  TensorView view =
      TensorView::contiguous(elements, ElementType::F32, {4, 1}, {0});
  view.strides = {2, 1};
  record(view, "layer");
  Profile profile = llvm::cantFail(collector.take());
  EXPECT_THAT(profile.find("layer", 1)->getSecondMoments(),
              ElementsAre(1, 4, 9, 16));
}

TEST(Record, WithoutACollectorDoesNothing) {
  EXPECT_EQ(runtime::getProfileCollector(), nullptr);
  record({1, 2, 3, 4}, "layer");
}

TEST(Record, ErrorsNameLayerAndInput) {
  runtime::ProfileCollector collector;
  runtime::ProfileScope scope(collector);
  record({1, NAN, 0, 0}, "first");
  record({1, 2, 3, 4}, "second");
  // What follows from it is not said again.
  record({NAN, NAN, 0, 0}, "third");
  EXPECT_EQ(llvm::toString(collector.take().takeError()),
            "layer 'first', input 1: expected finite elements but got an "
            "infinity or NaN");
  record(TensorView::contiguous(nullptr, ElementType::F32, {0, 4}, {1}),
         "empty");
  EXPECT_EQ(llvm::toString(collector.take().takeError()),
            "layer 'empty', input 1: expected data to profile but got no "
            "element");
}

TEST(Record, ThreadsGiveTheSameProfile) {
  std::vector<std::vector<float>> data;
  for (int i = 0; i < 64; ++i)
    data.push_back({0.1f * i, 1.0f / (i + 1), -std::sqrt(float(i)), 0});
  std::string alone;
  for (unsigned numThreads : {1, 4}) {
    runtime::ProfileCollector collector;
    runtime::ProfileScope scope(collector);
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < numThreads; ++t)
      threads.emplace_back([&, t] {
        for (size_t i = t; i < data.size(); i += numThreads)
          record(data[i], "layer");
      });
    for (std::thread &thread : threads)
      thread.join();
    std::string text = getText(llvm::cantFail(collector.take()));
    EXPECT_EQ(alone.empty() ? text : alone, text);
    alone = text;
  }
}
