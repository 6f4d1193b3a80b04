//===- ProfileTest.cpp - Statistics of operands, measured on data ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Profile.h"

#include "TestTensors.h"
#include "tasd/Sparsity/ProfileFile.h"

#include "llvm/Support/MathExtras.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/raw_ostream.h"
#include "gmock/gmock.h"

#include <cmath>

using namespace tasd;
using namespace tasd::sparsity;
using namespace tasd::sparsity::test;
using testing::ElementsAre;
using testing::HasSubstr;

static ProfileRequest getRequest() {
  ProfileRequest request;
  request.series = {parseSeries("2:4"), parseSeries("1:8"),
                    parseSeries("2:4+1:8")};
  request.blockSizes = {4, 8, 3};
  return request;
}

/// Every bit of a profile, as its file has it.
static std::string getText(const OperandProfile &operand) {
  Profile profile;
  profile.layers["layer"].emplace(0, operand);
  std::string text;
  llvm::raw_string_ostream os(text);
  printProfile(os, profile);
  return text;
}

static OperandProfile profileOf(llvm::ArrayRef<TestTensor> tensors,
                                const ProfileRequest &request,
                                llvm::ThreadPoolInterface *pool = nullptr) {
  OperandProfile profile(request, tensors.front().getNumColumns());
  for (const TestTensor &tensor : tensors)
    EXPECT_EQ(getMessage(profile.observe(tensor.view, pool)), "");
  return profile;
}

/// Tensors of one number of columns.
static std::vector<TestTensor> getRandomTensors(ElementType type,
                                                std::mt19937 &rng) {
  // Copies would refer to the memory of what they were copied from.
  std::vector<TestTensor> tensors;
  tensors.reserve(5);
  int64_t numColumns = rng() % 40 + 1;
  for (unsigned i = 0, count = rng() % 5 + 1; i < count; ++i)
    tensors.push_back(
        TestTensor::matrix(type, rng() % 60, numColumns, Values::Finite, rng));
  return tensors;
}

//===----------------------------------------------------------------------===//
// What is measured
//===----------------------------------------------------------------------===//

TEST(OperandProfile, CountsAndSums) {
  TestTensor tensor = TestTensor::of({1, 0, -2, 0, 0, 3, 0, 4}, {2, 4});
  ProfileRequest request;
  request.series = {parseSeries("1:4")};
  request.blockSizes = {4, 2};
  OperandProfile profile = profileOf({tensor, tensor}, request);
  TensorMetrics metrics = profile.getTensorMetrics();
  EXPECT_EQ(metrics.numElements, 16);
  EXPECT_EQ(metrics.numNonZeros, 8);
  EXPECT_EQ(metrics.getDensity(), 0.5);
  EXPECT_EQ(metrics.magnitude, 20);
  EXPECT_EQ(metrics.squaredNorm, 60);
  EXPECT_THAT(profile.getSecondMoments(), ElementsAre(0.5, 4.5, 2, 8));
  SeriesMetrics series = profile.getSeriesMetrics(0);
  EXPECT_EQ(series.droppedNonZeros, 4);
  EXPECT_EQ(series.keptNonZeros, 4);
  EXPECT_EQ(series.droppedMagnitude, 8);
  EXPECT_EQ(series.keptMagnitude, 12);
  EXPECT_EQ(series.droppedSquaredNorm, 20);
  EXPECT_EQ(series.keptSquaredNorm, 40);
  EXPECT_THAT(profile.histograms[0].counts, ElementsAre(0, 0, 4, 0, 0));
  EXPECT_THAT(profile.histograms[1].counts, ElementsAre(0, 8, 0));
  EXPECT_EQ(profile.getPseudoDensity(1), 0.5);
}

