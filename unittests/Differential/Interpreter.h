//===- Interpreter.h - Linalg on tensors by definition ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The oracle: runs a function of linalg on tensors as the definition of linalg
// reads, one loop step after the other, and shares no code with the compiler
// under test. Integers wrap as their types do; floats are not rounded but where
// a cast narrows them.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_INTERPRETER_H
#define TASD_UNITTESTS_DIFFERENTIAL_INTERPRETER_H

#include "Numbers.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "llvm/ADT/DenseMap.h"

#include <functional>

namespace tasd::differential {

class Interpreter {
public:
  /// What stands in for input `input` of the layer number `layer`, in the order
  /// of the function: the operand itself, or what a series keeps of it. A layer
  /// is a linalg op that sums something up.
  using Substitution = std::function<Tensor(unsigned layer, unsigned input,
                                            const Tensor &operand)>;

  explicit Interpreter(Substitution substitute)
      : substitute(std::move(substitute)) {}

  /// Layers work on magnitudes: the results are the sums |c| + sum |a| |b|.
  bool useMagnitudes = false;

  /// The results of the function. Errors: an op that is not known here.
  llvm::Expected<std::vector<Tensor>> run(mlir::func::FuncOp function,
                                          llvm::ArrayRef<Tensor> inputs);

private:
  llvm::Error run(mlir::Operation &op);
  Tensor getOperand(mlir::linalg::LinalgOp op, unsigned operand, bool isLayer);
  Tensor runLinalg(mlir::linalg::LinalgOp op);
  const Tensor &get(mlir::Value value) const { return values.at(value); }

  Substitution substitute;
  unsigned numLayers = 0;
  llvm::DenseMap<mlir::Value, Tensor> values;
};

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_INTERPRETER_H
