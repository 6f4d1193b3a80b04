//===- Compilation.h - From a module to an executable -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Lowers a function on tensors for a back end and compiles it.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_COMPILATION_H
#define TASD_EVALUATION_COMPILATION_H

#include "tasd/Evaluation/Backend.h"
#include "tasd/Evaluation/Executable.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Support/LLVM.h"

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace tasd::evaluation {

/// Adds what a module may hold and what lowering it needs.
void registerDialects(mlir::DialectRegistry &registry);

/// The function to run: the one named `name`; for an empty name the only public
/// function with a body, else the one called "main". Errors name the
/// candidates.
llvm::Expected<mlir::func::FuncOp> findEntry(mlir::ModuleOp module,
                                             llvm::StringRef name);

/// Puts the name of every layer into its location, so that lowering keeps it.
void fixLayerNames(mlir::ModuleOp module);

/// Removes every plan and profile: all discardable attributes of tasd.
void stripPlans(mlir::ModuleOp module);

/// Lowers a copy of `module` to where its layers are launches on the back end's
/// accelerator, if it has one. Diagnostics go to the context's handler.
mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>>
lowerLayers(mlir::ModuleOp module, const Backend &backend);

/// Lowers the rest of what lowerLayers gave, and compiles it. Diagnostics of
/// the lowering go to the context's handler, other failures become errors at
/// `entry`, which is that of the module as it was. Its last `numBuffers`
/// arguments go by address.
mlir::FailureOr<Executable> compileHost(mlir::ModuleOp lowered,
                                        mlir::func::FuncOp entry,
                                        const Backend &backend,
                                        unsigned numBuffers = 0);

/// Both, of a copy of `module`.
mlir::FailureOr<Executable> compile(mlir::ModuleOp module,
                                    mlir::func::FuncOp entry,
                                    const Backend &backend,
                                    unsigned numBuffers = 0);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_COMPILATION_H
