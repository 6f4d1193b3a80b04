//===- ExhaustiveSearchTest.cpp - The search against all mappings ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MappingEnumerator.h"
#include "ReferenceRuns.h"

#include "Cost/MappingSearcher.h"

#include "tasd/Cost/WorkText.h"

#include "gtest/gtest.h"

#include <cmath>
#include <map>
#include <random>

using namespace tasd::cost;
using namespace tasd::cost::test;
using namespace tasd::machine;

static std::string print(const Mapping &mapping) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printMapping(mapping, os);
  return text;
}

static double getWords(const Cost &cost) {
  return cost.levels.front().getWords();
}

using Best = std::array<std::optional<MappedCost>, 3>;

/// The best of all mappings within the limits, for each objective.
static Best findBestOfAll(const Work &work, const Machine &machine,
                          const CostLimits &limits) {
  Best best;
  forEachMapping(work, machine, [&](const Mapping &mapping) {
    auto cost = computeCost(work, mapping, machine);
    if (!cost) {
      llvm::consumeError(cost.takeError());
      return true;
    }
    for (auto [objective, each] : llvm::zip(kObjectives, best))
      if (limits.allow(cost->cycles, cost->energyPj, getWords(*cost)) &&
          (!each || isBetter(objective, *cost, each->cost)))
        each = {mapping, *cost};
    return true;
  });
  return best;
}

/// Compares the search within limits with the best of all mappings.
static void expectSame(const Best &best, const Work &work,
                       const Machine &machine, const CostLimits &limits) {
  for (auto [objective, each] : llvm::zip(kObjectives, best)) {
    auto found = findBestMapping(work, machine, objective, nullptr, limits);
    if (!each) {
      EXPECT_FALSE(bool(found));
      llvm::consumeError(found.takeError());
      continue;
    }
    if (!found) {
      ADD_FAILURE() << llvm::toString(found.takeError());
      continue;
    }
    EXPECT_TRUE(limits.allow(found->cost.cycles, found->cost.energyPj,
                             getWords(found->cost)));
    EXPECT_FALSE(isBetter(objective, each->cost, found->cost))
        << getName(objective).str() << "\n"
        << print(found->mapping) << getValue(objective, found->cost)
        << "\nis worse than\n"
        << print(each->mapping) << getValue(objective, each->cost);
  }
}

static void expectSameTotals(const Work &work, const Machine &machine) {
  for (Objective objective : kObjectives) {
    auto searched = MappingSearcher(work, machine, objective).run();
    if (!searched)
      continue;
    Cost cost = llvm::cantFail(computeCost(work, searched->mapping, machine));
    EXPECT_EQ(searched->totals.cycles, cost.cycles);
    EXPECT_NEAR(searched->totals.energyPj, cost.energyPj, 1e-9 * cost.energyPj);
    EXPECT_NEAR(searched->totals.words, getWords(cost), 1e-9 * getWords(cost));
  }
}

/// Compares the search with all mappings, of which there are at most `limit`;
/// returns how many.
static int64_t expectBest(const Work &work, const Machine &machine,
                          int64_t limit = 1000000) {
  int64_t count = 0;
  forEachMapping(work, machine,
                 [&](const Mapping &) { return ++count <= limit; });
  if (count > limit)
    return 0;
  expectSame(findBestOfAll(work, machine, {}), work, machine, {});
  expectSameTotals(work, machine);
  return count;
}

