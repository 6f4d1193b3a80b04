//===- MetricTest.cpp - Scores of outputs ---------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/Metric.h"
#include "TestArrays.h"

#include "gmock/gmock.h"

#include <cmath>
#include <limits>

using namespace llvm;
using namespace tasd::evaluation;
using testing::HasSubstr;

static std::unique_ptr<Metric> getMetric(StringRef text) {
  Expected<std::unique_ptr<Metric>> metric = createMetric(text);
  if (!metric)
    report_fatal_error(metric.takeError());
  return std::move(*metric);
}

static Truth getDense(NDArray array) { return {{std::move(array)}, ""}; }
static Truth getLabels(NDArray array) { return {{std::move(array)}, "y.npy"}; }

static double getScore(StringRef metric, NDArray output, const Truth &truth) {
  Expected<double> score =
      getMetric(metric)->getScore({std::move(output)}, truth);
  if (!score)
    report_fatal_error(score.takeError());
  return *score;
}

static std::string getMessage(StringRef metric, NDArray output,
                              const Truth &truth) {
  Expected<double> score =
      getMetric(metric)->getScore({std::move(output)}, truth);
  return score ? "" : toString(score.takeError());
}

static std::string getCreationMessage(StringRef text) {
  Expected<std::unique_ptr<Metric>> metric = createMetric(text);
  return metric ? "" : toString(metric.takeError());
}

//===----------------------------------------------------------------------===//
// Accuracy and distance
//===----------------------------------------------------------------------===//

TEST(MetricTest, CountsRightClassesAmongTheLargest) {
  NDArray scores = makeF32({2, 3}, {0, 1, 2, 2, 1, 0});
  Truth labels = getLabels(makeArray<int32_t>(DType::SI32, {2}, {1, 0}));
  EXPECT_EQ(getScore("top1", scores, labels), 0.5);
  EXPECT_EQ(getScore("top2", scores, labels), 1);
}

TEST(MetricTest, ComparesClassesWithTheDenseModels) {
  Truth dense = getDense(makeF32({2, 2}, {0, 1, 1, 0}));
  EXPECT_EQ(getScore("top1", makeF32({2, 2}, {0, 5, 7, 0}), dense), 1);
  EXPECT_EQ(getScore("top1", makeF32({2, 2}, {0, 5, 7, 9}), dense), 0.5);
}

TEST(MetricTest, MeasuresDistances) {
  // (3, 4) and (0, 4): an error of 9 of 25.
  Truth truth = getDense(makeF32({2}, {3, 4}));
  NDArray output = makeF32({2}, {0, 4});
  EXPECT_DOUBLE_EQ(getScore("mse", output, truth), 1 - 9. / 25);
  EXPECT_DOUBLE_EQ(getScore("relative-error", output, truth), 1 - 3. / 5);
  EXPECT_DOUBLE_EQ(getScore("cosine", output, truth), 16. / (4 * 5));
}

TEST(MetricTest, GivesOneToTheDenseModel) {
  NDArray output = makeF32({3}, {0.1f, 0.7f, -3e-8f});
  for (const char *metric : {"mse", "relative-error", "cosine"})
    EXPECT_EQ(getScore(metric, output, getDense(output)), 1) << metric;
}

TEST(MetricTest, GivesNoCosineToZeros) {
  EXPECT_EQ(
      getScore("cosine", makeF32({2}, {0, 0}), getDense(makeF32({2}, {1, 2}))),
      0);
}

