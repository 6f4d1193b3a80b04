//===- Profiling.h - Measure the inputs of layers ---------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is done to a module before it runs on data and after: it is made to
// measure the inputs of its layers, and what was measured becomes attributes.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_PROFILING_H
#define TASD_DIALECT_TASD_TRANSFORMS_PROFILING_H

#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/Sparsity/Profile.h"
#include "llvm/Support/GlobPattern.h"

namespace mlir::tasd {

/// What is to be measured, and of which layers.
struct InstrumentRequest {
  /// Series whose loss is measured.
  SmallVector<SeriesAttr> series;
  /// Sizes of blocks whose non-zeros are counted.
  SmallVector<int64_t> blockSizes;
  /// Whether the products of all pairs of columns are measured, not only the
  /// squares.
  bool hasFullSecondMoments = false;
  /// Names of the layers to measure, and of those to leave; none for all of
  /// them, and for nothing.
  std::optional<llvm::GlobPattern> layers, skip;

  /// Errors: a series or block size that comes twice or is none.
  llvm::Error verify() const;
};

/// How many operands a rewrite treated, and left out.
struct ProfilingCounts {
  int64_t done = 0, leftOut = 0;
};

/// Puts a tasd.record before each layer for each of its inputs that is no
/// constant and that a series could be of, and leaves a remark on each. The
/// request has been verified.
ProfilingCounts instrumentModule(ModuleOp module,
                                 const InstrumentRequest &request);

/// Verifies that what was measured are inputs of this module's layers. Errors,
/// emitted: an operand of other columns, or of no data; a layer that the module
/// does not have, unless `allowsOthers`; none that it has.
LogicalResult verifyProfile(ModuleOp module, const sparsity::Profile &profile,
                            bool allowsOthers = false);

/// Sets the profile of each layer of which some input was measured, with the
/// pseudo-density for `share` of the magnitude, from 0 to 1. Errors are those
/// of verifyProfile.
FailureOr<ProfilingCounts> attachProfile(ModuleOp module,
                                         const sparsity::Profile &profile,
                                         double share = 0.99,
                                         bool allowsOthers = false);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_TRANSFORMS_PROFILING_H
