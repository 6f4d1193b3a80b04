//===- Transforms.h - Rewrites of single ops of the dialect -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What passes do to every op, and ops of the transform dialect to those chosen.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_TRANSFORMS_H
#define TASD_DIALECT_TASD_TRANSFORMS_TRANSFORMS_H

#include "mlir/IR/PatternMatch.h"
#include "tasd/Dialect/TASD/IR/TASD.h"

#include <map>
#include <tuple>
#include <vector>

namespace mlir::tasd {

class ConstantTensor;

/// Replaces decompositions by packed components: of a constant at once, and
/// once for all decompositions that this packer replaces; of anything else when
/// the program runs.
class SeriesPacker {
public:
  explicit SeriesPacker(RewriterBase &rewriter) : rewriter(rewriter) {}

  /// What was packed so far.
  struct Counts {
    int64_t constants = 0, runTime = 0;
    /// Further decompositions of constants packed already.
    int64_t shared = 0;
    /// Of the constants before and after, in bytes.
    int64_t denseBytes = 0, packedBytes = 0;
  };
  const Counts &getCounts() const { return counts; }

  /// Replaces `op`, with a remark; returns what assembles the series in its
  /// place. Errors are emitted at the op whose data is at fault, and nothing is
  /// replaced.
  FailureOr<AssembleOp> replace(DecomposeOp op);

  /// Erases what computed the constants that were packed and is of no use any
  /// more, so that none is kept beside its packed form. To be called last.
  void eraseDeadConstants();

private:
  /// What makes two decompositions of constants the same: the data they read,
  /// how they walk it, the type, the series selected by, and the sign.
  using ConstantKey = std::tuple<const void *, std::vector<int64_t>,
                                 const void *, const void *, bool>;

  static ConstantKey getKey(DecomposeOp op, const ConstantTensor &tensor);
  FailureOr<AssembleOp> getSeries(DecomposeOp op);
  LogicalResult pack(DecomposeOp op, const ConstantTensor &tensor,
                     SmallVector<ElementsAttr> &attributes);

  RewriterBase &rewriter;
  Counts counts;
  /// The components packed so far, for all functions of the module.
  std::map<ConstantKey, SmallVector<ElementsAttr>> components;
  /// Series of them at the head of each block, for users that come later.
  std::map<std::pair<Block *, ConstantKey>, AssembleOp> series;
  /// Inputs that were packed, which may be dead now. They live until the end:
  /// keys hold their addresses.
  SmallVector<Value> constantInputs;
};

/// Whether a contraction has a series of more than one term.
bool hasSeveralTerms(ContractOp op);

/// Replaces a contraction by a chain over the products of single terms, in
/// order, each added to the init or the product before; returns the chain.
SmallVector<ContractOp> distributeTerms(RewriterBase &rewriter, ContractOp op);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_TRANSFORMS_TRANSFORMS_H