TEST(MetricTest, ComparesWithAnswersOfAnotherType) {
  Truth answers = getLabels(makeArray<int64_t>(DType::SI64, {2}, {3, 4}));
  EXPECT_DOUBLE_EQ(getScore("mse", makeF32({2}, {0, 4}), answers), 1 - 9. / 25);
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

TEST(MetricTest, NamesAllKinds) {
  for (const char *text : {"top0", "top", "topology", "accuracy", ""})
    EXPECT_EQ(getCreationMessage(text),
              "expected a metric, one of topK, mse, relative-error, cosine, "
              "command:PROGRAM, but got '" +
                  std::string(text) + "'");
}

TEST(MetricTest, RejectsTruthThatDoesNotFit) {
  NDArray scores = makeF32({2, 2}, {0, 1, 1, 0});
  EXPECT_EQ(getMessage("top1", scores,
                       getLabels(makeArray<int8_t>(DType::SI8, {1}, {0}))),
            "labels 'y.npy': expected 2 labels but got 1");
  EXPECT_EQ(getMessage("top3", scores,
                       getLabels(makeArray<int8_t>(DType::SI8, {2}, {0, 1}))),
            "metric 'top3': expected at least 3 classes but got 2");
  EXPECT_EQ(getMessage("cosine", scores, getLabels(makeF32({3}, {1, 2, 3}))),
            "labels 'y.npy': array 0: expected shape 2x2 but got 3");
  EXPECT_EQ(getMessage("mse", scores, getDense(makeF32({2, 2}, {0, 0, 0, 0}))),
            "metric 'mse': expected outputs and truth that are finite and not "
            "all zero");
}

TEST(MetricTest, VerifiesSignatures) {
  Signature scores, none;
  scores.results.push_back({DType::F32, {}, {2, 2, 2}, "the type"});
  EXPECT_EQ(toString(getMetric("top1")->verify(scores, nullptr)),
            "expected scores of rows and classes as the first result but got "
            "'the type'");
  EXPECT_EQ(toString(getMetric("mse")->verify(none, nullptr)),
            "metric 'mse': expected a function with results");
  Truth two = getLabels(makeF32({1}, {0}));
  two.arrays.push_back(two.arrays.front());
  for (const char *metric : {"top1", "cosine"})
    EXPECT_THAT(toString(getMetric(metric)->verify(scores, &two)),
                HasSubstr("labels 'y.npy': expected 1 array"));
  EXPECT_EQ(toString(getMetric("command:true")->verify(scores, &two)),
            "metric command 'true': expected {truth} in the command, which "
            "stands for the labels 'y.npy'");
  EXPECT_FALSE(
      errorToBool(getMetric("command:true {truth}")->verify(scores, &two)));
}

TEST(MetricTest, FindsNaN) {
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(toString(verifyNoNaN({makeF32({1}, {0}), makeF32({2}, {1, nan})})),
            "array 1: expected numbers but got NaN as element 1 of 2");
  EXPECT_FALSE(errorToBool(
      verifyNoNaN(makeF32({1}, {std::numeric_limits<float>::infinity()}))));
}

//===----------------------------------------------------------------------===//
// Commands
//===----------------------------------------------------------------------===//

static std::string runCommand(StringRef script) {
  NDArray output = makeF32({2}, {0, 1});
  Expected<double> score =
      getMetric(("command:sh -c '" + script + "' metric").str())
          ->getScore(output, getDense(output));
  return score ? std::to_string(*score) : toString(score.takeError());
}

TEST(CommandMetricTest, TakesWhatIsPrinted) {
  EXPECT_EQ(runCommand("echo 0.25"), "0.250000");
  // A file of 80 bytes of header, filled up to 128, and two elements.
  EXPECT_EQ(runCommand("test -s \"$1\" && wc -c < \"$1\""), "136.000000");
}

TEST(CommandMetricTest, GivesSeveralResultsInOneArchive) {
  NDArray output = makeF32({1}, {0});
  Expected<double> score =
      getMetric("command:sh -c 'case $1 in *.npz) echo 1;; esac' metric")
          ->getScore({output, output}, Truth());
  ASSERT_TRUE(bool(score)) << toString(score.takeError());
  EXPECT_EQ(*score, 1);
}

TEST(CommandMetricTest, GivesTheTruth) {
  auto getScore = [](StringRef script, const Truth &truth) {
    Expected<double> score =
        getMetric(("command:sh -c '" + script + "' metric of={truth}").str())
            ->getScore(makeF32({2}, {0, 1}), truth);
    return score ? std::to_string(*score) : toString(score.takeError());
  };
  // The file of labels itself, or what the dense model gives as a file.
  Truth labels = getLabels(makeF32({1}, {0}));
  EXPECT_EQ(getScore("test $1 = of=y.npy && echo 1", labels), "1.000000");
  StringRef compare = "cmp -s ${1#of=} $2 && echo 1 || echo 0";
  EXPECT_EQ(getScore(compare, getDense(makeF32({2}, {0, 1}))), "1.000000");
  EXPECT_EQ(getScore(compare, getDense(makeF32({2}, {0, 2}))), "0.000000");
}

TEST(CommandMetricTest, SaysWhatWentWrong) {
  EXPECT_EQ(runCommand("echo no data >&2; exit 3"),
            "metric command 'sh -c 'echo no data >&2; exit 3' metric': "
            "expected exit code 0 but got 3 and printed 'no data'");
  EXPECT_THAT(runCommand("exit 1"), HasSubstr("got 1 and printed nothing"));
  EXPECT_THAT(runCommand("kill -9 $$"), HasSubstr("and printed nothing"));
  for (const char *text : {"", "good", "1 2", "nan", "inf"})
    EXPECT_THAT(runCommand(std::string("echo ") + text),
                HasSubstr("expected it to print one finite number but got '" +
                          std::string(text) + "'"));
}

TEST(CommandMetricTest, NeedsAProgram) {
  EXPECT_EQ(getCreationMessage("command:"),
            "metric command: expected a program");
  EXPECT_THAT(getCreationMessage("command:no-such-program x"),
              HasSubstr("metric command 'no-such-program x': cannot find "
                        "program 'no-such-program'"));
}
