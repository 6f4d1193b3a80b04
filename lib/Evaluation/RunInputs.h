//===- RunInputs.h - What tasd-run runs on ----------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_RUNINPUTS_H
#define TASD_LIB_EVALUATION_RUNINPUTS_H

#include "tasd/Evaluation/Labels.h"
#include "tasd/Evaluation/RunTool.h"

namespace tasd::evaluation {

/// Reports an error that has no place in the module.
mlir::LogicalResult reportError(llvm::Error error);

/// What a module is run on.
struct RunData {
  llvm::SmallVector<NDArray> inputs;
  std::optional<Labels> labels;

  /// Reads the files of the options. Errors have been reported.
  static mlir::FailureOr<RunData> read(const RunToolOptions &options);
};

/// Finds the entry, and checks data and outputs against it, before anything is
/// compiled. For an accelerator its extents become static, and the module's
/// layers keep their names. Errors have been reported.
mlir::FailureOr<mlir::func::FuncOp> prepareEntry(mlir::ModuleOp module,
                                                 const RunToolOptions &options,
                                                 const RunData &data,
                                                 const Backend &backend);

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_RUNINPUTS_H
