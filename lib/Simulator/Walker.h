//===- Walker.h - How a unit walks through a program ---------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every unit walks the whole program for itself and stops at the instructions
// that are its own. Loops cost no time, and those without any of its
// instructions are passed by.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_WALKER_H
#define TASD_LIB_SIMULATOR_WALKER_H

#include "tasd/Simulator/Program.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace tasd::simulator {

/// What a program says of its places: where loops end, and how much runs
/// before.
class ProgramIndex {
public:
  /// `program` has to have balanced loops and to outlive this object.
  explicit ProgramIndex(const Program &program);

  const Program &program;
  /// Of the begin of a loop its end, and the other way round.
  std::vector<size_t> partner;
  /// Of the begin and the end of a loop.
  std::vector<LoopId> loop;
  unsigned numLoops = 0;
  /// Instructions that one iteration of the loop around a place runs before it,
  /// and those of one iteration of each loop.
  std::vector<uint64_t> numBefore, bodySize;
};

class Walker {
public:
  Walker(const ProgramIndex &index,
         llvm::function_ref<bool(const Instruction &)> isOwn);

  /// The instruction at which the walk stands; null at the end.
  const Instruction *get() const;
  size_t getPlace() const { return place; }
  void next();

  int64_t evaluate(const Offset &offset) const;
  /// How many instructions run before this one in all: what comes first is
  /// needed first.
  uint64_t getPosition() const;
  /// Whether a counter of `loops` is not 0.
  bool isRevisit(llvm::ArrayRef<LoopId> loops) const;

private:
  void settle();
  void closeLoop();

  const ProgramIndex &index;
  /// Own instructions, and loops around them.
  std::vector<bool> relevant;
  std::vector<int64_t> counters;
  /// The loops around the place, outermost first.
  std::vector<size_t> open;
  size_t place = 0;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_WALKER_H
