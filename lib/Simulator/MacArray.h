//===- MacArray.h - The multiply-add units -------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The array runs its instructions in order, and a multiplication pass by pass.
// A pass begins when the lanes hold their part of A; it lasts as long as its
// steps, in a systolic array with the time to fill and to drain it, and as long
// as the words take that it moves: B at its source, sums at the accumulators, A
// at the registers.
//
// Every moment up to the end of the program is one of work or of a stall, which
// has one cause: what the thing was late for that the array waited for, or,
// within a pass, what took longer than the steps.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_MACARRAY_H
#define TASD_LIB_SIMULATOR_MACARRAY_H

#include "LaneLoader.h"

namespace tasd::simulator {

class MacArray {
public:
  MacArray(Context &context, LaneLoader &lanes);

  bool advance(Ticks now);
  bool isFinished() const { return !walker.get(); }
  std::string describeWait() const;

  /// Accounts for the time up to `end`, that of the program.
  void finish(Ticks end);
  Ticks getBusy() const { return busy; }
  Ticks getStall(StallCause cause) const {
    return stalls[static_cast<size_t>(cause)];
  }
  uint64_t getNumPasses() const { return numPasses; }

private:
  bool issue(Ticks now);
  bool acquire(Ticks now, const Acquire &acquire);
  bool begin(Ticks now, const Begin &begin);
  bool multiply(Ticks now, const Multiply &multiply);
  bool startPass(Ticks now, const Multiply &multiply, const PassPlan &plan);
  void passPorts(Ticks now, const PassPlan &plan);
  void passSums(Ticks now, const PassPlan &plan);
  void finishPass();
  void finishMultiply(const Multiply &multiply, const PassPlan &plan);
  void wait(Ticks now, const WaitHistory &history);
  void account(Ticks end, StallCause cause);

  Context &context;
  LaneLoader &lanes;
  Walker walker;
  SourceRead readB;
  StationaryInput stationary;
  std::vector<uint64_t> numAcquired;
  uint64_t numDecomposed = 0, numLaneTiles = 0, numPasses = 0;
  /// The ring of the accumulators in use, and their tile.
  RingId accumulators = 0;
  std::vector<uint64_t> numBegun;
  /// Whether the accumulators hold sums from before.
  bool hasSums = false;
  std::optional<bool> isNew;
  int64_t pass = 0;
  bool isInPass = false, hasStarted = false;
  Ticks multiplyBegin = 0, workEnd = 0, passEnd = 0;
  WaitHistory passHistory;
  double sumReads = 0;
  /// Everything before is accounted for.
  Ticks accounted = 0;
  Ticks busy = 0;
  std::array<Ticks, kNumStallCauses> stalls = {};
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_MACARRAY_H
