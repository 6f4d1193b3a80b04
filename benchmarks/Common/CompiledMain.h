//===- CompiledMain.h - The function of a module, compiled ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_COMMON_COMPILEDMAIN_H
#define TASD_BENCHMARKS_COMMON_COMPILEDMAIN_H

#include "tasd/Evaluation/Executable.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"

namespace tasd::benchmarks {

/// The function `main` of a module, which becomes what the passes make of it.
/// Fails, with a message, where they do.
mlir::FailureOr<evaluation::Executable>
compileMain(mlir::ModuleOp module,
            llvm::function_ref<void(mlir::PassManager &)> addPasses);

} // namespace tasd::benchmarks

#endif // TASD_BENCHMARKS_COMMON_COMPILEDMAIN_H