/// The same within limits that neither the fastest mapping need keep nor the
/// one of least energy, and within those that none keeps.
static void expectBestWithin(const Work &work, const Machine &machine) {
  auto fastest = findBestMapping(work, machine, Objective::Latency);
  auto least = findBestMapping(work, machine, Objective::Energy);
  if (!fastest || !least) {
    llvm::consumeError(
        llvm::joinErrors(fastest.takeError(), least.takeError()));
    return;
  }
  for (double part : {0.0, 0.3, 0.8, 1.0}) {
    auto mix = [&](double low, double high) {
      return std::floor(low + part * (high - low));
    };
    CostLimits limits{mix(fastest->cost.cycles, least->cost.cycles),
                      mix(least->cost.energyPj, fastest->cost.energyPj) + 1};
    expectSame(findBestOfAll(work, machine, limits), work, machine, limits);
    CostLimits fewWords;
    fewWords.words = mix(getWords(least->cost), getWords(fastest->cost));
    expectSame(findBestOfAll(work, machine, fewWords), work, machine, fewWords);
  }
  auto none = findBestMapping(work, machine, Objective::Edp, nullptr,
                              {fastest->cost.cycles - 1.0, 1e300, 1e300});
  EXPECT_FALSE(bool(none));
  llvm::consumeError(none.takeError());
}

/// A preset with few lanes and small buffers.
static Machine getSmall(llvm::StringRef preset) {
  Machine machine = getPreset(preset);
  machine.array.subPartitions.m =
      std::min<int64_t>(machine.array.subPartitions.m, 2);
  machine.array.lanes.m = 2;
  machine.array.lanes.n = std::min<int64_t>(machine.array.lanes.n, 2);
  machine.array.lanes.k = std::min<int64_t>(machine.array.lanes.k, 2);
  machine.levels[1].capacity = 64;
  machine.levels[1].lineWords = 4;
  machine.levels[2].capacity = 8;
  return machine;
}

static Work getGemm(int64_t m, int64_t n, int64_t k,
                    llvm::StringRef series = "") {
  Work work;
  work.extents = {m, n, k};
  if (!series.empty())
    work.a.series = getSeries(series);
  return work;
}

namespace {
/// Small random machines and works.
class Generator {
public:
  explicit Generator(unsigned seed) : random(seed) {}

  Machine getMachine();
  Work getWork(const Machine &machine);

private:
  int64_t pick(std::initializer_list<int64_t> values) {
    return values.begin()[random() % values.size()];
  }
  bool flip() { return random() % 2; }

  std::mt19937 random;
};
} // namespace

Machine Generator::getMachine() {
  constexpr const char *names[] = {"tc",   "stc-flexible-dual", "ttc-stc-m4",
                                   "dstc", "ttc-vegeta-m8",     "sa-128"};
  Machine machine = getSmall(names[random() % 6]);
  for (MemoryLevel &level : machine.levels) {
    level.readWordsPerCycle = pick({1, 2, 8, 1000});
    level.writeWordsPerCycle = pick({1, 2, 8, 1000});
    level.doubleBuffered = pick({0, 1, 1, 1});
  }
  machine.dmaLatencyCycles = pick({0, 1, 10, 100});
  machine.levels[1].capacity = pick({8, 20, 50, 100, 1000});
  machine.levels[1].mayBypass = {flip(), flip(), false};
  machine.levels[2].capacity = pick({4, 8, 12, 20});
  if (machine.name == "dstc")
    machine.levels[3].capacity = pick({6, 9, 16});
  machine.array.subPartitions.m = pick({1, 2});
  machine.array.lanes.m = pick({1, 2, 3});
  machine.array.lanes.n = pick({1, 1, 2});
  machine.array.lanes.k = pick({1, 2, 4});
  machine.levels[0].lineWords = pick({1, 8});
  return machine;
}

