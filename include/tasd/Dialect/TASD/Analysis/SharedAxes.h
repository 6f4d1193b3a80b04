//===- SharedAxes.h - Dimensions of one order -------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An axis is what the dimensions of several tensors have in common, as the
// channels that one layer gives and the next one sums over: put in another
// order in all of these tensors, a module computes the same. A dimension made
// of several others, by a reshape, has an axis for each. An axis that leaves
// the module, or that an op treats element by element in a way of its own,
// cannot be put in another order; the reason is kept with it.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_ANALYSIS_SHAREDAXES_H
#define TASD_DIALECT_TASD_ANALYSIS_SHAREDAXES_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Operation.h"
#include "llvm/ADT/MapVector.h"

#include <string>
#include <vector>

namespace mlir::tasd {

/// Tells axes apart; valid until the next change of the SharedAxes it comes
/// from.
using AxisId = unsigned;
using AxisList = SmallVector<AxisId, 4>;

class SharedAxes {
public:
  /// The axes of a dimension, outermost first; none of extent 1.
  AxisList get(Value tensor, int64_t dim);

  /// The number of positions; kDynamic where it is not known.
  int64_t getExtent(AxisId axis) const { return axes[axis].extent; }

  /// Why the axis has to stay as it is; empty if nothing speaks against another
  /// order.
  StringRef getObstacle(AxisId axis) const { return axes[axis].obstacle; }

  /// Makes two lists of axes the same, splitting axes where one list has them
  /// in parts. What does not match stays as it is from then on.
  void unify(ArrayRef<AxisId> lhs, ArrayRef<AxisId> rhs);

  /// Keeps axes as they are. The first reason given counts.
  void pin(ArrayRef<AxisId> list, const Twine &reason);

private:
  struct Axis {
    int64_t extent;
    /// The axis it has become one with; its own number where it stands for all.
    AxisId representative;
    std::string obstacle;
    /// What it was split into, outermost first; empty if it was not.
    SmallVector<AxisId, 2> parts;
  };

  AxisId add(int64_t extent, StringRef obstacle);
  AxisId find(AxisId axis) const;
  void appendLeaves(AxisId axis, AxisList &list) const;
  AxisList getLeaves(ArrayRef<AxisId> list) const;
  /// Splits off the innermost `extent` positions; returns outer and inner part.
  std::pair<AxisId, AxisId> split(AxisId axis, int64_t extent);
  void merge(AxisId lhs, AxisId rhs);

  std::vector<Axis> axes;
  DenseMap<std::pair<Value, int64_t>, AxisId> dims;
};

/// The axes of all tensors in a module. Sums count as the same in any order.
SharedAxes computeSharedAxes(Operation *root);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_ANALYSIS_SHAREDAXES_H
