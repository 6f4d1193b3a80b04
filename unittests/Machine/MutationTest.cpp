//===- MutationTest.cpp - Garbage in files of machines ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Mutations of machines are read as machines or give errors, each line of which
// says where: `TASDMachineTests --mutations=1000000` tries more of them.
//
//===----------------------------------------------------------------------===//

#include "TestMachines.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Regex.h"

#include <random>

using namespace tasd::machine;
using llvm::StringRef;

static llvm::cl::opt<unsigned>
    count("mutations", llvm::cl::desc("Number of mutated machines."),
          llvm::cl::init(100000));
static llvm::cl::opt<unsigned>
    seed("seed", llvm::cl::desc("Seed of the first mutation."),
         llvm::cl::init(20250101));

/// What YAML and machines are made of.
static constexpr StringRef tokens[] = {": ",        "- ",
                                       "\n",        "  ",
                                       "[",         "]",
                                       "{",         "}",
                                       "'",         "\"",
                                       "#",         "&a ",
                                       "*a",        "!!str ",
                                       "|\n",       ">\n",
                                       "---",       "...",
                                       "?",         ",",
                                       "\t",        "%",
                                       "unlimited", "nan",
                                       "1e99",      "-1",
                                       "0",         "2:4",
                                       "a",         "levels:",
                                       "name: RF",  "base: tc\n",
                                       "\xff",      "\xc3\xa9",
                                       "null",      "true",
                                       "@",         "base: m.yaml\n"};

static void mutateOnce(std::string &text, std::mt19937 &random) {
  size_t at = random() % (text.size() + 1);
  size_t length = std::min<size_t>(1 + random() % 12, text.size() - at);
  switch (random() % 6) {
  case 0:
    if (at < text.size())
      text[at] = char(random());
    break;
  case 1:
    text.erase(at, length);
    break;
  case 2:
    text.insert(at, tokens[random() % std::size(tokens)]);
    break;
  case 3:
    text.replace(at, length, tokens[random() % std::size(tokens)]);
    break;
  case 4:
    text.insert(random() % (text.size() + 1), text.substr(at, random() % 40));
    break;
  case 5:
    if (random() % 8 == 0)
      text.resize(at);
    break;
  }
}

static std::string mutate(StringRef text, std::mt19937 &random) {
  std::string mutated = text.str();
  for (unsigned i = 0, e = 1 + random() % 3; i < e; ++i)
    mutateOnce(mutated, random);
  return mutated;
}

/// Whether each line of an error starts with a place.
static bool isLocated(StringRef error) {
  static const llvm::Regex place("^[^\n]+:[0-9]+:[0-9]+: .");
  while (!error.empty()) {
    auto [line, rest] = error.split('\n');
    if (!place.match(line))
      return false;
    error = rest;
  }
  return true;
}

TEST(MachineMutationTest, SurvivesMutatedMachines) {
  unsigned numAccepted = 0;
  for (unsigned i = 0; i < count; ++i) {
    std::mt19937 random(seed + i);
    std::string text = mutate(smallMachine, random);
    llvm::Expected<Machine> machine = parseMachine(text, "m.yaml");
    if (machine) {
      ++numAccepted;
      ASSERT_TRUE(validate(*machine).empty()) << text;
      std::string printed = print(*machine);
      ASSERT_EQ(print(llvm::cantFail(parseMachine(printed, "printed.yaml"))),
                printed);
      continue;
    }
    std::string error = llvm::toString(machine.takeError());
    ASSERT_TRUE(!error.empty() && isLocated(error)) << error << "\n" << text;
  }
  // Neither may the machine be one that no mutation hurts or that all break.
  EXPECT_GT(numAccepted, count / 50);
  EXPECT_LT(numAccepted, count / 2);
}
