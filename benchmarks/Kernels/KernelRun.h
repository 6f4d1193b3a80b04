//===- KernelRun.h - One way to run a layer ---------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_KERNELS_KERNELRUN_H
#define TASD_BENCHMARKS_KERNELS_KERNELRUN_H

#include "KernelLayers.h"

#include "tasd/Cost/KernelWork.h"
#include "tasd/Dialect/TASD/Analysis/LayerCost.h"
#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/Evaluation/Executable.h"
#include "tasd/Pipelines/LinalgToLLVM.h"

#include "llvm/Support/JSON.h"

/// How a layer is planned.
struct Way {
  /// As in "dense", "2:4" or "tiles 75 %".
  std::string name;
  /// None leaves it dense.
  std::optional<mlir::tasd::PlanOptions> plan;
};

/// A layer, compiled in one way, by each of the kernels that there are for it.
class KernelRun {
public:
  /// Errors are printed.
  static mlir::FailureOr<KernelRun> create(mlir::MLIRContext &context,
                                           const KernelLayer &layer,
                                           const Way &way, unsigned vectorBits,
                                           const mlir::tasd::CostModel *model);

  /// Runs each executable once.
  void run(const tasd::evaluation::NDArray &input);
  /// The median of the fastest, in milliseconds of the thread's CPU time.
  double getMilliseconds() const;
  /// What was measured, and what that is a sum of.
  llvm::json::Object toJSON(const KernelLayer &layer) const;
  llvm::ArrayRef<int64_t> getInputShape() const {
    return executables.front().getSignature().inputs[0].shape;
  }

private:
  mlir::LogicalResult describe(mlir::ModuleOp planned,
                               const mlir::tasd::CostModel *model);

  std::string way;
  tasd::cost::KernelWork counts;
  int64_t numColumns = 0;
  bool isPacked = false;
  /// By the model of a machine.
  std::optional<int64_t> modelledCycles;
  std::vector<tasd::evaluation::Executable> executables;
  std::vector<std::vector<double>> milliseconds;
};

#endif // TASD_BENCHMARKS_KERNELS_KERNELRUN_H
