//===- PartedContraction.h - A contraction of a term with parts -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tasd.contract of a constant term that consists of small tensors, each at
// the rows and columns that it names, and what each of its loops is for.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_TERMPARTS_PARTEDCONTRACTION_H
#define TASD_CONVERSION_TERMPARTS_PARTEDCONTRACTION_H

#include "tasd/Dialect/TASD/IR/TASD.h"

namespace mlir::tasd {

struct PartedContraction {
  mutable ContractOp op;
  /// Position of the input that is the term (0 or 1); the other one is dense,
  /// or a series that is to be composed.
  unsigned packed;
  mutable AssembleOp series;
  std::vector<sparsity::PackedPart> parts;

  /// Loops along the blocks, in the order of `along`, and those that index the
  /// rows of the term, in order.
  SmallVector<unsigned> columns, rows;
  /// Loops that do not index the term, in the order of the result.
  SmallVector<unsigned> lanes;

  AffineMap getDenseMap() const { return op.getMap(1 - packed); }
  AffineMap getInitMap() const { return op.getMap(Contraction::Init); }
};

/// The scaled loops that an index of a contraction is the sum of.
SmallVector<ScaledLoop, 2> getIndexSum(AffineExpr expr);

/// Indices that are flattened over dimensions of a tensor, outermost first: for
/// each dimension those into it alone.
SmallVector<SmallVector<int32_t>> splitIndices(SeriesType type,
                                               ArrayRef<int64_t> dims,
                                               ArrayRef<int64_t> flattened);

/// The position of the input that is an assembled series of constants of which
/// a term has parts; none if neither input is one.
std::optional<unsigned> findPartedInput(ContractOp op);

/// Replaces a contraction of several terms by a chain through the init: one of
/// each term with parts, and of what is between them.
SmallVector<ContractOp> separateParts(RewriterBase &rewriter, ContractOp op,
                                      unsigned packed);

/// Sees a contraction of one term as one of its parts; `reason` says why not.
FailureOr<PartedContraction>
matchPartedContraction(ContractOp op, unsigned packed, StringRef &reason);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_TERMPARTS_PARTEDCONTRACTION_H
