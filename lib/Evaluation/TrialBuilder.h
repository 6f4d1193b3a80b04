//===- TrialBuilder.h - Open a module for trials ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In a module opened for trials all layers stand in the entry. Weights that may
// be replaced are its last arguments, activations go through the run time.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_TRIALBUILDER_H
#define TASD_LIB_EVALUATION_TRIALBUILDER_H

#include "tasd/Evaluation/TrialModule.h"

namespace tasd::evaluation {

struct OpenModule {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::func::FuncOp entry;
  /// What the entry's last arguments stand for, one after the other.
  std::vector<LayerInput> weights;
  /// What the slots of tasd_runtime_recompose stand for.
  std::vector<LayerInput> slots;
  /// For each layer, why it is not open; empty if it is.
  std::vector<std::string> obstacles;
};

/// Opens a copy of `module`, without its plans. `tried` as for TrialModule.
mlir::FailureOr<OpenModule> openModule(mlir::ModuleOp module,
                                       mlir::func::FuncOp entry,
                                       llvm::ArrayRef<TriedInputs> tried);

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_TRIALBUILDER_H
