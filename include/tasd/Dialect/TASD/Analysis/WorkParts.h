//===- WorkParts.h - Layers that machines run part by part ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a term with parts consists of is known from its data alone: constants
// that are to be decomposed, or packed ones.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_ANALYSIS_WORKPARTS_H
#define TASD_DIALECT_TASD_ANALYSIS_WORKPARTS_H

#include "tasd/Dialect/TASD/Analysis/LayerWork.h"

namespace mlir::tasd {

/// Finds the parts of a layer whose series has some; others stay as they are.
/// Errors are emitted at the op whose data is at fault.
LogicalResult findParts(LayerWork &work);

/// The parts of a layer as those of its term.
WorkParts getWorkParts(const LayerWork &work,
                       ArrayRef<sparsity::PackedPart> parts);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_ANALYSIS_WORKPARTS_H
