//===- StallTest.cpp - Machines that stall for one cause ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every machine here is ideal but for one part, and stalls for that part alone,
// beside the start and the end.
//
//===----------------------------------------------------------------------===//

#include "ProgramFor.h"

#include "Cost/ReferenceRuns.h"

#include "tasd/Simulator/Simulator.h"
#include "tasd/Simulator/VerifyProgram.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::simulator;
using namespace tasd::simulator::test;
using machine::Machine;

/// A machine that waits for nothing.
static Machine getIdealMachine() {
  Machine machine = cost::test::getPreset("ttc-vegeta-m8");
  machine.dmaLatencyCycles = 0;
  for (machine::MemoryLevel &level : machine.levels) {
    level.readWordsPerCycle = machine::kUnlimitedRate;
    level.writeWordsPerCycle = machine::kUnlimitedRate;
  }
  machine.tasdUnits.count = 1 << 20;
  return machine;
}

/// Four tiles of B over one of A; or, with K outside, sums that come back.
static constexpr llvm::StringLiteral kColumns =
    "DRAM: for N in [0:4)\n"
    "SMEM: for M in [0:4) (Spatial-Y)\n"
    "RF: for K in [0:4) / for M in [0:16) (Spatial-Y) / for K in [0:16) "
    "(Spatial-X)\n"
    "LRF: for N in [0:64)\n";
static constexpr llvm::StringLiteral kPartialSums =
    "DRAM: for K in [0:3) / for N in [0:2)\n"
    "SMEM: for M in [0:4) (Spatial-Y)\n"
    "RF: for K in [0:4) / for M in [0:16) (Spatial-Y) / for K in [0:16) "
    "(Spatial-X)\n"
    "LRF: for N in [0:64)\n";

static Result run(const Machine &machine, llvm::StringRef text = kColumns,
                  bool decompose = false) {
  cost::Mapping mapping = llvm::cantFail(cost::parseMapping(text, "m"));
  cost::Work work;
  work.extents = mapping.getExtents();
  work.resultType = "i32";
  if (decompose) {
    work.a.series = cost::test::getSeries("8:8");
    work.a.decomposedAtRunTime = true;
  }
  Program program = getProgramFor(work, mapping, machine);
  EXPECT_EQ(llvm::toString(verifyProgram(program, machine)), "");
  return llvm::cantFail(simulate(program, machine));
}

/// The array stalls for `cause`, and but for start and end for no other.
static void expectOnly(const Result &result, StallCause cause) {
  double sum = result.busyCycles;
  for (size_t index = 0; index != kNumStallCauses; ++index) {
    auto each = static_cast<StallCause>(index);
    SCOPED_TRACE(getName(each).str());
    sum += result.getStall(each);
    if (each == cause)
      EXPECT_GT(result.getStall(each), 0);
    else if (each != StallCause::StartUp && each != StallCause::Drain)
      EXPECT_EQ(result.getStall(each), 0);
  }
  EXPECT_EQ(sum, result.cycles);
}

TEST(Stalls, NoneOnAnIdealMachine) {
  Result result = run(getIdealMachine());
  EXPECT_EQ(result.cycles, 4 * 4 * 64);
  EXPECT_EQ(result.busyCycles, result.cycles);
}

TEST(Stalls, StartUp) {
  Machine machine = getIdealMachine();
  machine.dmaLatencyCycles = 77;
  Result result = run(machine);
  expectOnly(result, StallCause::StartUp);
  EXPECT_EQ(result.getStall(StallCause::StartUp), 77);
  EXPECT_EQ(result.getStall(StallCause::Drain), 0);
}

TEST(Stalls, Drain) {
  Machine machine = getIdealMachine();
  machine.levels[0].writeWordsPerCycle = 128;
  Result result = run(machine);
  expectOnly(result, StallCause::Drain);
  EXPECT_EQ(result.getStall(StallCause::StartUp), 0);
  EXPECT_EQ(result.getStall(StallCause::Drain), 64 * 64 * 4 / 128);
}

