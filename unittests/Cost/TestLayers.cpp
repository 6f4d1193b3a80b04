//===- TestLayers.cpp - A layer to vary -----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestLayers.h"

#include "ReferenceRuns.h"

#include "gtest/gtest.h"

using namespace tasd::cost;
using namespace tasd::cost::test;
using tasd::machine::Machine;

Work tasd::cost::test::getWork(llvm::StringRef series) {
  Work work;
  work.extents = {128, 1024, 1152};
  if (!series.empty())
    work.a.series = getSeries(series);
  return work;
}

Mapping tasd::cost::test::getDenseMapping(int64_t lanesAlongK, int64_t outerN,
                                          int64_t k) {
  std::string text = "DRAM: for N in [0:" + std::to_string(outerN) +
                     ")\n"
                     "SMEM: for M in [0:2) / for M in [0:4) (Spatial-Y)\n"
                     "RF: for K in [0:" +
                     std::to_string(k / lanesAlongK) +
                     ") / for M in [0:16) (Spatial-Y) / for K in [0:" +
                     std::to_string(lanesAlongK) +
                     ") (Spatial-X)\n"
                     "LRF: for N in [0:64)\n";
  return llvm::cantFail(parseMapping(text, "dense"));
}

Cost tasd::cost::test::evaluate(const Work &work, const Mapping &mapping,
                                const Machine &machine) {
  return llvm::cantFail(computeCost(work, mapping, machine));
}

void tasd::cost::test::expectEqual(const Cost &first, const Cost &second) {
  EXPECT_EQ(first.cycles, second.cycles);
  EXPECT_EQ(first.energyPj, second.energyPj);
  EXPECT_EQ(first.compute.macs, second.compute.macs);
  for (auto [a, b] : llvm::zip(first.levels, second.levels))
    EXPECT_EQ(a.energyPj, b.energyPj);
}
