//===- Walker.cpp - How a unit walks through a program --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Walker.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::simulator;

ProgramIndex::ProgramIndex(const Program &program)
    : program(program), partner(program.instructions.size()),
      loop(program.instructions.size()),
      numBefore(program.instructions.size()) {
  std::vector<size_t> open;
  llvm::SmallVector<uint64_t> counts = {0};
  for (auto [place, instruction] : llvm::enumerate(program.instructions)) {
    numBefore[place] = counts.back()++;
    if (std::holds_alternative<LoopEnd>(instruction)) {
      uint64_t body = bodySize[loop[open.back()]] = counts.pop_back_val();
      counts.back() +=
          body * std::get<LoopBegin>(program.instructions[open.back()]).bound;
      partner[place] = open.back();
      partner[open.back()] = place;
      loop[place] = loop[open.back()];
      open.pop_back();
    }
    if (std::holds_alternative<LoopBegin>(instruction)) {
      loop[place] = numLoops++;
      bodySize.push_back(0);
      counts.push_back(0);
      open.push_back(place);
    }
  }
}

Walker::Walker(const ProgramIndex &index,
               llvm::function_ref<bool(const Instruction &)> isOwn)
    : index(index), relevant(index.program.instructions.size()),
      counters(index.numLoops) {
  std::vector<size_t> open;
  for (auto [at, instruction] : llvm::enumerate(index.program.instructions)) {
    if (std::holds_alternative<LoopBegin>(instruction)) {
      open.push_back(at);
    } else if (std::holds_alternative<LoopEnd>(instruction)) {
      open.pop_back();
    } else if (isOwn(instruction)) {
      relevant[at] = true;
      for (size_t begin : open)
        relevant[begin] = relevant[index.partner[begin]] = true;
    }
  }
  settle();
}

const Instruction *Walker::get() const {
  const auto &instructions = index.program.instructions;
  return place == instructions.size() ? nullptr : &instructions[place];
}

void Walker::next() {
  ++place;
  settle();
}

/// Goes on to the next own instruction.
void Walker::settle() {
  for (; const Instruction *instruction = get(); ++place) {
    if (!relevant[place]) {
      if (std::holds_alternative<LoopBegin>(*instruction))
        place = index.partner[place];
      continue;
    }
    if (std::holds_alternative<LoopBegin>(*instruction))
      open.push_back(place);
    else if (std::holds_alternative<LoopEnd>(*instruction))
      closeLoop();
    else
      return;
  }
}

/// At the end of a loop: back to the begin of its body, or out of it.
void Walker::closeLoop() {
  size_t begin = open.back();
  int64_t &counter = counters[index.loop[begin]];
  if (++counter <
      std::get<LoopBegin>(index.program.instructions[begin]).bound) {
    place = begin;
    return;
  }
  counter = 0;
  open.pop_back();
}

uint64_t Walker::getPosition() const {
  uint64_t position = index.numBefore[place];
  for (size_t begin : open) {
    LoopId loop = index.loop[begin];
    position +=
        index.numBefore[begin] + 1 + counters[loop] * index.bodySize[loop];
  }
  return position;
}

int64_t Walker::evaluate(const Offset &offset) const {
  int64_t sum = 0;
  for (const Offset::Summand &summand : offset.summands)
    sum += counters[summand.loop] * summand.stride;
  return sum;
}

bool Walker::isRevisit(llvm::ArrayRef<LoopId> loops) const {
  return llvm::any_of(loops, [&](LoopId loop) { return counters[loop] != 0; });
}