Work Generator::getWork(const Machine &machine) {
  Work work;
  if (random() % 3 == 0) {
    llvm::cantFail(parseConvolution(
        flip() ? "1,4,3,2,4,2,2,1,1" : "1,4,5,2,3,3,1,1,0", work));
    if (flip()) {
      work.window->image = Operand::A;
      std::swap(work.extents.m, work.extents.n);
    }
  } else {
    work.extents = {pick({1, 2, 3, 4, 6, 7, 8}), pick({1, 2, 4, 5, 6, 8}),
                    pick({1, 2, 4, 6, 8, 9, 16})};
  }
  constexpr const char *names[] = {"",        "2:4", "2:8+1:8",     "1:4+1:4",
                                   "2:4+1:4", "2:6", "4:8+2:8+1:8", "2:8"};
  const char *series = names[random() % 8];
  if (*series)
    work.a.series = getSeries(series);
  if (llvm::errorToBool(checkSeries(machine, Operand::A, work.a.series)))
    work.a.series = {};
  work.a.decomposedAtRunTime =
      machine.tasdUnits.count > 0 && work.a.series.size() > 0 && flip();
  work.a.density = pick({1, 2, 3}) / 3.0;
  work.b.density = pick({1, 2, 4}) / 4.0;
  work.accumulates = random() % 4 == 0;
  if (random() % 4 == 0)
    work.resultType = "i32";
  if (random() % 4 == 0)
    work.a.type = work.b.type = "i16";
  return work;
}

TEST(SplitCost, NoTileOfAnImageHasALesserShare) {
  for (int64_t stride : {1, 2, 3})
    for (int64_t dilation : {1, 2, 3})
      for (int64_t kernel : {1, 2, 3, 5})
        for (int64_t output : {1, 2, 4, 7})
          for (int64_t input : {1, 4, 9, 30}) {
            Work work;
            work.window =
                Window{2, {{input, output, kernel, stride, dilation}}};
            double least = getLeastImageShare(*work.window);
            for (int64_t n = 1; n <= output; ++n) {
              double leastOfPixels = getLeastImageShare(*work.window, n);
              ASSERT_GE(leastOfPixels, least * (1 - 1e-12));
              for (int64_t k = 1; k <= 2 * kernel; ++k)
                ASSERT_GE(countElements(work, Operand::B, {1, n, k}) / (n * k),
                          leastOfPixels * (1 - 1e-12));
            }
          }
}

/// Ragged rows, and more pixels than an image has.
TEST(SplitCost, NoTileOfAPlaneHasALesserShare) {
  Work work;
  work.window = Window{2, {{7, 5, 3, 1, 1}, {9, 4, 3, 2, 1}}};
  for (int64_t n = 1; n <= 60; ++n)
    for (int64_t k = 1; k <= 18; ++k)
      ASSERT_GE(countElements(work, Operand::B, {1, n, k}) / (n * k),
                getLeastImageShare(*work.window, n) * (1 - 1e-12));
}

TEST(SplitCost, TilesOfOneClassHaveOneShare) {
  Machine machine = getPreset("dstc");
  for (const char *text : {"1,4,4,4,2,3,3,1,1", "2,5,5,3,2,3,3,2,1"}) {
    Work work;
    llvm::cantFail(parseConvolution(text, work));
    std::vector<Residency> residencies = listResidencies(work, machine);
    ResidencyCost cost(work, machine, residencies.front());
    for (int64_t n = 1; n <= work.extents.n; ++n) {
      std::map<int64_t, double> shares;
      for (int64_t k = 1; k <= work.extents.k; ++k) {
        double share = countElements(work, Operand::B, {1, n, k}) / (n * k);
        auto [it, isNew] =
            shares.insert({cost.getImageTileClass(Dim::K, k), share});
        EXPECT_DOUBLE_EQ(it->second, share) << n << " " << k;
      }
      EXPECT_EQ(shares.size(), work.extents.k - work.window->channels + 1);
    }
  }
}

TEST(ExhaustiveSearch, Gemm) {
  EXPECT_GT(expectBest(getGemm(8, 8, 4), getSmall("tc")), 200000);
}

TEST(ExhaustiveSearch, AMillionMappings) {
  int64_t count = expectBest(getGemm(8, 12, 4, "2:4"), getSmall("stc"));
  EXPECT_GT(count, 500000);
}

