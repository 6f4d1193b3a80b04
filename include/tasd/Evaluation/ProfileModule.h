//===- ProfileModule.h - Measure a model on data ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_PROFILEMODULE_H
#define TASD_EVALUATION_PROFILEMODULE_H

#include "tasd/Dialect/TASD/Transforms/Profiling.h"
#include "tasd/Evaluation/Compilation.h"
#include "tasd/Evaluation/Slicing.h"
#include "tasd/Sparsity/Profile.h"

namespace tasd::evaluation {

/// Runs an instrumented copy of the module on inputs that fit the entry, or
/// have more rows, in calls as runSliced makes them; `batch` is as there. Plans
/// are carried out. Memory does not grow with the number of calls. One profile
/// is taken at a time in a process. Failures are reported at the entry: inputs
/// that do not fit, no layer to measure, no data, a value that is not finite,
/// with layer and input.
mlir::FailureOr<sparsity::Profile> profileModule(
    mlir::ModuleOp module, mlir::func::FuncOp entry, const Backend &backend,
    const mlir::tasd::InstrumentRequest &request,
    llvm::ArrayRef<NDArray> inputs, int64_t batch, ProgressFunction progress);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_PROFILEMODULE_H
