//===- TermParts.h - Constant terms part by part ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_ANALYSIS_TERMPARTS_H
#define TASD_DIALECT_TASD_ANALYSIS_TERMPARTS_H

#include "tasd/Dialect/TASD/IR/TASD.h"

namespace mlir::tasd {

/// Verifies the tables of constant terms inside `root` whose size depends on
/// data: they say where the rest of the code reads and writes. Errors are
/// emitted at the assembled series.
LogicalResult verifyPackedTerms(Operation *root);

/// The parts of a term of an assembled series; none where it has none, or is no
/// constant that passes verifyPackedTerms.
std::vector<sparsity::PackedPart> getTermParts(AssembleOp series,
                                               int64_t index);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_ANALYSIS_TERMPARTS_H