TEST(ExhaustiveSearch, Series) {
  Machine machine = getSmall("ttc-vegeta-m8");
  EXPECT_GT(expectBest(getGemm(4, 4, 24, "2:8+1:8"), machine), 10000);
  EXPECT_GT(expectBest(getGemm(2, 8, 12, "4:8+2:8+1:8"), machine), 10000);
}

TEST(ExhaustiveSearch, Convolution) {
  Work work;
  llvm::cantFail(parseConvolution("1,4,4,2,4,3,3,1,1", work));
  EXPECT_GT(expectBest(work, getSmall("tc")), 100000);
}

/// Images of either input, strides, and buffers from tiny to ample.
TEST(ExhaustiveSearch, Images) {
  for (const char *text : {"1,4,4,1,2,3,3,1,1", "1,5,5,1,2,3,3,2,1",
                           "1,6,4,2,2,2,2,1,0", "2,4,1,1,2,3,1,1,1"})
    for (int64_t capacity : {6, 12, 24, 40, 80})
      for (Operand image : {Operand::A, Operand::B}) {
        SCOPED_TRACE(std::string(text) + " " + std::to_string(capacity));
        Work work;
        llvm::cantFail(parseConvolution(text, work));
        work.window->image = image;
        if (image == Operand::A)
          std::swap(work.extents.m, work.extents.n);
        Machine machine = getSmall("tc");
        machine.array.subPartitions.m = 1;
        machine.levels[1].mayBypass = {};
        machine.levels[1].capacity = capacity;
        EXPECT_GT(expectBest(work, machine), 0);
      }
}

/// The last step of a term is ragged, and its tiles longer than the loops.
TEST(ExhaustiveSearch, RaggedTerms) {
  for (int64_t capacity : {20, 30, 50, 100, 120, 140}) {
    SCOPED_TRACE(capacity);
    Machine machine = getSmall("ttc-vegeta-m8");
    machine.levels[1].mayBypass = {true, false, false};
    machine.levels[1].capacity = capacity;
    machine.array.subPartitions.m = 1;
    EXPECT_GT(expectBest(getGemm(2, 8, 12, "2:8+2:8"), machine), 1000);
  }
}

TEST(ExhaustiveSearch, SkippedZeros) {
  Machine machine = getSmall("dstc");
  machine.levels[3].capacity = 12;
  Work work = getGemm(6, 6, 4);
  work.a.density = 0.4;
  work.b.density = 0.7;
  EXPECT_GT(expectBest(work, machine), 50000);
}

/// Tiles decide what of the image is distinct, and how even the zeros are.
TEST(ExhaustiveSearch, SkippedZerosOfImages) {
  for (const char *text : {"1,2,4,4,4,1,2,1,1", "1,4,2,2,2,3,1,1,1"})
    for (int64_t capacity : {8, 12, 20}) {
      SCOPED_TRACE(std::string(text) + " " + std::to_string(capacity));
      Work work;
      llvm::cantFail(parseConvolution(text, work));
      work.a.density = 0.3;
      work.b.density = 0.6;
      Machine machine = getSmall("dstc");
      machine.array.subPartitions = {1, 1, 1};
      machine.levels[1].mayBypass = {};
      machine.levels[1].capacity = 3 * capacity;
      machine.levels[3].capacity = capacity;
      EXPECT_GT(expectBest(work, machine), 1000);
    }
}

/// Fixed seeds, whose spaces are large enough to take a fair share of the time.
TEST(ExhaustiveSearch, RandomMachinesAndWorks) {
  int64_t numSpaces = 0;
  for (unsigned seed = 0; seed != 100; ++seed) {
    SCOPED_TRACE(seed);
    Generator generator(seed);
    Machine machine = generator.getMachine();
    Work work = generator.getWork(machine);
    bool isSmall = expectBest(work, machine, 50000) > 0;
    numSpaces += isSmall;
    if (isSmall)
      expectBestWithin(work, machine);
  }
  EXPECT_GT(numSpaces, 30);
}
