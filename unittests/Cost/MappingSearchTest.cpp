//===- MappingSearchTest.cpp - The best mapping of a layer ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReferenceRuns.h"

#include "Cost/MappingSearcher.h"

#include "tasd/Cost/WorkText.h"

#include "gtest/gtest.h"

using namespace tasd::cost;
using namespace tasd::cost::test;
using tasd::machine::Machine;

static MappedCost find(const Work &work, const Machine &machine,
                       Objective objective) {
  return llvm::cantFail(findBestMapping(work, machine, objective));
}

static std::string getError(const Work &work, const Machine &machine) {
  auto found = findBestMapping(work, machine, Objective::Edp);
  return found ? "" : llvm::toString(found.takeError());
}

TEST(Objective, NamesRoundTrip) {
  for (Objective objective : kObjectives)
    EXPECT_EQ(parseObjective(getName(objective)), objective);
  EXPECT_EQ(parseObjective("time"), std::nullopt);
}

TEST(Objective, AmongEqualsLessOfTheRestIsBetter) {
  auto get = [](int64_t cycles, double energyPj) {
    Cost cost;
    cost.cycles = cycles;
    cost.energyPj = energyPj;
    return cost;
  };
  EXPECT_TRUE(isBetter(Objective::Latency, get(9, 20), get(10, 10)));
  EXPECT_TRUE(isBetter(Objective::Latency, get(10, 10), get(10, 20)));
  EXPECT_TRUE(isBetter(Objective::Edp, get(5, 20), get(10, 10)));
  EXPECT_FALSE(isBetter(Objective::Energy, get(10, 10), get(10, 10)));
  // What differs by rounding is equal.
  EXPECT_TRUE(isBetter(Objective::Energy, get(9, 10 + 1e-12), get(10, 10)));
}

TEST(MappingSearch, KeepsLimits) {
  Work work;
  work.extents = {256, 100, 300};
  Machine machine = getPreset("ttc-vegeta-m8");
  Cost fastest = find(work, machine, Objective::Latency).cost;
  CostLimits limits;
  limits.cycles = fastest.cycles;
  auto found =
      findBestMapping(work, machine, Objective::Energy, nullptr, limits);
  ASSERT_TRUE(bool(found)) << llvm::toString(found.takeError());
  EXPECT_EQ(found->cost.cycles, fastest.cycles);
  EXPECT_LE(found->cost.energyPj, fastest.energyPj);
  limits.cycles -= 1;
  limits.energyPj = 5e6;
  limits.words = 1e6;
  auto none = findBestMapping(work, machine, Objective::Edp, nullptr, limits);
  EXPECT_EQ(llvm::toString(none.takeError()),
            "expected a mapping on machine ttc-vegeta-m8 of at most " +
                std::to_string(fastest.cycles - 1) +
                " cycles, 5.000 uJ and 1000000 words but got none");
}

/// Calls `check` for each published run and objective.
static void forEachRun(
    llvm::function_ref<void(const ReferenceRun &, const Machine &, Objective)>
        check) {
  for (const ReferenceRun &run : readReferenceRuns())
    for (Objective objective : kObjectives) {
      SCOPED_TRACE(run.getName() + " " + getName(objective).str());
      check(run, getPreset(run.getMachineName()), objective);
    }
}

/// Up to the rounding of sums in another order.
TEST(MappingSearch, NoReferenceIsBetter) {
  forEachRun(
      [](const ReferenceRun &run, const Machine &machine, Objective objective) {
        Cost published =
            llvm::cantFail(computeCost(run.work, run.mapping, machine));
        EXPECT_LE(getValue(objective, find(run.work, machine, objective).cost),
                  getValue(objective, published) * (1 + 1e-12));
      });
}

TEST(MappingSearch, TheCostIsThatOfTheMapping) {
  forEachRun([](const ReferenceRun &run, const Machine &machine,
                Objective objective) {
    MappedCost best = find(run.work, machine, objective);
    Cost cost = llvm::cantFail(computeCost(run.work, best.mapping, machine));
    EXPECT_EQ(getValue(objective, best.cost), getValue(objective, cost));
  });
}

static std::string getText(const Mapping &mapping) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printMapping(mapping, os);
  return text;
}

