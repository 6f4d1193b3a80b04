//===- MappingCacheTest.cpp - Equal layers are searched once --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReferenceRuns.h"

#include "tasd/Cost/MappingCache.h"
#include "tasd/Cost/WorkText.h"

#include "gtest/gtest.h"

#include <thread>

using namespace tasd::cost;
using namespace tasd::cost::test;
using tasd::machine::Machine;

static Work getWork() {
  Work work;
  llvm::cantFail(parseConvolution("1,14,14,64,64,3,3,1,1", work));
  return work;
}

TEST(MappingCache, EqualLayersAreSearchedOnce) {
  MappingCache cache;
  Machine machine = getPreset("ttc-vegeta-m8");
  auto find = [&](const Work &work, Objective objective = Objective::Edp) {
    return llvm::cantFail(cache.find(work, machine, objective)).cost.cycles;
  };
  Work work = getWork();
  int64_t cycles = find(work);
  EXPECT_EQ(find(getWork()), cycles);
  EXPECT_EQ(cache.getNumSearches(), 1u);
  EXPECT_EQ(llvm::cantFail(findBestMapping(work, machine, Objective::Edp))
                .cost.cycles,
            cycles);
}

TEST(MappingCache, AnythingElseIsSearchedAnew) {
  MappingCache cache;
  Machine machine = getPreset("ttc-vegeta-m8");
  std::vector<Work> works(11, getWork());
  works[1].extents.n += 1;
  works[2].a.series = getSeries("2:8");
  works[3].a.series = getSeries("2:8+1:8");
  works[4].b.density = 0.5;
  works[5].resultType = "i32";
  works[6].window->dims[0].stride = 2;
  works[7].window.reset();
  works[8].numProducts = 2;
  works[9].accumulates = true;
  works[10].a.series = getSeries("2:8");
  works[10].a.extracted = getSeries("2:8+1:8");
  for (const Work &work : works)
    llvm::cantFail(cache.find(work, machine, Objective::Edp));
  EXPECT_EQ(cache.getNumSearches(), works.size());
  llvm::cantFail(cache.find(works[0], machine, Objective::Latency));
  llvm::cantFail(cache.find(works[0], machine, Objective::Edp, nullptr,
                            CostLimits{1e12, 1e12, 1e12}));
  machine.levels[1].capacity *= 2;
  llvm::cantFail(cache.find(works[0], machine, Objective::Edp));
  EXPECT_EQ(cache.getNumSearches(), works.size() + 3);
}

TEST(MappingCache, ErrorsAreKeptToo) {
  MappingCache cache;
  Work work = getWork();
  work.a.series = getSeries("1:8");
  for (int turn : {0, 1}) {
    (void)turn;
    auto found = cache.find(work, getPreset("stc"), Objective::Edp);
    ASSERT_FALSE(bool(found));
    EXPECT_NE(llvm::toString(found.takeError()).find("1:8"), std::string::npos);
  }
  EXPECT_EQ(cache.getNumSearches(), 1u);
}

TEST(MappingCache, ThreadsShareSearches) {
  MappingCache cache;
  Machine machine = getPreset("tc");
  std::vector<int64_t> cycles(8);
  std::vector<std::thread> threads;
  for (int64_t &each : cycles)
    threads.emplace_back([&] {
      each = llvm::cantFail(cache.find(getWork(), machine, Objective::Energy))
                 .cost.cycles;
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(cache.getNumSearches(), 1u);
  EXPECT_EQ(cycles, std::vector<int64_t>(8, cycles[0]));
}
