//===- RunTimeline.h - A run of a layer, tile by tile --------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The loops outside the accumulators run one *body* after the other: what they
// multiply at a time. Bodies wait for their tiles, tiles for a slot of their
// ring, and for the channel to the outermost level.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_RUNTIMELINE_H
#define TASD_LIB_COST_RUNTIMELINE_H

#include "llvm/ADT/SmallVector.h"

#include <cstdint>

namespace tasd::cost {

/// A ring of tiles from the outermost level.
struct TileRing {
  /// Bodies that use a tile; 0 where there are no tiles.
  int64_t span = 0;
  int64_t slots = 2;
  /// Cycles of the channel for a tile.
  double loadCycles = 0;
};

/// A loop around the tiles of sums.
struct SumLoop {
  int64_t bound = 1;
  bool alongK = false;
};

/// The passes of a term in one body.
struct PassShape {
  int64_t count = 1;
  double steps = 0;
  /// Cycles of the ports for A and B, and until the banks have given B.
  double readA = 0, readB = 0, endB = 0;
};

/// What the bodies of a run have in common. Times are in cycles.
struct RunShape {
  int64_t numBodies = 1;
  double latency = 0;
  TileRing a, b, z;
  double storeCycles = 0;
  /// Around the tiles of sums, the outermost first.
  llvm::SmallVector<SumLoop, 6> sumLoops;
  /// Whether sums start from the result's memory.
  bool accumulates = false;
  /// Of a body, one term after the other.
  llvm::SmallVector<PassShape, 3> passes;
  /// Whether A and B come to the lanes through the same port.
  bool sharesPort = false;
  /// The bodies that A stays in the lanes for.
  int64_t fetchSpan = 1;
  /// TASD units read and extract what stays in the lanes; 0 without them. A
  /// round is read at a time.
  double extractReadCycles = 0, roundReadCycles = 0, extractWorkCycles = 0;
  /// Cycles of the channel for what a body reads without tiles.
  double streamCycles = 0;
};

struct RunTimes {
  double firstBody = 0, end = 0;
};

/// When the first body starts, and the last sums are stored.
RunTimes computeRun(const RunShape &shape);

} // namespace tasd::cost

#endif // TASD_LIB_COST_RUNTIMELINE_H
