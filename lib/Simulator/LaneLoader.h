//===- LaneLoader.h - The unit that brings A to the lanes ----- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The lane loader walks ahead of the array by one pass: it brings what the
// lanes hold of A in the next pass, as soon as their registers are free. Where
// the registers are double-buffered that is when the pass before begins to be
// wanted, else when it ends.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_LANELOADER_H
#define TASD_LIB_SIMULATOR_LANELOADER_H

#include "TasdUnits.h"

#include <deque>
#include <tuple>

namespace tasd::simulator {

/// Tells whether the lanes hold already what a multiplication reads of A. Both
/// the lane loader and the array ask it, each on its own walk.
class StationaryInput {
public:
  /// `tile` counts the acquired tiles of A's ring, `decomposition` those of the
  /// TASD units.
  bool isNew(const Walker &walker, const Multiply &multiply, int64_t numPasses,
             uint64_t tile, uint64_t decomposition);

private:
  using Identity =
      std::tuple<uint64_t, uint64_t, uint32_t, int64_t, int64_t, int64_t>;
  std::optional<Identity> held;
};

class LaneLoader {
public:
  LaneLoader(Context &context, TasdUnits &tasdUnits);

  bool advance(Ticks now);
  bool isFinished() const { return !walker.get(); }
  std::string describeWait() const;

  /// The array wants tile `index` of the lanes, counted from 0.
  void want(uint64_t index) { wanted = index; }
  bool isLoaded(uint64_t index) const { return index < numLoaded; }
  /// What the tile that is wanted was late for.
  const WaitHistory &getHistory(uint64_t index) const;

private:
  bool issue(Ticks now);
  bool issueMultiply(Ticks now, const Multiply &multiply);
  bool startPass(Ticks now, const Multiply &multiply, const PassPlan &plan);
  void finishPass(const PassPlan &plan);

  Context &context;
  TasdUnits &tasdUnits;
  Walker walker;
  SourceRead read;
  StationaryInput stationary;
  uint64_t depth;
  std::vector<uint64_t> numAcquired;
  uint64_t numDecomposed = 0;
  int64_t pass = 0;
  std::optional<bool> isNew;
  bool isReading = false;
  Ticks fillEnd = 0;
  uint64_t wanted = 0, numLoaded = 0;
  std::array<WaitHistory, 2> histories;
};

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_LANELOADER_H
