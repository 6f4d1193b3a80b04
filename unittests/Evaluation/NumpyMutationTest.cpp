//===- NumpyMutationTest.cpp - Garbage in NumPy's formats -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestNumpy.h"

#include <random>

using namespace llvm;
using namespace tasd::evaluation;

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

TEST(NumpyMutationTest, SurvivesMutatedArrays) {
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

TEST(NumpyMutationTest, SurvivesMutatedArchives) {
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
