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
      loop(program.instructions.size()), depth(program.instructions.size()) {
  std::vector<size_t> open;
  for (auto [place, instruction] : llvm::enumerate(program.instructions)) {
    if (std::holds_alternative<LoopEnd>(instruction)) {
      partner[place] = open.back();
      partner[open.back()] = place;
      loop[place] = loop[open.back()];
      open.pop_back();
    }
    depth[place] = open.size();
    if (std::holds_alternative<LoopBegin>(instruction)) {
      loop[place] = numLoops++;
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
    if (const auto *end = std::get_if<LoopEnd>(instruction)) {
      (void)end;
      size_t begin = index.partner[place];
      auto bound = std::get<LoopBegin>(index.program.instructions[begin]).bound;
      int64_t &counter = counters[index.loop[place]];
      if (++counter < bound)
        place = begin;
      else
        counter = 0;
    } else if (!std::holds_alternative<LoopBegin>(*instruction)) {
      return;
    }
  }
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
