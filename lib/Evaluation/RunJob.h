//===- RunJob.h - The runs of tasd-run --------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_RUNJOB_H
#define TASD_LIB_EVALUATION_RUNJOB_H

#include "AcceleratorRun.h"
#include "RunInputs.h"

#include "tasd/Evaluation/RunStats.h"
#include "tasd/Sparsity/Profile.h"
#include "tasd/Support/Progress.h"

namespace tasd::evaluation {

/// Runs a module as it is and then without its plans.
class RunJob {
public:
  /// `baseline` is what the dense layers run on; null compares with nothing.
  RunJob(mlir::ModuleOp module, mlir::func::FuncOp entry,
         const RunToolOptions &options, const RunData &data,
         const Backend &backend, const Backend *baseline);

  /// Does all of it. Errors have been reported.
  mlir::LogicalResult run();

  RunStats stats;
  /// None where the timing alone was asked for.
  llvm::SmallVector<NDArray> results;
  /// Of the module as it is, where they were asked for.
  std::optional<simulator::Trace> trace;
  std::optional<sparsity::Profile> profile;

private:
  mlir::LogicalResult runPlanned();
  mlir::LogicalResult runDense();
  mlir::LogicalResult measureLayers();
  mlir::LogicalResult measureRounding();
  mlir::LogicalResult simulatePlanned(mlir::ModuleOp lowered);
  mlir::LogicalResult simulateDense();
  mlir::FailureOr<RunResult> executePlanned(mlir::ModuleOp lowered);
  mlir::FailureOr<RunResult>
  execute(llvm::StringRef name, mlir::ModuleOp lowered, const Backend &backend);
  mlir::FailureOr<RunResult> callAll(const Executable &executable,
                                     llvm::StringRef name,
                                     ProgressFunction onCall);
  mlir::FailureOr<RunResult> launchAll(const Executable &executable,
                                       const machine::Machine &machine);
  mlir::LogicalResult countCorrect(const RunResult &result,
                                   std::optional<Accuracy> &accuracy);
  mlir::LogicalResult compareWith(const RunResult &dense);
  void setAcceleratorStats();
  /// What computes where only results matter, not how long they take.
  const Backend &getNumericBackend() const;

  mlir::ModuleOp module;
  mlir::func::FuncOp entry;
  const RunToolOptions &options;
  const RunData &data;
  const Backend &backend;
  const Backend *baseline;
  std::optional<AcceleratorRun> accelerator;
  Progress progress;
};

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_RUNJOB_H
