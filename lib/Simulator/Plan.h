//===- Plan.h - What a program asks of a machine -------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All that follows from a program and a machine before the first cycle: how
// inputs are stored, the passes of each multiplication, the words of each move.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_PLAN_H
#define TASD_LIB_SIMULATOR_PLAN_H

#include "Footprint.h"
#include "Passes.h"
#include "Walker.h"

namespace tasd::simulator {

/// The tiles of a decomposition.
struct DecomposePlan {
  InputStorage source;
  /// Dense words that are read, in rounds of a block for each unit.
  Amount amount;
  int64_t numRounds = 1;
  /// Of the units, for a round.
  Ticks workOfRound = 0;
  DecomposeCount count;
};

class ProgramPlan {
public:
  /// `program` is valid on `machine`; both outlive this object.
  ProgramPlan(const Program &program, const machine::Machine &machine);

  const PassPlan &getPasses(size_t place) const { return passes[place]; }
  const DecomposePlan &getDecompose(size_t place) const {
    return decomposes[place];
  }
  const InputStorage &getStorage(const InputSource &source) const;
  const InputStorage &getRingStorage(RingId ring) const { return rings[ring]; }
  /// What `load` moves, of a tile that begins at these coordinates.
  Amount getTile(const Load &load, int64_t row, int64_t column);
  /// Elements of the first tile of a ring, those of a window once.
  double countElements(RingId ring);
  /// Words of the tile of accumulators.
  double getSumWords(RingId ring) const;
  /// Words of the places of gathered rows and columns that go with a tile of
  /// the ring, into the argument or out of it.
  double getPlaceWords(ArgumentId argument, RingId ring) const;
  /// The instances of `level` that hold the same of the ring's operand.
  double getCopies(RingId ring) const { return copies[ring]; }
  /// The instances of each level that the program uses.
  const std::vector<double> &getInstances() const { return instances; }

private:
  void planStorages();
  void planInstances();
  void planDecompose(size_t place, const Decompose &decompose);
  InputStorage getTermStorage(const Multiply &multiply) const;

  const Program &program;
  const machine::Machine &machine;
  std::vector<InputStorage> arguments;
  /// Of the argument that is loaded into a ring, at the ring's level.
  std::vector<InputStorage> rings;
  /// The argument that is loaded into a ring of an input.
  std::vector<ArgumentId> contents;
  std::vector<double> copies, instances;
  std::vector<Footprint> footprints;
  /// By place.
  std::vector<PassPlan> passes;
  std::vector<DecomposePlan> decomposes;
};

/// Names of types as in MLIR, by which machines know them: "i8", "bf16".
llvm::StringRef getMachineType(sparsity::ElementType type);

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_PLAN_H
