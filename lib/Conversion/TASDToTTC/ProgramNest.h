//===- ProgramNest.h - The nest of a program ------------------ -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a mapping makes of a layer: the loops that all units walk, the rings
// between them, and the nest that the array runs by itself. No IR yet.
//
// The temporal loops of the levels outside the accumulators are walked; spatial
// ones, and all that is further in, belong to the array. A tile stays in its
// ring while the innermost loops outside it do not index its operand: there, as
// deep as its loads stand, the cost model counts its turnover.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_CONVERSION_TASDTOTTC_PROGRAMNEST_H
#define TASD_LIB_CONVERSION_TASDTOTTC_PROGRAMNEST_H

#include "tasd/Cost/Mapping.h"

namespace tasd::cost {

/// A loop that every unit walks.
struct WalkedLoop {
  /// None of the loop over equal products, which is outermost.
  std::optional<Dim> dim;
  int64_t bound = 1;
  /// How far a step moves along the dimension, or over the products.
  int64_t stride = 1;
  size_t level = 0;

  /// Whether the elements of `operand` differ along the loop.
  bool indexes(Operand operand) const {
    return !dim || isIndexedBy(operand, *dim);
  }
};

/// A loop that the array runs, and the level inside which it does.
struct ArrayLoop {
  Loop loop;
  size_t level = 0;
};

/// A ring of tiles.
struct RingNest {
  Operand operand = Operand::A;
  size_t level = 0;
  int64_t numSlots = 1;
  /// Of a tile of all instances.
  Extents tile;
  /// Walked loops outside its loads.
  size_t depth = 0;
  /// Walked loops outside its tile: those from `depth` to here do not index it.
  size_t tileDepth = 0;

  /// The extents of a tile in the order of its operand: M and K of A, N and K
  /// of B, M and N of Z.
  int64_t getRows() const { return operand == Operand::B ? tile.n : tile.m; }
  int64_t getColumns() const { return operand == Operand::Z ? tile.n : tile.k; }
};

struct ProgramNest {
  /// The outermost first.
  std::vector<WalkedLoop> loops;
  /// The rings of A and of B from the outermost level inwards; none where an
  /// operand passes the buffers by.
  llvm::SmallVector<RingNest, 2> ringsOfA, ringsOfB;
  RingNest accumulators;
  /// The walked loops along K outside the accumulators' tile: where one of them
  /// is not at its first step, the tile holds partial sums. The outermost
  /// first.
  llvm::SmallVector<size_t, 2> revisits;
  /// The tiles of accumulators after which one comes back at the soonest.
  int64_t revisitDistance = 1;
  /// Walked loops outside the extraction of terms at run time.
  size_t decomposeDepth = 0;
  /// What one multiplication covers.
  Extents covers;
  /// The nest of each term, of a dense operand the only one.
  std::vector<std::vector<ArrayLoop>> terms;
};

/// The nest of `work` by a mapping that the machine can run. Errors, of
/// mappings that no program says: no accumulators, sums kept in another level,
/// terms that differ in the walked loops.
llvm::Expected<ProgramNest> buildProgramNest(const Work &work,
                                             const Mapping &mapping,
                                             const machine::Machine &machine);

} // namespace tasd::cost

#endif // TASD_LIB_CONVERSION_TASDTOTTC_PROGRAMNEST_H