TEST(OperandProfile, OfOneTensorIsAsMeasured) {
  std::mt19937 rng(1);
  for (ElementType type : allElementTypes)
    for (int round = 0; round < 20; ++round) {
      TestTensor tensor = TestTensor::random(type, Values::Finite, rng);
      OperandProfile profile = profileOf(tensor, getRequest());
      Metrics metrics = llvm::cantFail(
          measure(tensor.view, getRequest().series, getRequest().blockSizes));
      TensorMetrics found = profile.getTensorMetrics();
      EXPECT_EQ(found.numElements, metrics.tensor.numElements);
      EXPECT_EQ(found.numNonZeros, metrics.tensor.numNonZeros);
      EXPECT_EQ(found.magnitude, metrics.tensor.magnitude);
      EXPECT_EQ(found.squaredNorm, metrics.tensor.squaredNorm);
      EXPECT_EQ(profile.distribution.getNumNonZeros(), found.numNonZeros);
      for (auto [i, series] : llvm::enumerate(metrics.series)) {
        SeriesMetrics one = profile.getSeriesMetrics(i);
        EXPECT_EQ(one.droppedNonZeros, series.droppedNonZeros);
        EXPECT_EQ(one.droppedMagnitude, series.droppedMagnitude);
        EXPECT_EQ(one.droppedSquaredNorm, series.droppedSquaredNorm);
        EXPECT_DOUBLE_EQ(one.keptMagnitude, series.keptMagnitude);
      }
      for (auto [i, histogram] : llvm::enumerate(metrics.histograms))
        EXPECT_EQ(profile.histograms[i].counts, histogram.counts);
    }
}

TEST(OperandProfile, SumsAgreeWithEachOther) {
  std::mt19937 rng(2);
  for (ElementType type : allElementTypes) {
    std::vector<TestTensor> tensors = getRandomTensors(type, rng);
    OperandProfile profile = profileOf(tensors, getRequest());
    for (const BlockHistogram &histogram : profile.histograms) {
      int64_t numBlocks = 0, numNonZeros = 0;
      for (auto [k, count] : llvm::enumerate(histogram.counts)) {
        numBlocks += count;
        numNonZeros += count * static_cast<int64_t>(k);
      }
      EXPECT_EQ(numBlocks,
                profile.numRows *
                    llvm::divideCeil(profile.numColumns, histogram.blockSize));
      EXPECT_EQ(numNonZeros, profile.numNonZeros);
    }
    ExactSum columns;
    for (const ExactSum &sum : profile.columnSquares)
      columns.add(sum);
    EXPECT_NEAR(columns.toDouble(), profile.squaredNorm.toDouble(),
                1e-12 * columns.toDouble());
  }
}

//===----------------------------------------------------------------------===//
// Order, shards and threads
//===----------------------------------------------------------------------===//

TEST(OperandProfile, ShardsMergeToTheWholeBitForBit) {
  std::mt19937 rng(3);
  for (ElementType type : allElementTypes)
    for (int round = 0; round < 10; ++round) {
      std::vector<TestTensor> tensors = getRandomTensors(type, rng);
      std::string whole = getText(profileOf(tensors, getRequest()));
      std::shuffle(tensors.begin(), tensors.end(), rng);
      EXPECT_EQ(getText(profileOf(tensors, getRequest())), whole);
      OperandProfile merged(getRequest(), tensors.front().getNumColumns());
      for (size_t begin = 0; begin < tensors.size();) {
        size_t count = rng() % (tensors.size() - begin) + 1;
        auto shard = llvm::ArrayRef(tensors).slice(begin, count);
        EXPECT_EQ(getMessage(merged.merge(profileOf(shard, getRequest()))), "");
        begin += count;
      }
      EXPECT_EQ(getText(merged), whole);
    }
}

TEST(OperandProfile, DoesNotDependOnThreads) {
  std::mt19937 rng(4);
  TestTensor tensor =
      TestTensor::matrix(ElementType::F32, 3000, 200, Values::Finite, rng);
  ProfileRequest request = getRequest();
  request.hasMatrix = true;
  OperandProfile alone = profileOf(tensor, request);
  for (unsigned threads : {1, 4}) {
    llvm::DefaultThreadPool pool(llvm::hardware_concurrency(threads));
    OperandProfile shared = profileOf(tensor, request, &pool);
    EXPECT_EQ(getText(shared), getText(alone));
    EXPECT_EQ(shared.matrix->sums, alone.matrix->sums);
  }
}

