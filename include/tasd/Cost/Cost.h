//===- Cost.h - What a layer costs on a machine --------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The analytic cost of (work, mapping, machine): pure functions, no state. The
// steady state is counted, without start and end; the slowest level sets the
// pace. docs/Cost.md has each formula, and where it is from.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_COST_COST_H
#define TASD_COST_COST_H

#include "tasd/Cost/Mapping.h"

namespace tasd::cost {

/// What one operand moves at one level, over all instances of it. Words are of
/// 8 bits.
struct OperandTraffic {
  Operand operand = Operand::A;
  /// Words read from the level.
  double reads = 0;
  /// Words that come from outside; of the result also the zeros that sums start
  /// from.
  double fills = 0;
  /// Words of the result that come from inside.
  double updates = 0;
  double metadataReadBits = 0;
  double metadataFillBits = 0;
  double energyPj = 0;

  double getMetadataBits() const { return metadataReadBits + metadataFillBits; }
};

struct LevelCost {
  std::string name;
  /// The operands the level keeps.
  llvm::SmallVector<OperandTraffic, 3> operands;
  /// Cycles that the words of one instance take at its rates, each way.
  double readCycles = 0, writeCycles = 0;
  double energyPj = 0;

  /// The slower way.
  double getCycles() const { return std::max(readCycles, writeCycles); }
  /// All that is moved, both ways, metadata included.
  double getWords() const;
};

/// What the lanes do.
struct ComputeCost {
  /// Multiply-adds done, and those left out for their zeros.
  double macs = 0, macsSkipped = 0;
  /// Cycles if every lane were busy in each.
  double idealCycles = 0;
  /// Cycles with the lanes that the mapping uses.
  double cycles = 0;
  double energyPj = 0;
};

/// What TASD units do.
struct DecomposeCost {
  double blocks = 0;
  double cycles = 0;
  double energyPj = 0;
};

/// What tiles take on their way from the outermost level.
struct DmaCost {
  /// Cycles of the slots of a ring for the round trips of its tiles; 0 where
  /// moves have no latency.
  double cycles = 0;
};

struct Cost {
  /// Of the slowest part, rounded up.
  int64_t cycles = 0;
  double energyPj = 0;
  /// A level of the machine, "MAC", "TASD" or "DMA".
  std::string bindingLevel;
  ComputeCost compute;
  DecomposeCost decompose;
  DmaCost dma;
  /// Outermost first.
  std::vector<LevelCost> levels;

  /// Energy-delay product.
  double getEdpPjCycles() const { return energyPj * cycles; }
};

/// Whether `machine` can run `work` by `mapping`: levels and what they keep,
/// the loops cover the dimensions, lanes and tiles suffice, the machine has the
/// patterns. Errors: "file:line:column: what".
llvm::Error verifyMapping(const Work &work, const Mapping &mapping,
                          const machine::Machine &machine);

/// The cost of `work` by `mapping` on `machine`. The factors of the mapping are
/// taken as given; where they exceed an extent of the work, the padding counts
/// as work. Errors: those of verifyMapping; no energy for the types.
llvm::Expected<Cost> computeCost(const Work &work, const Mapping &mapping,
                                 const machine::Machine &machine);

/// What a run from the first request to the last word takes beyond the steady
/// state.
struct StartUpAndDrain {
  /// Until the first multiplication.
  double startUpCycles = 0;
  /// The last sums on their way out, less what the channel to the outermost
  /// level no longer moves in the last iterations: it may be below 0.
  double drainCycles = 0;

  double getCycles() const { return startUpCycles + drainCycles; }
};

/// Start-up and drain of `cost`, which is that of `work` by `mapping` on
/// `machine`. Levels are taken as double-buffered. Nothing where sums stay in
/// the outermost level.
StartUpAndDrain computeStartUpAndDrain(const Work &work, const Mapping &mapping,
                                       const machine::Machine &machine,
                                       const Cost &cost);

} // namespace tasd::cost

#endif // TASD_COST_COST_H
