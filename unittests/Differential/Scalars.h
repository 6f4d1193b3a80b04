//===- Scalars.h - Arithmetic of the bodies of linalg ops -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What an arith op gives for numbers, and the body of a linalg op as a list of
// such steps.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_SCALARS_H
#define TASD_UNITTESTS_DIFFERENTIAL_SCALARS_H

#include "Numbers.h"

#include "mlir/IR/Block.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Error.h"

namespace tasd::differential {

/// An arith op, ready to be applied. Ops of one operand ignore `b`.
struct Scalar {
  using Function = Number (*)(const Scalar &, Number a, Number b);
  Function function = nullptr;
  Format from, to;

  /// Errors: an op that is not known here.
  static llvm::Expected<Scalar> get(mlir::Operation *op);
  Number apply(Number a, Number b) const { return function(*this, a, b); }
};

/// The body of a linalg op.
class Body {
public:
  /// `captured` are the numbers of constants outside of the body.
  static llvm::Expected<Body>
  get(mlir::Block &block, llvm::function_ref<Number(mlir::Value)> getCaptured);

  /// The number yielded for these block arguments.
  Number apply(llvm::ArrayRef<Number> arguments);

private:
  struct Step {
    Scalar scalar;
    unsigned a, b;
  };
  /// Block arguments, captured numbers, results of the steps.
  std::vector<Number> slots;
  std::vector<Step> steps;
  size_t firstResult = 0;
  unsigned yielded = 0;
};

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_SCALARS_H
