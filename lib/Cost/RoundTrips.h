//===- RoundTrips.h - How long tiles are on their way --------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tile from the outermost level takes a slot of a ring: it is requested, its
// first word comes after the latency of a move, its last one when all have
// moved, and the slot is free again when the tile has been used. So a ring
// takes as long as all its tiles take one after the other, over its slots,
// however small they are.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_COST_ROUNDTRIPS_H
#define TASD_LIB_COST_ROUNDTRIPS_H

#include "tasd/Cost/Work.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace tasd::cost {

/// The slots of a ring: of inputs, and of sums, which fill, are added to and
/// drain at a time.
constexpr double kInputSlots = 2, kSumSlots = 3;

/// The levels whose tiles come from the outermost one; none where there are no
/// tiles, but single elements on their way to the lanes.
struct Rings {
  std::optional<size_t> a, b, z;
};

/// `keeps` says for a level what it keeps, `accumulators` is the innermost that
/// keeps Z.
Rings findRings(llvm::function_ref<OperandSet(size_t)> keeps,
                size_t accumulators);

/// The tiles of one ring.
struct RingTiles {
  double count = 0;
  /// Cycles of the outermost level to move them.
  double moveCycles = 0;
};

/// What goes round in one product.
struct RoundTrips {
  RingTiles a, b;
  /// Whether tiles of A and B are asked for at the same times.
  bool together = false;
  /// Of the tiles of sums those alone that are loaded; they move both ways.
  RingTiles z;
  /// The share of the work that adds to sums which start from zeros.
  double unloadedShare = 1;
  /// Cycles of all that works on tiles, with nothing to wait for.
  double useCycles = 0;
};

/// Cycles of the slowest ring, and those in which nothing else happens: a ring
/// of one slot overlaps nothing with its latency. 0 where moves have none.
struct RoundTripCycles {
  double slowest = 0, apart = 0;
};

RoundTripCycles countCycles(const RoundTrips &trips, const Rings &rings,
                            const machine::Machine &machine);

} // namespace tasd::cost

#endif // TASD_LIB_COST_ROUNDTRIPS_H
