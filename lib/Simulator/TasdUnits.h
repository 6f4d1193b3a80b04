//===- TasdUnits.h - The units that extract terms ------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// TASD units read dense tiles of A and extract all terms of them, part by part:
// a part is what one pass of the first term takes. They work ahead by one tile:
// of the terms of two tiles there is room, one that the lanes take from and one
// that is being extracted.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_TASDUNITS_H
#define TASD_LIB_SIMULATOR_TASDUNITS_H

#include "SourceRead.h"

namespace tasd::simulator {

class TasdUnits {
public:
  explicit TasdUnits(Context &context);

  bool advance(Ticks now);
  bool isFinished() const { return !walker.get(); }
  std::string describeWait() const;

  /// The lanes go on to the terms of decomposition `index`, counted from 0.
  void enter(uint64_t index) { entered = index; }
  /// Whether pass `pass` of `numPasses` finds its share of the terms.
  bool isReady(uint64_t index, int64_t pass, int64_t numPasses) const;
  /// What the newest part was late for.
  const WaitHistory &getHistory() const { return history; }
  Ticks getBusy() const { return busy; }

private:
  bool issue(Ticks now, const Decompose &decompose);
  void finish(const Decompose &decompose);

  Context &context;
  Walker walker;
  SourceRead read;
  std::vector<uint64_t> numAcquired;
  uint64_t entered = 0, current = 0;
  int64_t partsDone = 0, numParts = 1;
  bool isWorking = false;
  Ticks begin = 0, workEnd = 0, busy = 0;
  WaitHistory history;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_TASDUNITS_H
