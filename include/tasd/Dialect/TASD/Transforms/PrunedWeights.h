//===- PrunedWeights.h - Weights that scores were pruned by -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Thresholds that scores were compared with say nothing of the weights. While
// layers are planned their plans have the series with these thresholds, which
// tells one pruning from another; then they get the weights that are left, and
// the series that stores them.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_PRUNEDWEIGHTS_H
#define TASD_DIALECT_TASD_TRANSFORMS_PRUNEDWEIGHTS_H

#include "tasd/Dialect/TASD/Analysis/Layer.h"
#include "tasd/Sparsity/Metrics.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/OwningOpRef.h"

namespace mlir::tasd {

class PrunedWeights {
public:
  struct Input {
    linalg::LinalgOp op;
    unsigned input;
    /// By whose thresholds the scores were compared.
    SeriesAttr chosen;
    /// The series that keeps all that is left.
    SeriesAttr stored;
    /// What was left, and what was left out.
    sparsity::Metrics metrics;
    /// What is left, in row-major order; it stands in no block.
    OwningOpRef<arith::ConstantOp> rest;
  };

  void add(Input pruned) { inputs.push_back(std::move(pruned)); }

  /// Null where the series did not prune the input.
  const Input *find(Operation *op, unsigned input, SeriesAttr chosen) const;

  /// A plan of an op with the series that store what is left.
  PlanAttr getStored(Operation *op, PlanAttr plan) const;

  /// Makes what a plan of `op` leaves of its weights inputs of `target`, which
  /// is that op or a copy of it, and erases those that are not used any more.
  void replaceInputs(Operation *op, PlanAttr plan,
                     linalg::LinalgOp target) const;

private:
  SmallVector<Input> inputs;
};

/// While it lives, the inputs of an op are what a plan leaves of its weights.
/// It changes the op: no other thread may read it meanwhile.
class PrunedScope {
public:
  /// `weights` may be null: nothing was pruned.
  PrunedScope(const PrunedWeights *weights, linalg::LinalgOp op, PlanAttr plan);
  PrunedScope(const PrunedScope &) = delete;
  PrunedScope &operator=(const PrunedScope &) = delete;
  ~PrunedScope();

  /// Whether an input is another one.
  bool isPruned() const { return !before.empty(); }

private:
  SmallVector<std::pair<OpOperand *, Value>, 2> before;
};

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_TRANSFORMS_PRUNEDWEIGHTS_H
