//===- VerifyProgramTest.cpp - Programs that no machine can run -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
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
using cost::test::getPreset;
using machine::Machine;

static Program getProgram(llvm::StringRef text, llvm::StringRef series = "") {
  cost::Mapping mapping = llvm::cantFail(cost::parseMapping(text, "m"));
  cost::Work work;
  work.extents = mapping.getExtents();
  work.resultType = "i32";
  if (!series.empty())
    work.a.series = cost::test::getSeries(series);
  return getProgramFor(work, mapping, getPreset("ttc-vegeta-m8"));
}

static Program getProgram() {
  return getProgram("DRAM: for N in [0:4)\n"
                    "SMEM: for M in [0:4) (Spatial-Y)\n"
                    "RF: for K in [0:4) / for M in [0:16) (Spatial-Y) / for K "
                    "in [0:16) (Spatial-X)\n"
                    "LRF: for N in [0:64)\n");
}

static Program getPartialSums() {
  return getProgram("DRAM: for K in [0:3) / for N in [0:2)\n"
                    "SMEM: for M in [0:4) (Spatial-Y)\n"
                    "RF: for K in [0:4) / for M in [0:16) (Spatial-Y) / for K "
                    "in [0:16) (Spatial-X)\n"
                    "LRF: for N in [0:64)\n");
}

static std::string verify(const Program &program) {
  return llvm::toString(verifyProgram(program, getPreset("ttc-vegeta-m8")));
}

/// The first instruction of a kind.
template <typename Kind> static Kind &find(Program &program) {
  for (Instruction &instruction : program.instructions)
    if (auto *found = std::get_if<Kind>(&instruction))
      return *found;
  llvm::report_fatal_error("expected an instruction of this kind");
}

template <typename Kind> static void erase(Program &program) {
  llvm::erase_if(program.instructions, [](const Instruction &instruction) {
    return std::holds_alternative<Kind>(instruction);
  });
}

/// Changes a valid program; the error has to say `expected`.
static void expectError(llvm::function_ref<void(Program &)> change,
                        llvm::StringRef expected) {
  Program program = getProgram();
  ASSERT_EQ(verify(program), "");
  change(program);
  std::string error = verify(program);
  EXPECT_NE(error.find(expected), std::string::npos) << error;
}

TEST(VerifyProgram, Machines) {
  auto refuse = [](const Machine &machine) {
    return llvm::toString(verifyMachine(machine));
  };
  EXPECT_EQ(refuse(getPreset("dstc")),
            "machine 'dstc' cannot be simulated: it skips zeros, so that its "
            "time depends on data");
  Machine machine = getPreset("tc");
  machine.levels[1].keep.z = true;
  EXPECT_EQ(refuse(machine), "machine 'tc' cannot be simulated: level 'SMEM' "
                             "keeps z outside the accumulators");
  machine = getPreset("tc");
  machine.levels[3].keep.a = false;
  EXPECT_EQ(refuse(machine), "machine 'tc' cannot be simulated: no registers "
                             "at or inside the accumulators keep a");
}

TEST(VerifyProgram, OtherMachines) {
  std::string error =
      llvm::toString(verifyProgram(getProgram(), getPreset("stc")));
  EXPECT_EQ(error, "expected a program for machine 'stc' but got one for "
                   "'ttc-vegeta-m8', or for another description of it");
}

TEST(VerifyProgram, Arguments) {
  expectError(
      [](Program &program) {
        std::get<TensorArgument>(program.arguments[1]).shape[0] = 0;
      },
      "argument 'b': expected a shape");
  expectError(
      [](Program &program) {
        std::get<TensorArgument>(program.arguments[1]).rows.digits[0].extent++;
      },
      "argument 'b': expected digits that stay within the shape");
  for (std::vector<int64_t> gathered :
       {std::vector<int64_t>{3, 3}, {4, 3}, {-1}, {64}})
    expectError(
        [&](Program &program) {
          std::get<TensorArgument>(program.arguments[1]).columns.gathered =
              gathered;
        },
        "argument 'b': expected gathered coordinates in ascending order, "
        "within the digits");
  expectError(
      [](Program &program) {
        std::get<TensorArgument>(program.arguments[1]).batch.gathered = {0};
      },
      "argument 'b': expected a batch that is not gathered");
  expectError(
      [](Program &program) {
        std::get<TensorArgument>(program.arguments[1]).density = -1;
      },
      "argument 'b': expected a density from 0 to 1 but got -1");
  expectError(
      [](Program &program) {
        program.arguments[0] =
            PackedArgument{"a", sparsity::ElementType::SI8, "2:4", 1, 64, 64};
      },
      "argument 'a': expected a pattern that machine 'ttc-vegeta-m8' runs");
}

