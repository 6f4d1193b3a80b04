//===- TimeAccount.h - What a unit spends its time on --------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_TIMEACCOUNT_H
#define TASD_LIB_SIMULATOR_TIMEACCOUNT_H

#include "Clock.h"

#include "tasd/Simulator/Stall.h"

#include <optional>

namespace tasd::simulator {

/// The time of a unit: at work, stalled for a cause, or finished.
class TimeAccount {
public:
  /// From `now` on the unit is at work.
  void work(Ticks now) { enter(now, kWork); }
  void stall(Ticks now, StallCause cause) {
    enter(now, static_cast<size_t>(cause));
  }
  void finish(Ticks now) { enter(now, kFinished); }

  Ticks getWork() const { return ticks[kWork]; }
  Ticks getFinished() const { return ticks[kFinished]; }
  Ticks getStall(StallCause cause) const {
    return ticks[static_cast<size_t>(cause)];
  }

private:
  static constexpr size_t kWork = kNumStallCauses;
  static constexpr size_t kFinished = kNumStallCauses + 1;

  void enter(Ticks now, size_t state) {
    ticks[current] += now - since;
    since = now;
    current = state;
  }

  size_t current = kFinished;
  Ticks since = 0;
  std::array<Ticks, kNumStallCauses + 2> ticks = {};
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_TIMEACCOUNT_H