/// Be it the best one's or another one's.
TEST(MappingSearch, AKnownCostChangesNothing) {
  auto checkWork = [](const Work &work, const Machine &machine,
                      Objective objective) {
    std::string best = getText(find(work, machine, objective).mapping);
    for (Objective other : kObjectives) {
      Cost known = find(work, machine, other).cost;
      auto found = findBestMapping(work, machine, objective, &known);
      EXPECT_EQ(getText(llvm::cantFail(std::move(found)).mapping), best);
    }
  };
  forEachRun(
      [&](const ReferenceRun &run, const Machine &machine,
          Objective objective) { checkWork(run.work, machine, objective); });
  Work work;
  llvm::cantFail(parseConvolution("2,15,15,24,40,3,3,2,1", work));
  work.numProducts = 3;
  for (const char *series : {"2:8", "4:8+1:8"})
    for (Objective objective : kObjectives) {
      work.a.series = getSeries(series);
      checkWork(work, getPreset("ttc-vegeta-m8"), objective);
    }
}

TEST(MappingSearch, TheSumByDimensionsIsTheCost) {
  forEachRun([](const ReferenceRun &run, const Machine &machine,
                Objective objective) {
    auto found = MappingSearcher(run.work, machine, objective).run();
    ASSERT_TRUE(found);
    Cost cost = llvm::cantFail(computeCost(run.work, found->mapping, machine));
    EXPECT_EQ(found->totals.cycles, cost.cycles);
    EXPECT_NEAR(found->totals.energyPj, cost.energyPj, 1e-9 * cost.energyPj);
  });
}

TEST(MappingSearch, ErrorsSayWhatIsTooSmall) {
  Machine machine = getPreset("tc");
  Work work;
  work.extents = {64, 64, 64};
  machine.levels[2].capacity = 0;
  EXPECT_EQ(getError(work, machine),
            "expected RF to hold at least 1 elements, for one element of each "
            "operand it keeps, but got 0");
  machine = getPreset("stc");
  machine.levels[3].metadata = {1, 1};
  work.a.series = getSeries("2:4");
  EXPECT_EQ(getError(work, machine), "");
  machine.levels[1].mayBypass = {};
  machine.levels[1].capacity = 5;
  work.a.type = work.b.type = "f64";
  EXPECT_EQ(getError(work, machine),
            "expected SMEM to hold at least 12 words, for one element of each "
            "operand it keeps, but got 5");
}

TEST(MappingSearch, ErrorsSayWhatTheMachineCannotRun) {
  Work work;
  work.extents = {64, 64, 64};
  work.a.series = getSeries("1:8");
  EXPECT_NE(getError(work, getPreset("stc")).find("1:8"), std::string::npos);
  work.a.series = {};
  work.a.type = "i4";
  work.b.type = "i4";
  EXPECT_EQ(getError(work, getPreset("stc")),
            "expected a type that machine stc multiplies but got i4");
  work.extents.m = 0;
  EXPECT_EQ(getError(work, getPreset("stc")),
            "expected M to be from 1 to 2147483648 but got 0");
}

/// 20 places, of which a split into runs of 2 or 10 would cut blocks.
TEST(MappingSearch, BlocksAreNotCut) {
  Work work;
  work.extents = {4, 4, 20};
  work.a.series = getSeries("2:4");
  Machine machine = getPreset("stc");
  for (int64_t capacity : {24, 48, 80, 200}) {
    machine.levels[1].capacity = capacity;
    machine.levels[1].mayBypass = {};
    for (Objective objective : kObjectives)
      find(work, machine, objective);
  }
  machine.levels[1].capacity = 5;
  EXPECT_EQ(getError(work, machine),
            "expected room on machine stc for a block of the series but got "
            "none");
}

/// Layers whose extents no lane count divides are among them.
static std::vector<Work> getWorks(llvm::StringRef series) {
  std::vector<Work> works;
  for (Extents extents :
       {Extents{10, 50, 9}, Extents{1, 196, 9}, Extents{65, 197, 129},
        Extents{256, 384, 128}, Extents{1000, 1, 512}}) {
    works.emplace_back().extents = extents;
    if (!series.empty())
      works.back().a.series = getSeries(series);
  }
  return works;
}

/// Holds layers on a machine against the same on a better one, each with its
/// own best mapping.
static void expectNoWorse(llvm::function_ref<void(Machine &)> improve) {
  for (auto [name, series] : {std::pair("tc", ""), std::pair("stc", "2:4"),
                              std::pair("ttc-vegeta-m8", "2:8+1:8")})
    for (const Work &work : getWorks(series))
      for (Objective objective : kObjectives) {
        SCOPED_TRACE(std::string(name) + " " + std::to_string(work.extents.m) +
                     " " + getName(objective).str());
        Machine machine = getPreset(name);
        double before =
            getValue(objective, find(work, machine, objective).cost);
        improve(machine);
        EXPECT_LE(getValue(objective, find(work, machine, objective).cost),
                  before * (1 + 1e-9));
      }
}

