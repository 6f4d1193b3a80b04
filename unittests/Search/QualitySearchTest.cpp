//===- QualitySearchTest.cpp - The model decides --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/QualitySearch.h"

#include "TestProblems.h"

#include "llvm/Support/ThreadPool.h"

#include <atomic>
#include <cmath>
#include <map>

using namespace tasd::search;
using namespace tasd::search::test;
using tasd::cost::Objective;

namespace {
/// Layers of ten candidates each, the first dense, the others cheaper and more
/// wrong by turns.
Problem makeModel(size_t numLayers, uint32_t seed) {
  std::mt19937 rng(seed);
  std::vector<std::vector<Candidate>> layers(numLayers);
  for (std::vector<Candidate> &layer : layers) {
    int64_t scale = 100 + int64_t(rng() % 1000);
    layer.push_back(makeCandidate("", 16 * scale, 16 * scale, 0));
    for (int kept = 15; kept > 6; --kept) {
      Candidate candidate = makeCandidate(std::to_string(kept) + ":16",
                                          kept * scale, kept * scale, 0);
      double dropped = (16 - kept) / 16.0;
      candidate.errors.droppedNonZeros = dropped;
      candidate.errors.droppedMagnitude =
          dropped * dropped * double(1 + rng() % 8) / 8;
      candidate.errors.squaredOutput =
          std::pow(dropped, 3) * double(1 + rng() % 64) / 64;
      layer.push_back(std::move(candidate));
    }
  }
  return makeProblem(Objective::Edp, std::move(layers));
}

/// What a model loses: the output error, and something that no error model
/// sees.
double getQuality(const Problem &problem, const Choice &choice) {
  double loss = 0;
  uint32_t hash = 1;
  for (size_t i = 0; i < choice.size(); ++i) {
    loss += problem.layers[i].candidates[choice[i]].errors.squaredOutput;
    hash = hash * 31 + choice[i];
  }
  return 1 - loss / double(choice.size()) - 1e-4 * double(hash % 100);
}

class FakeJournal final : public Journal {
public:
  std::optional<double> lookup(llvm::StringRef key) override {
    auto it = entries.find(key.str());
    return it == entries.end() ? std::nullopt : std::optional(it->second);
  }
  void record(llvm::StringRef key, double quality) override {
    std::lock_guard<std::mutex> lock(mutex);
    entries[key.str()] = quality;
  }

  std::map<std::string, double> entries;
  std::mutex mutex;
};

class QualitySearchTest : public testing::Test {
protected:
  QualitySearchTest() {
    options.minQuality = 0.95;
    options.proposers = getProposers(*llvm::cantFail(getStrategy("optimal")),
                                     ErrorModel::OutputError);
  }

  /// Runs the search; `evaluate` counts what it is asked for.
  QualityResult run(const Problem &problem, int64_t maxEvaluations = 100,
                    Journal *journal = nullptr,
                    llvm::ThreadPoolInterface *pool = nullptr) {
    numRun = 0;
    auto evaluate = [&](const Choice &choice) -> llvm::Expected<double> {
      ++numRun;
      return getQuality(problem, choice);
    };
    Evaluator evaluator(problem, evaluate, maxEvaluations, journal, pool);
    return llvm::cantFail(searchQuality(problem, options, evaluator));
  }

  QualityOptions options;
  std::atomic<int64_t> numRun = 0;
};
} // namespace

static std::string getText(const QualityResult &result) {
  std::string text = result.best ? std::to_string(*result.best) : "none";
  for (const Evaluated &evaluated : result.evaluated) {
    text += "\n" + std::to_string(evaluated.proposer) + " " +
            std::to_string(evaluated.quality);
    for (uint32_t position : evaluated.solution.choice)
      text += " " + std::to_string(position);
  }
  return text;
}

TEST_F(QualitySearchTest, FindsAChoiceThatKeepsTheQuality) {
  for (uint32_t seed = 0; seed < 20; ++seed) {
    Problem problem = makeModel(12, seed);
    QualityResult result = run(problem);
    ASSERT_NE(result.getBest(), nullptr);
    EXPECT_GE(result.getBest()->quality, options.minQuality);
    // The first is the dense model, and much dearer.
    EXPECT_EQ(result.evaluated[0].solution.choice, Choice(12, 0));
    EXPECT_LT(2 * double(getObjective(problem, result.getBest()->solution)),
              double(getObjective(problem, result.evaluated[0].solution)));
    for (const Evaluated &other : result.evaluated)
      EXPECT_TRUE(other.quality < options.minQuality ||
                  getObjective(problem, other.solution) >=
                      getObjective(problem, result.getBest()->solution));
  }
}

