//===- ThreadTiles.cpp - Loops that threads share -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/VectorKernels/ThreadTiles.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::tasd;

/// Percent of the time that threads have to be busy.
static constexpr int64_t kMinBusyPercent = 85;

/// Whether `numThreads` rounds of `size` steps are nearly all of `extent`.
static bool isNearlyAll(int64_t extent, int64_t size, int64_t numThreads) {
  return 100 * extent >= kMinBusyPercent * size * numThreads;
}

bool mlir::tasd::hasSteps(ArrayRef<int64_t> extents, int64_t minSteps) {
  uint64_t steps = 1;
  for (int64_t extent : extents)
    if (ShapedType::isStatic(extent))
      steps = llvm::SaturatingMultiply<uint64_t>(steps, extent);
  return steps >= static_cast<uint64_t>(minSteps);
}

bool mlir::tasd::keepsThreadsBusy(ArrayRef<int64_t> extents,
                                  ArrayRef<int64_t> sizes,
                                  unsigned numThreads) {
  int64_t numTiles = 1;
  for (auto [extent, size] : llvm::zip_equal(extents, sizes)) {
    if (size == 0)
      continue;
    if (ShapedType::isDynamic(extent))
      return false;
    numTiles *= llvm::divideCeil(extent, size);
  }
  return numThreads > 1 &&
         isNearlyAll(numTiles, llvm::divideCeil(numTiles, numThreads),
                     numThreads);
}

/// The size of `numThreads` tiles that together are `extent`.
static int64_t getThreadTile(int64_t extent, int64_t grain,
                             unsigned numThreads) {
  return llvm::alignTo(llvm::divideCeil(extent, numThreads), grain);
}

SmallVector<int64_t> mlir::tasd::chooseThreadTiles(ArrayRef<int64_t> extents,
                                                   ArrayRef<ThreadLoop> loops,
                                                   unsigned numThreads) {
  SmallVector<int64_t> sizes(extents.size(), 0);
  if (numThreads <= 1)
    return sizes;
  const ThreadLoop *chosen = nullptr;
  for (const ThreadLoop &candidate : loops) {
    int64_t extent = extents[candidate.loop];
    if (ShapedType::isDynamic(extent))
      continue;
    int64_t size = getThreadTile(extent, candidate.grain, numThreads);
    bool isEqual = size * numThreads == extent;
    if (isEqual || (!chosen && isNearlyAll(extent, size, numThreads)))
      chosen = &candidate;
    if (isEqual)
      break;
  }
  if (chosen)
    sizes[chosen->loop] =
        getThreadTile(extents[chosen->loop], chosen->grain, numThreads);
  return sizes;
}

bool mlir::tasd::isInThreadTile(Operation *op) {
  return op->getParentOfType<scf::ForallOp>() != nullptr;
}

FailureOr<scf::SCFTilingResult>
mlir::tasd::tileForThreads(RewriterBase &rewriter, TilingInterface op,
                           ArrayRef<int64_t> extents, ArrayRef<int64_t> sizes,
                           unsigned numThreads) {
  bool isShared =
      !isInThreadTile(op) && keepsThreadsBusy(extents, sizes, numThreads);
  scf::SCFTilingOptions options;
  options.setTileSizes(getAsIndexOpFoldResult(op.getContext(), sizes));
  if (isShared)
    options.setLoopType(scf::SCFTilingOptions::LoopType::ForallOp);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  return scf::tileUsingSCF(rewriter, op, options);
}