TEST(MappingSearchProperties, MoreBandwidthIsNeverWorse) {
  expectNoWorse([](Machine &machine) {
    for (auto &level : machine.levels) {
      level.readWordsPerCycle *= 1.3;
      level.writeWordsPerCycle *= 1.3;
    }
  });
}

TEST(MappingSearchProperties, MoreLanesAreNeverWorse) {
  expectNoWorse([](Machine &machine) { machine.array.lanes.m += 3; });
  expectNoWorse([](Machine &machine) { machine.array.subPartitions.m += 1; });
}

TEST(MappingSearchProperties, MoreBufferIsNeverWorse) {
  expectNoWorse([](Machine &machine) {
    machine.levels[1].capacity += 1000;
    machine.levels[1].metadata.capacity += 100;
    machine.levels[2].capacity += 100;
  });
}

TEST(MappingSearchProperties, AWiderChoiceIsNeverWorse) {
  for (const Work &work : getWorks(""))
    for (Objective objective : kObjectives) {
      Machine narrow = getPreset("tc");
      narrow.levels[1].mayBypass = {};
      EXPECT_LE(
          getValue(objective, find(work, getPreset("tc"), objective).cost),
          getValue(objective, find(work, narrow, objective).cost) * (1 + 1e-9));
    }
}

TEST(MappingSearchProperties, EqualProductsTakeTheirNumber) {
  Work work;
  work.extents = {384, 64, 384};
  Machine machine = getPreset("tc");
  MappedCost once = find(work, machine, Objective::Edp);
  work.numProducts = 12;
  MappedCost often = find(work, machine, Objective::Edp);
  EXPECT_EQ(often.cost.cycles, 12 * once.cost.cycles);
  EXPECT_DOUBLE_EQ(often.cost.energyPj, 12 * once.cost.energyPj);
}

/// 10 rows of A take 10 lanes of 64, not 64.
TEST(MappingSearch, FewRowsAreNotPadded) {
  Work work;
  work.extents = {10, 128, 256};
  Cost cost = find(work, getPreset("tc"), Objective::Edp).cost;
  EXPECT_EQ(cost.compute.macs, 10. * 128 * 256);
}

/// 197 is a prime, and does not fit into the accumulators.
TEST(MappingSearch, PrimesArePadded) {
  Work work;
  work.extents = {768, 197, 768};
  Cost cost = find(work, getPreset("tc"), Objective::Latency).cost;
  EXPECT_LE(cost.cycles, 1.1 * 768 * 197 * 768 / 1024);
}

TEST(MappingSearch, HugeAndPrimeExtents) {
  for (Extents extents :
       {Extents{int64_t(1) << 31, 1, 1}, Extents{2147483647, 64, 64},
        Extents{64, int64_t(1) << 31, 64}, Extents{64, 64, 2095133040},
        Extents{1, 2147483647, 1}, Extents{65521, 65521, 65521}}) {
    Work work;
    work.extents = extents;
    MappedCost best = find(work, getPreset("tc"), Objective::Edp);
    EXPECT_GE(best.cost.compute.macs,
              static_cast<double>(extents.m) * extents.n * extents.k);
  }
}

TEST(MappingSearch, TooManyCyclesAreAnError) {
  Work work;
  work.extents = {int64_t(1) << 31, int64_t(1) << 31, 64};
  EXPECT_EQ(getError(work, getPreset("tc")),
            "expected at most 2^53 cycles but got more");
}

/// SCALE-Sim v3's cycles of cubes on a systolic array: see Properties.
TEST(MappingSearch, NoSystolicReferenceIsBetter) {
  for (auto [size, series, cycles] :
       {std::tuple(256, "2:4", 1275), std::tuple(512, "2:4", 7151),
        std::tuple(512, "1:4", 3575), std::tuple(1024, "1:4", 22495)}) {
    Work work;
    work.extents = {size, size, size};
    work.a.series = getSeries(series);
    Cost cost = find(work, getPreset("sa-128"), Objective::Latency).cost;
    EXPECT_LE(cost.cycles, cycles) << size << " " << series;
  }
}

/// A tile that reaches beyond the window has a lesser share of distinct
/// elements of the image than any within.
TEST(MappingSearch, PadsImagesAlongK) {
  Work work;
  llvm::cantFail(parseConvolution("1,56,56,64,64,3,3,1,1", work));
  Machine machine = getPreset("sa-128");
  MappedCost energy = find(work, machine, Objective::Energy);
  MappedCost edp = find(work, machine, Objective::Edp);
  EXPECT_LE(energy.cost.energyPj, edp.cost.energyPj * (1 + 1e-9));
}
