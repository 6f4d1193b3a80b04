//===- ThreadTiles.h - Loops that threads share -----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How the work of one op is shared by threads: its parallel loops are cut into
// tiles, which run at once. No sum is split, so that results are the same bits
// whatever the number of threads, as long as the code of a tile sums up each
// element in the same order as that of the whole.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_VECTORKERNELS_THREADTILES_H
#define TASD_CONVERSION_VECTORKERNELS_THREADTILES_H

#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"

namespace mlir::tasd {

/// A parallel loop that may be cut, at multiples of `grain`.
struct ThreadLoop {
  unsigned loop;
  int64_t grain = 1;
};

/// Whether loops of these extents, of which dynamic ones count as 1, take at
/// least so many steps: waking threads has to pay.
bool hasSteps(ArrayRef<int64_t> extents, int64_t minSteps);

/// Multiply-adds of a layer, and points of another op, that are worth sharing.
inline constexpr int64_t kMinSharedMacs = 1 << 18;
inline constexpr int64_t kMinSharedPoints = 1 << 15;

/// Whether threads that share as many tiles as `sizes` cut `extents` into are
/// busy for nearly all of the time; a size of 0 stands for the whole extent.
/// Not where there is one thread, or an extent that is cut is dynamic.
bool keepsThreadsBusy(ArrayRef<int64_t> extents, ArrayRef<int64_t> sizes,
                      unsigned numThreads);

/// Sizes of tiles, one for each thread, along one of `loops`: the first that
/// divides into equal ones, else the first that nearly does. All 0, so that
/// nothing is cut, where no loop does or there is one thread.
SmallVector<int64_t> chooseThreadTiles(ArrayRef<int64_t> extents,
                                       ArrayRef<ThreadLoop> loops,
                                       unsigned numThreads);

/// Whether threads share a loop around `op`: what is inside is for one of them.
bool isInThreadTile(Operation *op);

/// Makes loops over tiles of `sizes` of `op`, 0 for loops that stay whole; the
/// caller replaces `op`. They are one scf.forall where that keeps `numThreads`
/// threads busy and none shares a loop around, else scf.for.
FailureOr<scf::SCFTilingResult> tileForThreads(RewriterBase &rewriter,
                                               TilingInterface op,
                                               ArrayRef<int64_t> extents,
                                               ArrayRef<int64_t> sizes,
                                               unsigned numThreads);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_VECTORKERNELS_THREADTILES_H