TEST(OperandProfile, MemoryDoesNotGrowWithTheData) {
  std::mt19937 rng(5);
  TestTensor tensor =
      TestTensor::matrix(ElementType::BF16, 64, 16, Values::Finite, rng);
  OperandProfile profile = profileOf(tensor, getRequest());
  size_t numBins = profile.distribution.getCounts().size();
  for (int i = 0; i < 1000; ++i)
    ASSERT_EQ(getMessage(profile.observe(tensor.view)), "");
  EXPECT_EQ(profile.numRows, 64 * 1001);
  EXPECT_EQ(profile.distribution.getCounts().size(), numBins);
  EXPECT_LE(profile.magnitude.getParts().size(), 3u);
  for (const ExactSum &sum : profile.columnSquares)
    EXPECT_LE(sum.getParts().size(), 3u);
}

//===----------------------------------------------------------------------===//
// Pseudo-density
//===----------------------------------------------------------------------===//

TEST(OperandProfile, PseudoDensityIsWithinItsStatedError) {
  std::mt19937 rng(6);
  for (ElementType type : allElementTypes)
    for (int round = 0; round < 20; ++round) {
      TestTensor tensor = TestTensor::matrix(
          type, rng() % 40 + 1, rng() % 40 + 1, Values::Finite, rng);
      OperandProfile profile = profileOf(tensor, {});
      for (double share : {0.0, 0.5, 0.9, 0.99, 0.999}) {
        double error = (1 - share) / 31;
        double least = llvm::cantFail(
            getPseudoDensity(tensor.view, std::max(0.0, share - error)));
        double most = llvm::cantFail(
            getPseudoDensity(tensor.view, std::min(1.0, share + error)));
        EXPECT_GE(profile.getPseudoDensity(share), least) << share;
        EXPECT_LE(profile.getPseudoDensity(share), most) << share;
      }
      EXPECT_EQ(profile.getPseudoDensity(1),
                profile.getTensorMetrics().getDensity());
    }
}

TEST(MagnitudeDistribution, BinsReachFromTheSmallestToTheLargest) {
  MagnitudeDistribution distribution;
  double values[] = {0x1p-1074,
                     -0x1p-1074,
                     1,
                     1.03,
                     -1.04,
                     0,
                     std::numeric_limits<double>::max()};
  distribution.add(TensorView::contiguous(values, ElementType::F64, {7}, {0}));
  EXPECT_EQ(distribution.getNumNonZeros(), 6);
  EXPECT_THAT(distribution.getCounts(),
              ElementsAre(std::pair(0, 2), std::pair(1023 * 32, 2),
                          std::pair(1023 * 32 + 1, 1),
                          std::pair(2047 * 32 - 1, 1)));
  EXPECT_EQ(distribution.getNumLargest(0.99), 1);
  EXPECT_EQ(distribution.getNumLargest(1), 6);
}

TEST(MagnitudeDistribution, OfNothing) {
  EXPECT_EQ(MagnitudeDistribution().getNumLargest(0.5), 0);
  EXPECT_EQ(OperandProfile().getPseudoDensity(), 0);
}

//===----------------------------------------------------------------------===//
// Second moments
//===----------------------------------------------------------------------===//

TEST(SecondMomentMatrix, HasTheProductsOfColumns) {
  std::mt19937 rng(7);
  for (ElementType type : {ElementType::F32, ElementType::SI8, ElementType::UI8,
                           ElementType::BF16}) {
    TestTensor tensor = TestTensor::matrix(type, 70, 33, Values::Ties, rng);
    ProfileRequest request;
    request.hasMatrix = true;
    OperandProfile profile(request, 33);
    if (profile.observe(tensor.view))
      continue; // not finite
    std::vector<double> moments = profile.getSecondMoments();
    for (int64_t i = 0; i < 33; ++i) {
      EXPECT_DOUBLE_EQ(profile.matrix->getMoment(i, i), moments[i]);
      for (int64_t j = 0; j < 33; ++j)
        EXPECT_EQ(profile.matrix->getMoment(i, j),
                  profile.matrix->getMoment(j, i));
    }
  }
}

