//===- MutationTest.cpp - Garbage in binary programs ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Mutations of programs are read and run, or give errors: `TASDSimulatorTests
// --mutations=1000000` tries more.
//
//===----------------------------------------------------------------------===//

#include "DrawnLayers.h"
#include "ProgramFor.h"

#include "tasd/Simulator/ProgramFile.h"
#include "tasd/Simulator/Simulator.h"
#include "tasd/Simulator/VerifyProgram.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"

#include "gtest/gtest.h"

using namespace tasd;
using namespace tasd::simulator;
using namespace tasd::simulator::test;

static llvm::cl::opt<unsigned>
    count("mutations", llvm::cl::desc("Number of mutated programs."),
          llvm::cl::init(100000));
static llvm::cl::opt<unsigned>
    seed("seed", llvm::cl::desc("Seed of the first mutation."),
         llvm::cl::init(20251122));

static constexpr size_t kHeaderBytes = 28;

static void mutateOnce(std::string &bytes, std::mt19937 &random) {
  size_t at = random() % (bytes.size() + 1);
  size_t length = std::min<size_t>(1 + random() % 6, bytes.size() - at);
  switch (random() % 7) {
  case 0:
  case 1:
    if (at < bytes.size())
      bytes[at] = char(random());
    break;
  case 2:
    if (at < bytes.size())
      bytes[at] += random() % 2 ? 1 : -1;
    break;
  case 3:
    bytes.erase(at, length);
    break;
  case 4:
    bytes.insert(at, 1, char(random() % 4));
    break;
  case 5:
    bytes.insert(random() % (bytes.size() + 1), bytes.substr(at, length));
    break;
  case 6:
    if (random() % 8 == 0)
      bytes.resize(at);
    break;
  }
}

/// Most of the time the header tells the truth about what follows.
static void mendHeader(std::string &bytes) {
  using namespace llvm::support;
  if (bytes.size() < kHeaderBytes)
    return;
  llvm::StringRef body = llvm::StringRef(bytes).drop_front(kHeaderBytes);
  endian::write64le(bytes.data() + 12, body.size());
  endian::write64le(bytes.data() + 20, llvm::xxh3_64bits(body));
}

static std::string mutate(const std::string &bytes, std::mt19937 &random) {
  std::string mutated = bytes;
  for (unsigned i = 0, e = 1 + random() % 3; i < e; ++i)
    mutateOnce(mutated, random);
  if (random() % 16)
    mendHeader(mutated);
  return mutated;
}

/// Runs a program for its timing; it ends, or says why not.
static void runToEnd(const Program &program, const machine::Machine &machine) {
  if (countSteps(program) > 2000)
    return;
  auto result = simulate(program, machine);
  if (!result) {
    EXPECT_NE(llvm::toString(result.takeError()), "");
    return;
  }
  double stalls = 0;
  for (double cycles : result->stallCycles)
    stalls += cycles;
  EXPECT_EQ(result->busyCycles + stalls, result->cycles);
}

TEST(ProgramMutation, SurvivesMutatedPrograms) {
  std::mt19937 random(seed);
  std::vector<DrawnLayer> layers;
  std::vector<std::string> programs;
  for (int i = 0; i != 16; ++i) {
    layers.push_back(drawLayer(random, {3, 16, 0, 3e5}));
    const DrawnLayer &layer = layers.back();
    programs.push_back(
        writeProgram(getProgramFor(layer.work, layer.mapping, layer.machine)));
  }
  unsigned numRead = 0, numValid = 0;
  for (unsigned i = 0; i < count; ++i) {
    random.seed(seed + i);
    size_t which = random() % layers.size();
    auto program = readProgram(mutate(programs[which], random));
    if (!program) {
      EXPECT_TRUE(llvm::StringRef(llvm::toString(program.takeError()))
                      .starts_with("offset "));
      continue;
    }
    ++numRead;
    llvm::Error error = verifyProgram(*program, layers[which].machine);
    if (error) {
      EXPECT_NE(llvm::toString(std::move(error)), "");
      continue;
    }
    ++numValid;
    runToEnd(*program, layers[which].machine);
  }
  // Neither may programs be such that no mutation hurts or that all break.
  EXPECT_GT(numRead, count / 20);
  EXPECT_GT(numValid, count / 200);
  EXPECT_LT(numValid, count / 2);
}
