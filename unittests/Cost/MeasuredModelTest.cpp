//===- MeasuredModelTest.cpp - Costs of kernels that were measured --------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/KernelWork.h"
#include "tasd/Cost/MappingSearch.h"

#include "ReferenceRuns.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::cost;
using machine::KernelForm;
using testing::HasSubstr;

namespace {
/// A machine of 2:4 with kernels for few columns, for many, for packed terms
/// and for windows.
struct MeasuredModel : testing::Test {
  MeasuredModel() {
    machine.name = "measured";
    machine::MeasuredKernel column, dense, packed, windows;
    column.name = "column";
    column.maxColumns = 1;
    column.aCycles = 2;
    dense.name = "dense";
    dense.callCycles = 100;
    dense.macCycles = 0.5;
    dense.bCycles = 1;
    packed.name = "packed";
    packed.form = KernelForm::Packed;
    packed.macCycles = 0.75;
    packed.zCycles = 3;
    windows = dense;
    windows.name = "windows";
    windows.readsWindows = true;
    windows.macCycles = 1;
    machine.measured = machine::MeasuredCosts{{column, dense, packed, windows},
                                              {10, 0.25, 0.125}};
    for (machine::MeasuredKernel &kernel : machine.measured->kernels)
      kernel.type = "f32";
    work.a.type = work.b.type = work.resultType = "f32";
    work.extents = {8, 16, 32};
  }

  sparsity::Series parse(llvm::StringRef text) {
    return llvm::cantFail(
        sparsity::PatternRegistry::createWithBuiltins().parseSeries(text));
  }
  Cost get() {
    return llvm::cantFail(findBestMapping(work, machine, Objective::Latency))
        .cost;
  }
  std::string getError() {
    auto found = findBestMapping(work, machine, Objective::Latency);
    return found ? "" : llvm::toString(found.takeError());
  }

  machine::Machine machine = cost::test::getPreset("stc");
  Work work;
};
} // namespace

TEST_F(MeasuredModel, SumsUpCounts) {
  Cost cost = get();
  EXPECT_EQ(cost.cycles, 100 + 8 * 16 * 32 / 2 + 32 * 16);
  EXPECT_EQ(cost.bindingLevel, "dense");
  EXPECT_EQ(cost.energyPj, 0);
  EXPECT_EQ(cost.levels.front().getWords(), 0);
  EXPECT_EQ(cost.compute.macs, 8 * 16 * 32);
}

TEST_F(MeasuredModel, TakesTheFirstKernelThatFits) {
  work.extents.n = 1;
  EXPECT_EQ(get().bindingLevel, "column");
  EXPECT_EQ(get().cycles, 2 * 8 * 32);
  work.extents.n = 2;
  EXPECT_EQ(get().bindingLevel, "dense");
}

TEST_F(MeasuredModel, CountsStoredElementsAlone) {
  work.a.series = parse("2:4");
  EXPECT_EQ(get().cycles, 8 * 16 * 16 * 3 / 4 + 3 * 8 * 16);
  EXPECT_EQ(get().compute.macsSkipped, 8 * 16 * 16);
}

TEST_F(MeasuredModel, StoresNoMoreThanNonZeros) {
  work.a.series = parse("2:4");
  work.a.density = 0.125;
  EXPECT_EQ(get().compute.macs, 8 * 16 * 32 / 8);
  work.a.series = {};
  EXPECT_EQ(get().compute.macs, 8 * 16 * 32);
}

TEST_F(MeasuredModel, AddsWhatPartsTake) {
  int64_t whole = get().cycles;
  work.gathersB = work.scattersZ = true;
  EXPECT_EQ(get().cycles, whole + 10 + 32 * 16 / 4 + 8 * 16 / 8);
}

TEST_F(MeasuredModel, CountsEqualProducts) {
  work.numProducts = 3;
  EXPECT_EQ(get().cycles, 3 * (100 + 8 * 16 * 32 / 2 + 32 * 16));
}

TEST_F(MeasuredModel, HasNoStartAndNoMapping) {
  auto found =
      llvm::cantFail(findBestMapping(work, machine, Objective::Latency));
  EXPECT_TRUE(found.mapping.levels.empty());
  EXPECT_EQ(computeStartUpAndDrain(work, found.mapping, machine, found.cost)
                .getCycles(),
            0);
  Mapping mapping;
  mapping.levels.resize(1);
  EXPECT_EQ(llvm::toString(computeCost(work, mapping, machine).takeError()),
            "expected no mapping on machine 'measured', whose costs were "
            "measured");
}

TEST_F(MeasuredModel, SaysWhatWasNotMeasured) {
  work.b.type = "i8";
  EXPECT_EQ(getError(), "machine 'measured' has no measured kernel for dense "
                        "operands of 'f32' and 'i8'");
  work.b.type = "f32";
  work.a.series = parse("1:8");
  EXPECT_THAT(getError(), HasSubstr("one of: 2:4, but got '1:8'"));
  work.a.series = parse("2:4");
  work.window.emplace();
  EXPECT_EQ(getError(), "machine 'measured' has no measured kernel for packed "
                        "operands of 'f32' and 'f32' and windows");
  work.a.decomposedAtRunTime = true;
  EXPECT_EQ(getError(), "machine 'measured' has no measured cost of series "
                        "that are packed at run time");
}

TEST_F(MeasuredModel, KeepsLimits) {
  CostLimits limits;
  limits.cycles = 10;
  auto found =
      findBestMapping(work, machine, Objective::Latency, nullptr, limits);
  EXPECT_THAT(llvm::toString(found.takeError()),
              HasSubstr("at most 10 cycles"));
}

TEST_F(MeasuredModel, KnowsTimeAlone) {
  auto get = [&](Objective asked) {
    return llvm::cantFail(getObjective(machine, asked));
  };
  EXPECT_EQ(get(Objective::Latency), Objective::Latency);
  EXPECT_EQ(get(Objective::Edp), Objective::Latency);
  EXPECT_EQ(
      llvm::toString(getObjective(machine, Objective::Energy).takeError()),
      "expected the objective latency on machine 'measured', whose "
      "energies are not known, but got 'energy'");
}
