//===- Compilation.h - From a module to an executable -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Lowers a function on tensors for a back end and compiles it. The one place
// that knows which pipeline stands for which back end.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_COMPILATION_H
#define TASD_EVALUATION_COMPILATION_H

#include "tasd/Evaluation/Executable.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Support/LLVM.h"

namespace mlir {
class DialectRegistry;
class OpPassManager;
} // namespace mlir

namespace tasd::evaluation {

/// Where a program runs.
enum class Backend {
  /// Everything as plain loops: slow, and plain to read.
  Reference,
  /// This machine's CPU, vectorised.
  CPU,
};

/// Adds what a module may hold and what lowering it needs.
void registerDialects(mlir::DialectRegistry &registry);

/// Adds the passes that take planned linalg on tensors to the LLVM dialect.
void buildPipelineFor(Backend backend, mlir::OpPassManager &pm);

/// The function to run: the one named `name`; for an empty name the only public
/// function with a body, else the one called "main". Errors name the
/// candidates.
llvm::Expected<mlir::func::FuncOp> findEntry(mlir::ModuleOp module,
                                             llvm::StringRef name);

/// Removes every plan and profile: all discardable attributes of tasd.
void stripPlans(mlir::ModuleOp module);

/// Lowers a copy of `module` and compiles it. Diagnostics of the lowering go to
/// the context's handler, other failures become errors at the entry.
mlir::FailureOr<Executable> compile(mlir::ModuleOp module,
                                    mlir::func::FuncOp entry, Backend backend);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_COMPILATION_H
