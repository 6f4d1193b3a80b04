//===- Contraction.h - Loops and operands of a contraction ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What contractions and convolutions have in common, whether they are linalg
// ops or tasd.contract: three operands (lhs, rhs, init), three maps from loops
// to their indices, and what must hold between them. Every rule about the form
// of a contraction stands here once.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_IR_CONTRACTION_H
#define TASD_DIALECT_TASD_IR_CONTRACTION_H

#include "mlir/IR/AffineMap.h"
#include "mlir/IR/BuiltinTypes.h"

#include <optional>
#include <string>

namespace mlir::tasd {

/// A loop times a positive constant.
struct ScaledLoop {
  unsigned loop;
  int64_t scale;
};

/// The sum of distinct scaled loops that `expr` is; none if it is not one.
std::optional<SmallVector<ScaledLoop, 2>> matchIndexSum(AffineExpr expr);

/// The loop that `expr` is, alone and unscaled; none if it is not one.
std::optional<unsigned> matchLoop(AffineExpr expr);

/// A dimension of one of the operands.
struct OperandDim {
  unsigned operand;
  unsigned dim;
};

struct Contraction {
  /// Positions of the operands.
  enum Operand : unsigned { Lhs = 0, Rhs = 1, Init = 2 };

  /// Maps from loops to the indices of lhs, rhs and init.
  SmallVector<AffineMap, 3> maps;
  /// Types of lhs, rhs and init: ranked tensors, or series among the inputs.
  SmallVector<ShapedType, 3> types;
  /// Whether the integers of lhs and rhs are unsigned.
  std::array<bool, 2> isUnsigned = {false, false};
  /// Whether something is subtracted from the input that is not a series.
  bool hasZeroPoint = false;

  unsigned getNumLoops() const { return maps.back().getNumDims(); }
  /// Whether the loop indexes the result; all other loops are summed over.
  bool isParallel(unsigned loop) const {
    return maps.back().isFunctionOfDim(loop);
  }
  /// Whether the loop is summed over together with a parallel one in one index:
  /// the window of a convolution.
  bool isWindow(unsigned loop) const;
  /// A dimension that the loop alone indexes, whose extent is static or that
  /// stands in a dense operand; none if there is none.
  std::optional<OperandDim> getExtentSource(unsigned loop) const;
  /// The extent of every loop, kDynamic where not static.
  SmallVector<int64_t> getStaticRanges() const;
  /// Multiply-accumulate operations, if all extents are static.
  std::optional<int64_t> getNumMACs() const;

  /// The constraint that does not hold, as a message; empty if all hold. The
  /// labels are those of tasd.contract, C2 to C9.
  std::string findViolation() const;
};

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_IR_CONTRACTION_H