TEST(SecondMomentMatrix, KeepsSigns) {
  ProfileRequest request;
  request.hasMatrix = true;
  TestTensor tensor = TestTensor::of({1, -2, 0, 3, 4, -5}, {2, 3});
  OperandProfile profile = profileOf({tensor, tensor}, request);
  EXPECT_THAT(profile.matrix->sums,
              ElementsAre(20, 20, -30, 20, 40, -40, -30, -40, 50));
  EXPECT_EQ(profile.matrix->getMoment(0, 2), -7.5);
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

TEST(OperandProfile, RejectsWhatIsNotFinite) {
  OperandProfile profile(getRequest(), 4);
  std::string before = getText(profile);
  for (float value : {INFINITY, -INFINITY, NAN}) {
    TestTensor tensor = TestTensor::of({1, value, 2, 3}, {1, 4});
    EXPECT_EQ(getMessage(profile.observe(tensor.view)),
              "expected finite elements but got an infinity or NaN");
  }
  double large[] = {1e200, 1, 1, 1};
  EXPECT_THAT(getMessage(profile.observe(TensorView::contiguous(
                  large, ElementType::F64, {1, 4}, {1}))),
              HasSubstr("expected a sum of squares of at most"));
  EXPECT_EQ(getText(profile), before);
}

TEST(OperandProfile, RejectsOtherShapesAndRequests) {
  OperandProfile profile(getRequest(), 4);
  TestTensor other = TestTensor::of({1, 2}, {1, 2});
  EXPECT_EQ(getMessage(profile.observe(other.view)),
            "expected 4 columns but got 2");
  EXPECT_EQ(getMessage(profile.merge(OperandProfile(getRequest(), 2))),
            "expected columns: 4 but got 2");
  ProfileRequest request = getRequest();
  request.series.pop_back();
  EXPECT_EQ(getMessage(profile.merge(OperandProfile(request, 4))),
            "expected series [2:4,1:8,2:4+1:8] but got [2:4,1:8]");
  request = getRequest();
  request.blockSizes = {4};
  EXPECT_EQ(getMessage(profile.merge(OperandProfile(request, 4))),
            "expected block sizes [4,8,3] but got [4]");
  request = getRequest();
  request.hasMatrix = true;
  EXPECT_EQ(getMessage(profile.merge(OperandProfile(request, 4))),
            "expected second-moment matrices in both profiles or in none");
}

TEST(ProfileRequest, RejectsWhatComesTwice) {
  ProfileRequest request = getRequest();
  EXPECT_EQ(getMessage(request.verify()), "");
  request.blockSizes.push_back(8);
  EXPECT_EQ(getMessage(request.verify()),
            "expected each block size once but got 8 twice");
  request.series.push_back(parseSeries("1:8"));
  EXPECT_EQ(getMessage(request.verify()),
            "expected each series once but got 1:8 twice");
  request.blockSizes = {65537};
  EXPECT_THAT(getMessage(request.verify()), HasSubstr("65537"));
}

TEST(Profile, MergesLayersAndNamesThemInErrors) {
  TestTensor narrow = TestTensor::of({1, 2}, {1, 2});
  TestTensor wide = TestTensor::of({1, 2, 3, 4}, {1, 4});
  Profile a, b, c;
  a.layers["x"].emplace(0, profileOf(narrow, {}));
  b.layers["x"].emplace(1, profileOf(wide, {}));
  b.layers["y"].emplace(0, profileOf(wide, {}));
  c.layers["x"].emplace(1, profileOf(narrow, {}));
  EXPECT_EQ(getMessage(a.merge(b)), "");
  EXPECT_EQ(a.find("x", 0)->numColumns, 2);
  EXPECT_EQ(a.find("x", 1)->numColumns, 4);
  EXPECT_EQ(a.find("y", 1), nullptr);
  EXPECT_EQ(a.find("z", 0), nullptr);
  EXPECT_EQ(getMessage(a.merge(c)),
            "layer 'x', input 1: expected columns: 4 but got 2");
}