/// A tile of B is used for 256 cycles, and takes 1000 to come.
TEST(Stalls, DmaLatency) {
  Machine machine = getIdealMachine();
  machine.dmaLatencyCycles = 1000;
  Result result = run(machine);
  expectOnly(result, StallCause::DmaLatency);
  // Two tiles come at a time.
  EXPECT_EQ(result.getStall(StallCause::DmaLatency), 1000 - 256);
}

/// A tile of B has 64 * 64 words.
TEST(Stalls, DramBandwidth) {
  Machine machine = getIdealMachine();
  machine.levels[0].readWordsPerCycle = 8;
  Result result = run(machine);
  expectOnly(result, StallCause::DramBandwidth);
  EXPECT_EQ(result.getStall(StallCause::StartUp), 2 * 512);
  EXPECT_EQ(result.getStall(StallCause::DramBandwidth), 3 * (512 - 256));
}

TEST(Stalls, BufferSlots) {
  Machine machine = getIdealMachine();
  machine.dmaLatencyCycles = 50;
  machine.levels[1].doubleBuffered = false;
  Result result = run(machine);
  expectOnly(result, StallCause::BufferSlots);
  EXPECT_EQ(result.getStall(StallCause::BufferSlots), 3 * 50);
}

/// A pass reads 64 * 64 words of A and 64 * 16 of B in 64 cycles.
TEST(Stalls, BufferReadPort) {
  Machine machine = getIdealMachine();
  machine.levels[1].readWordsPerCycle = 16;
  Result result = run(machine);
  expectOnly(result, StallCause::BufferReadPort);
  double period = (64 * 16 + 64 * 16) / 16.0;
  EXPECT_EQ(result.getStall(StallCause::BufferReadPort) +
                result.getStall(StallCause::StartUp),
            16 * (period - 64));
}

TEST(Stalls, BufferWritePort) {
  Machine machine = getIdealMachine();
  machine.levels[1].writeWordsPerCycle = 8;
  expectOnly(run(machine), StallCause::BufferWritePort);
}

/// 64 banks give a line each in 64 * 64 / 42 cycles; a pass takes 16 lines.
TEST(Stalls, BufferBanks) {
  Machine machine = getIdealMachine();
  machine.levels[1].readWordsPerCycle = 42;
  machine.levels[1].banks = 64;
  expectOnly(run(machine), StallCause::BufferBanks);
}

TEST(Stalls, LanePorts) {
  Machine machine = getIdealMachine();
  machine.levels[3].readWordsPerCycle = 0.5;
  Result result = run(machine);
  expectOnly(result, StallCause::LanePorts);
  EXPECT_EQ(result.getStall(StallCause::LanePorts), result.busyCycles);
}

/// A sub-partition adds to 16 sums of 4 words in a cycle.
TEST(Stalls, AccumulatorPorts) {
  Machine machine = getIdealMachine();
  machine.levels[2].readWordsPerCycle = 32;
  Result result = run(machine);
  expectOnly(result, StallCause::AccumulatorPorts);
  // The first pass of each tile reads nothing.
  EXPECT_EQ(result.getStall(StallCause::AccumulatorPorts), 4 * 3 * 64);
}

TEST(Stalls, AccumulatorSlots) {
  Machine machine = getIdealMachine();
  machine.levels[0].writeWordsPerCycle = 32;
  Result result = run(machine);
  expectOnly(result, StallCause::AccumulatorSlots);
  // Two slots: the third tile begins when the first is written.
  EXPECT_EQ(result.getStall(StallCause::AccumulatorSlots),
            (512 - 256) + (512 - 256));
}

TEST(Stalls, PartialSums) {
  Machine machine = getIdealMachine();
  machine.levels[0].writeWordsPerCycle = 32;
  expectOnly(run(machine, kPartialSums), StallCause::PartialSums);
}

TEST(Stalls, TasdUnits) {
  Machine machine = getIdealMachine();
  machine.tasdUnits.count = 1;
  Result result = run(machine, kColumns, /*decompose=*/true);
  expectOnly(result, StallCause::TasdUnits);
}
