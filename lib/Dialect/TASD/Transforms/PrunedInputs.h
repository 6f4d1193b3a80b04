//===- PrunedInputs.h - What is pruned together -----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_PRUNEDINPUTS_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_PRUNEDINPUTS_H

#include "tasd/Dialect/TASD/Analysis/ConstantTensor.h"
#include "tasd/Dialect/TASD/Transforms/PrunedSeries.h"

namespace mlir::tasd {

/// An input that is pruned.
struct PrunedInput {
  NamedLayer named;
  unsigned input;
  SmallVector<int64_t> along;

  Value getValue() const { return named.layer.getInput(input); }
  /// The data of the input, which `constant` holds.
  sparsity::TensorView getView(const ConstantTensor &constant) const {
    return constant.getView(along,
                            named.layer.getContraction().isUnsigned[input]);
  }
};

/// The series of a pruning, its thresholds not chosen yet, and the weights that
/// get it.
struct PruningTask {
  SeriesAttr series;
  /// At least one.
  std::vector<PrunedInput> inputs;
};

/// The task of a pruning, of all layers that the request chooses and that have
/// no plan yet. Errors, as `emitError` says, which takes the name of the option
/// at fault: a mistake in the options; no such layer.
FailureOr<PruningTask>
getPruningTask(ModuleOp module, const PlanRequest &request,
               const search::Pruning &pruning,
               const search::PruningOptions &options,
               function_ref<InFlightDiagnostic(StringRef)> emitError);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_PRUNEDINPUTS_H
