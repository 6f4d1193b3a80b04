//===- TasdUnits.h - The units that extract terms ------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// TASD units read dense tiles of A and extract all terms of them, in rounds of
// a block for each unit. What they read goes into a buffer of their own, of two
// tiles, and so do the terms: they read ahead of their work by a tile, and work
// ahead of the lanes by a tile.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_TASDUNITS_H
#define TASD_LIB_SIMULATOR_TASDUNITS_H

#include "SourceRead.h"

namespace tasd::simulator {

/// Rounds of decompositions, counted from the first of the program.
struct Progress {
  uint64_t tile = 0;
  int64_t round = 0;

  bool isBehind(const Progress &other) const {
    return tile != other.tile ? tile < other.tile : round < other.round;
  }
};

class TasdUnits {
public:
  explicit TasdUnits(Context &context);

  bool advance(Ticks now);
  bool isFinished() const { return !works.get(); }
  std::string describeWait() const;

  /// The lanes go on to the terms of tile `index`, counted from 0.
  void enter(uint64_t index) { entered = index; }
  /// Whether pass `pass` of `numPasses` finds its share of the terms.
  bool isReady(uint64_t index, int64_t pass, int64_t numPasses) const;
  /// What the newest terms were late for.
  const WaitHistory &getHistory() const { return history; }
  Ticks getBusy() const { return busy; }

private:
  bool read(Ticks now);
  bool acquire(const Acquire &acquire);
  bool work(Ticks now);
  void finishTile(const DecomposePlan &plan);

  Context &context;
  /// Where they read, and where they work.
  Walker reads, works;
  SourceRead source;
  std::vector<uint64_t> numAcquired;
  Progress hasRead, hasWorked;
  uint64_t entered = 0;
  /// Of the tile that is being worked on, once its work has begun.
  int64_t numRounds = 1;
  bool isReading = false, isWorking = false;
  Ticks begin = 0, workEnd = 0, busy = 0;
  WaitHistory readHistory, history;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_TASDUNITS_H