TEST(VerifyProgram, Rings) {
  expectError([](Program &program) { program.rings[0].level = 2; },
              "ring 'a1': expected a level between the outermost and the "
              "accumulators but got 2");
  expectError([](Program &program) { program.rings[2].level = 1; },
              "ring 'z': expected level 2, the accumulators', but got 1");
  expectError([](Program &program) { program.rings[0].numSlots = 0; },
              "ring 'a1': expected 1 to 3 slots but got 0");
  expectError([](Program &program) { program.rings[0].rows = 1 << 20; },
              "level 'SMEM': expected tiles of at most 262144 in all instances "
              "but got");
}

TEST(VerifyProgram, Loops) {
  expectError([](Program &program) { find<LoopBegin>(program).bound = 0; },
              "instruction 0 (loop): expected a bound of at least 1 but got 0");
  expectError([](Program &program) { program.instructions.pop_back(); }, "");
  expectError(
      [](Program &program) {
        program.instructions.insert(program.instructions.begin(), LoopEnd{});
      },
      "instruction 0 (loop end): expected an open loop");
}

TEST(VerifyProgram, TilesAreAcquiredAndReleased) {
  expectError([](Program &program) { erase<Release>(program); },
              "expected the tile of 'b1' to be released inside the loop that "
              "acquires it");
  expectError([](Program &program) { erase<Acquire>(program); },
              "expected a tile of the operand that the array holds");
  expectError([](Program &program) { find<Acquire>(program).ring = 9; },
              "expected a ring but got 9 of 3");
  expectError([](Program &program) { erase<End>(program); },
              "expected the accumulators to end inside the loop in which they "
              "begin");
  expectError([](Program &program) { erase<Begin>(program); },
              "expected accumulators that have begun");
  expectError([](Program &program) { erase<Store>(program); },
              "ring 'z': expected every tile that ends to be stored");
}

TEST(VerifyProgram, Multiplications) {
  expectError([](Program &program) { find<Multiply>(program).m = 65; },
              "elements up to its end");
  expectError(
      [](Program &program) {
        find<Multiply>(program).a.origin.batch.summands = {{9, 1}};
      },
      "expected an offset of loops around it but got loop 9");
  expectError([](Program &program) { find<Multiply>(program).pattern = "2:8"; },
              "expected no pattern of a dense operand");
  expectError(
      [](Program &program) { find<Multiply>(program).nest.back().bound = 63; },
      "expected loops of the array that cover the product");
  expectError(
      [](Program &program) {
        for (MicroLoop &loop : find<Multiply>(program).nest)
          if (loop.dim == 2 && loop.kind != MicroLoopKind::Temporal)
            loop.bound = 17;
      },
      "expected at most 16 instances inside 'RF' but got 17");
  expectError(
      [](Program &program) {
        find<Multiply>(program).nest.push_back(
            {1, int64_t(1) << 30, MicroLoopKind::Temporal, 3});
      },
      "expected at most 2^40 iterations of the array");
}

TEST(VerifyProgram, Decompositions) {
  expectError(
      [](Program &program) { find<Multiply>(program).decomposed = true; },
      "expected a decomposition before it");
}

TEST(VerifyProgram, Tokens) {
  Program program = getPartialSums();
  EXPECT_EQ(verify(program), "");
  find<Wait>(program).token = 3;
  EXPECT_NE(verify(program).find("expected a token but got 3 of 1"),
            std::string::npos);
}

static std::string run(const Program &program) {
  EXPECT_EQ(verify(program), "");
  auto result = simulate(program, getPreset("ttc-vegeta-m8"));
  return result ? "" : llvm::toString(result.takeError());
}

TEST(RunErrors, UnitsThatWaitForEachOther) {
  Program program = getPartialSums();
  erase<Signal>(program);
  std::string error = run(program);
  EXPECT_TRUE(llvm::StringRef(error).starts_with(
      "program 'test' cannot go on: instruction "))
      << error;
  EXPECT_NE(error.find("(wait) waits for partial_sums"), std::string::npos)
      << error;
}

/// Without tokens a load may come before the store.
TEST(RunErrors, TilesThatNobodyWrote) {
  Program program = getPartialSums();
  erase<Store>(program);
  for (Instruction &instruction : program.instructions)
    if (std::holds_alternative<End>(instruction))
      instruction = End{2};
  Program unordered = getPartialSums();
  erase<Wait>(unordered);
  find<Load>(unordered);
  for (Instruction &instruction : unordered.instructions)
    if (auto *load = std::get_if<Load>(&instruction); load && load->ring == 2)
      load->origin.row.summands.push_back({1, 64});
  std::string error = run(unordered);
  EXPECT_NE(error.find("(load of 'z'): no store has written what it reads"),
            std::string::npos)
      << error;
}