/// The objective that the published algorithm reaches: after each pair it
/// applies it looks at the quality, and ends with the last before it was lost.
static Int128 getGreedyObjective(Problem problem, ErrorModel model,
                                 double minQuality) {
  problem.errorModel = model;
  std::vector<std::tuple<double, size_t, uint32_t>> pairs;
  for (size_t i = 0; i < problem.layers.size(); ++i)
    for (uint32_t k = 1; k < problem.layers[i].candidates.size(); ++k)
      // Of candidates of one error the cheapest, which is the last.
      pairs.emplace_back(problem.layers[i].candidates[k].errors.get(model), i,
                         ~k);
  std::sort(pairs.begin(), pairs.end());
  Choice choice(problem.layers.size(), 0);
  for (auto [error, layer, position] : pairs) {
    Choice next = choice;
    next[layer] = ~position;
    if (problem.getTotals(next).getObjective(problem.objective) >=
        problem.getTotals(choice).getObjective(problem.objective))
      continue;
    if (getQuality(problem, next) < minQuality)
      break;
    choice = next;
  }
  return problem.getTotals(choice).getObjective(problem.objective);
}

TEST_F(QualitySearchTest, IsNotWorseThanGreedy) {
  std::vector<Proposer> all = options.proposers;
  options.numRechecks = 0;
  for (uint32_t seed = 0; seed < 50; ++seed)
    for (ErrorModel model :
         {ErrorModel::DroppedNonZeros, ErrorModel::DroppedMagnitude}) {
      Problem problem = makeModel(12, seed);
      Int128 greedy = getGreedyObjective(problem, model, options.minQuality);
      // Alone, too, although it looks at few of the choices.
      for (const auto &proposers :
           {all, {{llvm::cantFail(getStrategy("greedy")), model}}}) {
        options.proposers = proposers;
        QualityResult result = run(problem, 200);
        ASSERT_TRUE(result.isComplete);
        EXPECT_TRUE(getObjective(problem, result.getBest()->solution) <=
                    greedy);
      }
    }
}

TEST_F(QualitySearchTest, EvaluatesEachChoiceOnceAndNoMoreThanAllowed) {
  Problem problem = makeModel(30, 1);
  for (int64_t most : {0, 1, 2, 3, 5, 8, 13, 1000}) {
    QualityResult result = run(problem, most);
    EXPECT_LE(numRun, most);
    // What rechecks do not need is not left over; a beginning takes two.
    if (most > 1 && most < 1000) {
      EXPECT_EQ(numRun, most);
    }
    EXPECT_EQ(size_t(numRun), result.evaluated.size());
    EXPECT_EQ(result.isComplete, most == 1000);
  }
  EXPECT_LT(numRun, 150);
}

TEST_F(QualitySearchTest, LetsProposersTakeTurns) {
  Problem problem = makeModel(30, 1);
  options.numRechecks = 0;
  for (int64_t most : {5, 8, 12}) {
    QualityResult result = run(problem, most);
    ASSERT_FALSE(result.isComplete);
    EXPECT_EQ(result.evaluated.size(), size_t(most));
    EXPECT_EQ(result.evaluated.front().proposer, 0u);
    // The first one's also count for what others propose too.
    EXPECT_TRUE(llvm::any_of(result.evaluated, [](const Evaluated &evaluated) {
      return evaluated.proposer > 0;
    }));
  }
}

TEST_F(QualitySearchTest, TriesNothingThatIsNoBetterThanTheBest) {
  for (uint32_t seed = 0; seed < 20; ++seed) {
    Problem problem = makeModel(12, seed);
    const Evaluated *best = nullptr;
    QualityResult result = run(problem, 200);
    ASSERT_TRUE(result.isComplete);
    for (const Evaluated &evaluated : result.evaluated) {
      // Those of one batch know nothing of each other.
      EXPECT_TRUE(!best || getObjective(problem, evaluated.solution) <
                               getObjective(problem, best->solution));
      if (evaluated.quality >= options.minQuality)
        best = &evaluated;
    }
  }
}

TEST_F(QualitySearchTest, SpendsWhatOthersDoNotNeed) {
  Problem problem = makeModel(30, 2);
  options.numRechecks = 0;
  // Few choices are the same in all layers.
  options.proposers = {
      {llvm::cantFail(getStrategy("optimal")), ErrorModel::OutputError},
      {llvm::cantFail(getStrategy("uniform")), ErrorModel::OutputError}};
  int64_t needed = run(problem, 1000).evaluated.size();
  EXPECT_FALSE(run(problem, needed - 1).isComplete);
  EXPECT_TRUE(run(problem, needed).isComplete);
}

TEST_F(QualitySearchTest, BeginsWithOneEvaluationWhereTheOtherIsKnown) {
  // All choices are good, so that the first proposer needs two, and leaves one.
  options.minQuality = 0;
  options.proposers = {
      {llvm::cantFail(getStrategy("optimal")), ErrorModel::OutputError},
      {llvm::cantFail(getStrategy("greedy")), ErrorModel::OutputError}};
  EXPECT_TRUE(run(makeModel(5, 3), 3).isComplete);
}

TEST_F(QualitySearchTest, TakesTheSameCourseOnThreads) {
  Problem problem = makeModel(20, 2);
  std::string expected = getText(run(problem));
  for (unsigned numThreads : {1, 2, 7}) {
    llvm::DefaultThreadPool pool(llvm::hardware_concurrency(numThreads));
    EXPECT_EQ(getText(run(problem, 100, nullptr, &pool)), expected);
  }
}

