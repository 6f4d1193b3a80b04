//===- Passes.h - How the array runs a multiplication --------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A multiplication is cut into passes. In a pass the lanes keep what they hold
// of A: it is the innermost run of loops that do not index A, or that run
// inside the level whose tile of A stays. What a pass moves is counted as the
// cost model counts it, and each pass moves the same.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_PASSES_H
#define TASD_LIB_SIMULATOR_PASSES_H

#include "Clock.h"

#include "tasd/Machine/Storage.h"
#include "tasd/Simulator/Listener.h"
#include "tasd/Simulator/Program.h"

namespace tasd::simulator {

/// How an input is stored, and where it is read.
struct InputStorage {
  machine::Storage storage;
  /// Words of an element.
  double words = 1;
  /// The level of its ring, or the outermost.
  uint32_t level = 0;
  /// Whether TASD units bring it: what they read counts as theirs.
  bool decomposed = false;
};

/// The passes of one multiplication.
struct PassPlan {
  int64_t numPasses = 1;
  /// Of one pass: steps of the lanes, and what a systolic array takes on top to
  /// be filled and drained.
  int64_t steps = 1, skew = 0;
  /// Of one pass: of A into the lanes, the read at its source first; and of
  /// what passes while the lanes work.
  llvm::SmallVector<Traffic, 3> fetch, stream;
  /// Words of sums that a pass adds to.
  double sumWords = 0;
  /// Of these the share that no pass since the begin has added to, in a pass
  /// that is the first along K.
  double firstShare = 1;
  /// Elements of A that all passes read at the source, as if dense.
  double elementsOfA = 0;
  /// Multiply-adds done, of all passes, and those of the product as if dense.
  double macs = 0, denseMacs = 0;

  /// Whether pass `pass` is at the begin of all loops along K outside it.
  bool isFirstAlongK(int64_t pass) const;

  /// Temporal loops outside the passes, the innermost first: whether along K,
  /// and the bound.
  llvm::SmallVector<std::pair<bool, int64_t>, 4> outerLoops;
};

/// Plans `multiply`, whose accumulators stand at `accumulators`.
PassPlan planPasses(const Multiply &multiply, const InputStorage &a,
                    const InputStorage &b, double sumWords,
                    uint32_t accumulators, const machine::Machine &machine);

/// The instances of `level` that a nest uses.
double countInstances(llvm::ArrayRef<MicroLoop> nest, uint32_t level);
/// Iterations of spatial loops outside `level` that do not index `operand`: so
/// many instances hold the same.
double countCopies(llvm::ArrayRef<MicroLoop> nest, Operand operand,
                   uint32_t level);

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_PASSES_H
