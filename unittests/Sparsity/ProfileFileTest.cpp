//===- ProfileFileTest.cpp - Profiles in JSON -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/ProfileFile.h"

#include "TestTensors.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "gmock/gmock.h"

using namespace tasd;
using namespace tasd::sparsity;
using namespace tasd::sparsity::test;
using testing::HasSubstr;

static std::string getText(const Profile &profile) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printProfile(os, profile);
  return text;
}

static llvm::Expected<Profile> parse(llvm::StringRef text) {
  static PatternRegistry registry = PatternRegistry::createWithBuiltins();
  return parseProfile(text, registry);
}

/// A profile of two layers, one of them measured in all ways.
static Profile getProfile(bool hasMatrix = false) {
  std::mt19937 rng(1);
  ProfileRequest request;
  request.series = {parseSeries("2:4"), parseSeries("2:4+1:8")};
  request.blockSizes = {4};
  request.hasMatrix = hasMatrix;
  Profile profile;
  auto add = [&](llvm::StringRef layer, int64_t input,
                 const ProfileRequest &request) {
    OperandProfile operand(request, 6);
    for (int i = 0; i < 5; ++i)
      llvm::cantFail(operand.observe(
          TestTensor::matrix(ElementType::F32, 9, 6, Values::Finite, rng)
              .view));
    profile.layers[layer.str()].emplace(input, operand);
  };
  add("a/\"1\"\n", 1, request);
  add("b", 0, {});
  return profile;
}

/// The text of the profile with a part replaced, and what is wrong with it.
static std::string getMessageWith(llvm::StringRef from, llvm::StringRef to) {
  std::string text = getText(getProfile());
  size_t begin = text.find(from.str());
  EXPECT_NE(begin, std::string::npos) << from.str();
  text.replace(begin, from.size(), to.str());
  return getMessage(parse(text));
}

namespace {
/// A folder that goes away again.
struct Folder {
  Folder() {
    llvm::cantFail(llvm::errorCodeToError(
        llvm::sys::fs::createUniqueDirectory("profile", path)));
  }
  ~Folder() { llvm::sys::fs::remove_directories(path); }
  std::string getPath(llvm::StringRef name) const {
    llvm::SmallString<128> file = path;
    llvm::sys::path::append(file, name);
    return file.str().str();
  }
  llvm::SmallString<128> path;
};
} // namespace

TEST(ProfileFile, KeepsEveryBit) {
  Profile profile = getProfile();
  std::string text = getText(profile);
  llvm::Expected<Profile> read = parse(text);
  ASSERT_EQ(getMessage(read.takeError()), "");
  EXPECT_EQ(getText(*read), text);
  EXPECT_EQ(read->find("b", 0)->getPseudoDensity(),
            profile.find("b", 0)->getPseudoDensity());
}

TEST(ProfileFile, MergesAsTheProfilesDo) {
  Profile merged = llvm::cantFail(parse(getText(getProfile())));
  llvm::cantFail(merged.merge(llvm::cantFail(parse(getText(getProfile())))));
  Profile twice = getProfile();
  llvm::cantFail(twice.merge(getProfile()));
  EXPECT_EQ(getText(merged), getText(twice));
}

TEST(ProfileFile, WritesMatricesBesideIt) {
  Folder folder;
  Profile profile = getProfile(/*hasMatrix=*/true);
  std::string path = folder.getPath("p.json");
  ASSERT_EQ(getMessage(writeProfileFile(path, profile)), "");
  PatternRegistry registry = PatternRegistry::createWithBuiltins();
  Profile read = llvm::cantFail(readProfileFile(path, registry));
  const OperandProfile &operand = *read.find("a/\"1\"\n", 1);
  EXPECT_EQ(operand.matrixPath, folder.getPath("p.json.0.npy"));
  std::vector<double> moments = llvm::cantFail(readSecondMoments(operand));
  const SecondMomentMatrix &matrix = *profile.find("a/\"1\"\n", 1)->matrix;
  for (int64_t i = 0; i < 36; ++i)
    EXPECT_EQ(moments[i], matrix.getMoment(i / 6, i % 6));
  EXPECT_EQ(getMessage(readSecondMoments(*read.find("b", 0))),
            "expected a profile with full second moments");
  // A matrix of a part of the data is none of all of them.
  std::string other = folder.getPath("other.json");
  ASSERT_EQ(getMessage(writeProfileFile(other, getProfile())), "");
  Profile merged = llvm::cantFail(readProfileFiles({path, other}, registry));
  EXPECT_EQ(merged.find("a/\"1\"\n", 1)->matrixPath, "");
  EXPECT_THAT(getMessage(readProfileFiles({path, path}, registry)),
              HasSubstr("which would count twice"));
}

