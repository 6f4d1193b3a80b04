//===- VerifyInstructions.cpp - Whether instructions fit together ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One walk through the text of the program, with the loops that are open and
// the tiles that are held; then the counts of what is loaded and acquired,
// begun and stored.
//
//===----------------------------------------------------------------------===//

#include "InstructionVerifier.h"
#include "SeriesText.h"

#include "tasd/Simulator/ProgramText.h"
#include "tasd/Simulator/VerifyProgram.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd;
using namespace tasd::simulator;
using llvm::Error;
using llvm::Twine;

Error tasd::simulator::verifySeries(llvm::StringRef text,
                                    const machine::Machine &machine) {
  auto series = parseSeries(text);
  if (!series)
    return series.takeError();
  if (series->size() == 0)
    return llvm::createStringError("expected a series but got none");
  return checkSeries(machine, Operand::A, *series);
}

Error InstructionVerifier::visit(const LoopBegin &loop) {
  if (loop.bound < 1 || loop.bound > kMaxExtent)
    return fail("expected a bound of at least 1 but got " + Twine(loop.bound));
  if (open.size() == kMaxLoops)
    return fail("expected at most " + Twine(kMaxLoops) +
                " loops in each other");
  open.push_back({numLoops++, loop.bound});
  return Error::success();
}

Error InstructionVerifier::visit(const LoopEnd &) {
  if (open.empty())
    return fail("expected an open loop");
  for (auto &[key, tile] : held)
    if (tile.depth == open.size())
      return fail("expected the tile of '" + program.rings[key.second].name +
                  "' to be released inside the loop that acquires it");
  if (begun && begun->second == open.size())
    return fail("expected the accumulators to end inside the loop in which "
                "they begin");
  if (decomposed && decomposedDepth == open.size())
    decomposed = nullptr;
  open.pop_back();
  return Error::success();
}

/// Tiles that come are read, and sums that end are stored.
Error InstructionVerifier::verifyCounts() {
  for (auto [id, ring] : llvm::enumerate(program.rings)) {
    bool isSums = ring.operand == Operand::Z;
    double read = isSums ? begins[id] : acquires[id];
    if (loads[id] != read && !(isSums && loads[id] == 0))
      return llvm::createStringError(
          "ring '" + ring.name +
          "': expected as many tiles to be read as are "
          "loaded");
    if (ends[id] != stores[id])
      return llvm::createStringError("ring '" + ring.name +
                                     "': expected every tile that ends to be "
                                     "stored");
  }
  return Error::success();
}

Error InstructionVerifier::run() {
  for (size_t place = 0; place != program.instructions.size(); ++place) {
    Error error = std::visit([&](const auto &each) { return visit(each); },
                             program.instructions[place]);
    steps += countRuns();
    if (!error && steps > kMaxSteps)
      error = fail("expected at most 2^40 steps");
    if (error)
      return llvm::createStringError(describeInstruction(program, place) +
                                     ": " + llvm::toString(std::move(error)));
  }
  if (!open.empty())
    return fail("expected all loops to end");
  if (!held.empty() || begun)
    return fail("expected all tiles to be released, and accumulators to end");
  return verifyCounts();
}

Error tasd::simulator::verifyInstructions(const Program &program,
                                          const machine::Machine &machine) {
  return InstructionVerifier(program, machine).run();
}

double tasd::simulator::countSteps(const Program &program) {
  double runs = 1, steps = 0;
  std::vector<int64_t> open;
  for (const Instruction &instruction : program.instructions) {
    double here = 1;
    if (const auto *loop = std::get_if<LoopBegin>(&instruction)) {
      open.push_back(loop->bound);
      runs *= loop->bound;
    } else if (std::holds_alternative<LoopEnd>(instruction)) {
      runs /= open.back();
      open.pop_back();
    } else if (const auto *multiply = std::get_if<Multiply>(&instruction)) {
      for (const MicroLoop &loop : multiply->nest)
        if (loop.kind == MicroLoopKind::Temporal)
          here *= loop.bound;
    }
    steps += runs * here;
  }
  return steps;
}
