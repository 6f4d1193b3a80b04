//===- Clock.h - Time of the simulator ------------------------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Time is counted in ticks, a fixed part of a cycle, so that rates such as 42
// words a cycle lose nothing to rounding and all parts of a total add up
// exactly.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_CLOCK_H
#define TASD_LIB_SIMULATOR_CLOCK_H

#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

namespace tasd::simulator {

using Ticks = int64_t;
constexpr Ticks kTicksPerCycle = Ticks(1) << 20;

/// Whole ticks that hold `cycles`. Up to 2^42 cycles.
Ticks toTicks(double cycles);
inline double toCycles(Ticks ticks) {
  return static_cast<double>(ticks) / kTicksPerCycle;
}

/// Ticks that `words` take at a rate, which may be unlimited.
Ticks getDuration(double words, double wordsPerCycle);

/// The times at which something may happen. Whoever waits for a time schedules
/// it; at each, all units are asked in a fixed order what they can do.
class EventQueue {
public:
  void schedule(Ticks time);
  bool empty() const { return times.empty(); }
  /// The earliest time; it is asked for once.
  Ticks pop();

private:
  std::priority_queue<Ticks, std::vector<Ticks>, std::greater<Ticks>> times;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_CLOCK_H