TEST(ProfileFile, RejectsOtherMatrices) {
  SecondMomentMatrix matrix;
  matrix.numColumns = 2;
  matrix.numRows = 1;
  matrix.sums = {1, 2, 2, 5};
  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  matrix.writeNpy(os);
  EXPECT_EQ(llvm::cantFail(parseSecondMoments(bytes, 2)), matrix.sums);
  EXPECT_EQ(getMessage(parseSecondMoments(bytes, 3)),
            "expected second moments, 3 x 3 doubles");
  EXPECT_EQ(
      getMessage(parseSecondMoments(llvm::StringRef(bytes).drop_back(), 2)),
      "expected second moments, 2 x 2 doubles");
  bytes.replace(bytes.size() - 2, 2, "\xf0\x7f", 2);
  EXPECT_THAT(getMessage(parseSecondMoments(bytes, 2)),
              HasSubstr("expected finite second moments"));
}

TEST(ProfileFile, NamesTheFileAtFault) {
  PatternRegistry registry = PatternRegistry::createWithBuiltins();
  EXPECT_THAT(getMessage(readProfileFile("/does/not/exist", registry)),
              HasSubstr("cannot read '/does/not/exist': "));
  Folder folder;
  std::string path = folder.getPath("p.json");
  Profile profile;
  profile.layers["b"].emplace(0, OperandProfile({}, 7));
  llvm::cantFail(writeProfileFile(path, profile));
  std::string other = folder.getPath("q.json");
  llvm::cantFail(writeProfileFile(other, getProfile()));
  EXPECT_EQ(getMessage(readProfileFiles({path, other}, registry)),
            other + ": layer 'b', input 0: expected columns: 7 but got 6");
}

TEST(ProfileFile, SaysWhereTheFormIsWrong) {
  EXPECT_THAT(getMessage(parse("{")), HasSubstr("[1:1, byte=1]"));
  EXPECT_EQ(getMessage(parse("[]")), "expected object when parsing profile");
  EXPECT_EQ(getMessageWith("\"tasd-profile\"", "\"profile\""),
            "expected schema 'tasd-profile' but got 'profile'");
  EXPECT_EQ(getMessageWith("\"version\": 1", "\"version\": 2"),
            "expected version 1 of a profile but got 2");
  EXPECT_EQ(getMessageWith("\"num_rows\": 45", "\"num_rows\": \"x\""),
            "expected integer at profile.layers[0].inputs[0].num_rows");
  EXPECT_EQ(getMessageWith("\"num_rows\"", "\"rows\""),
            "missing value at profile.layers[0].inputs[0].num_rows");
}

TEST(ProfileFile, RejectsWhatNoDataHave) {
  const char *operand = "layer 'a/\"1\"\n', input 1: ";
  auto expect = [&](llvm::StringRef from, llvm::StringRef to,
                    const std::string &message) {
    EXPECT_EQ(getMessageWith(from, to), operand + message);
  };
  expect("\"num_columns\": 6", "\"num_columns\": 5",
         "expected 0 <= num_non_zeros <= 225 but got 270");
  expect("\"num_rows\": 45", "\"num_rows\": -1",
         "expected 0 <= num_rows <= 1501199875790165 but got -1");
  expect("\"magnitude\": [", "\"magnitude\": [1,1,",
         "expected the parts of a sum as magnitude");
  expect("\"squared_norm\": [", "\"squared_norm\": [-1e300,",
         "expected the parts of a sum as squared_norm");
  expect("\"2:4\"", "\"5:4\"", "expected 1 <= N <= M <= 64 but got 5:4");
  expect("\"2:4+1:8\"", "\"2:4\"",
         "expected each series once but got 2:4 twice");
  expect("\"block_size\":4", "\"block_size\":0",
         "expected 1 <= block_size <= 65536 but got 0");
  expect("\"magnitude_bins\": [[", "\"magnitude_bins\": [[0],[",
         "expected magnitude_bins of a bin and a count");
  expect("\"magnitude_bins\": [[", "\"magnitude_bins\": [[65504,1],[",
         "expected 0 <= bin <= 65503 but got 65504");
  expect("\"column_squares\": [", "\"column_squares\": [[],",
         "expected 6 <= number of column_squares <= 6 but got 7");
}

TEST(ProfileFile, NamesOfAnyBytesAreWritten) {
  Profile profile;
  profile.layers["\xff"].emplace(0, OperandProfile({}, 1));
  EXPECT_EQ(getMessage(parse(getText(profile)).takeError()), "");
}

TEST(ProfileFile, MutationsAreReadOrRefused) {
  std::mt19937 rng(2);
  std::string text = getText(getProfile());
  int64_t numRead = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string mutated = text;
    for (unsigned i = 0, count = rng() % 3 + 1; i < count; ++i) {
      static constexpr char kBytes[] = "0123456789-.,[]{}\":e+ null\x80";
      mutated[rng() % mutated.size()] = kBytes[rng() % (sizeof(kBytes) - 1)];
    }
    llvm::Expected<Profile> profile = parse(mutated);
    if (!profile) {
      EXPECT_NE(getMessage(profile.takeError()), "");
      continue;
    }
    ++numRead;
    std::string again = getText(*profile);
    EXPECT_EQ(getText(llvm::cantFail(parse(again))), again);
  }
  EXPECT_GT(numRead, 0);
}