TEST_F(QualitySearchTest, TakesTheSameCourseWithAJournal) {
  Problem problem = makeModel(20, 3);
  for (int64_t most : {10, 100}) {
    std::string expected = getText(run(problem, most));
    FakeJournal journal;
    // Some of what it will need, as after a run that was killed.
    run(problem, 7, &journal);
    EXPECT_EQ(getText(run(problem, most, &journal)), expected);
    EXPECT_GT(numRun, 0);
    EXPECT_EQ(getText(run(problem, most, &journal)), expected);
    EXPECT_EQ(numRun, 0);
  }
}

TEST_F(QualitySearchTest, GivesNothingWhereNothingKeepsTheQuality) {
  options.minQuality = 2;
  QualityResult result = run(makeModel(5, 4));
  EXPECT_EQ(result.getBest(), nullptr);
  EXPECT_FALSE(result.evaluated.empty());
}

TEST_F(QualitySearchTest, TakesTheCheapestWhereEverythingDoes) {
  options.minQuality = 0;
  Problem problem = makeModel(5, 5);
  EXPECT_EQ(run(problem).getBest()->solution.choice, Choice(5, 9));
}

TEST_F(QualitySearchTest, PassesOverWhatIsNoNumber) {
  Problem problem = makeModel(3, 6);
  auto evaluate = [](const Choice &) -> llvm::Expected<double> {
    return std::nan("");
  };
  Evaluator evaluator(problem, evaluate, 10);
  EXPECT_EQ(
      llvm::cantFail(searchQuality(problem, options, evaluator)).getBest(),
      nullptr);
}

TEST_F(QualitySearchTest, KeepsWhatThreadsFinishedBesideTheFirstError) {
  Problem problem = makeModel(5, 7);
  Choice dense(5, 0);
  auto evaluate = [&](const Choice &choice) -> llvm::Expected<double> {
    if (choice == dense)
      return 1.0;
    return llvm::createStringError("choice " + llvm::Twine(choice[0]));
  };
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(4));
  FakeJournal journal;
  Evaluator evaluator(problem, evaluate, 10, &journal, &pool);
  Choice second(5, 1), third(5, 2);
  EXPECT_EQ(getMessage(evaluator.evaluate({third, dense, second})), "choice 2");
  EXPECT_EQ(journal.entries.size(), 1u);
  EXPECT_TRUE(evaluator.isKnown(dense));
  EXPECT_FALSE(evaluator.isKnown(second));
}

TEST_F(QualitySearchTest, RefusesMalformedProblems) {
  Problem problem = makeModel(2, 8);
  problem.layers[1].candidates.clear();
  Evaluator evaluator(problem, {}, 10);
  EXPECT_EQ(getMessage(searchQuality(problem, options, evaluator)),
            "layer '1': expected a candidate");
}

TEST_F(QualitySearchTest, ShowsHowFarItIs) {
  std::string text;
  {
    llvm::raw_string_ostream os(text);
    tasd::Progress progress(os, /*isTerminal=*/true);
    Problem problem = makeModel(5, 9);
    auto evaluate = [&](const Choice &choice) -> llvm::Expected<double> {
      return getQuality(problem, choice);
    };
    Evaluator evaluator(problem, evaluate, 30, nullptr, nullptr, &progress);
    llvm::cantFail(searchQuality(problem, options, evaluator));
  }
  EXPECT_NE(text.find("evaluating plans: 4 of at most 30"), std::string::npos);
  EXPECT_NE(text.find("best objective 0."), std::string::npos);
  EXPECT_NE(text.find(" s left"), std::string::npos);
}

TEST_F(QualitySearchTest, KeysTellNamesAndSeriesApart) {
  Problem problem = makeModel(2, 10);
  std::string key = getKey(problem, {0, 1});
  EXPECT_NE(getKey(problem, {1, 0}), key);
  problem.layers[0].candidates[0].cycles += 1;
  EXPECT_EQ(getKey(problem, {0, 1}), key);
  problem.layers[0].name = "other";
  EXPECT_NE(getKey(problem, {0, 1}), key);
}

TEST_F(QualitySearchTest, EvaluatesMappingsOfTheSameSeriesOnce) {
  Problem problem = makeModel(3, 11);
  problem.layers[0].candidates[1].weights = parseSeries("14:16");
  problem.layers[0].candidates[1].mapping = 1;
  EXPECT_EQ(getKey(problem, {1, 0, 0}), getKey(problem, {2, 0, 0}));
  int numAsked = 0;
  auto evaluate = [&](const Choice &) -> llvm::Expected<double> {
    ++numAsked;
    return 1.0;
  };
  Evaluator evaluator(problem, evaluate, 10);
  llvm::cantFail(evaluator.evaluate({Choice{1, 0, 0}, Choice{2, 0, 0}}));
  EXPECT_EQ(numAsked, 1);
}
