//===- CompiledMain.cpp - The function of a module, compiled --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CompiledMain.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using tasd::evaluation::Executable;

mlir::FailureOr<Executable> tasd::benchmarks::compileMain(
    mlir::ModuleOp module,
    llvm::function_ref<void(mlir::PassManager &)> addPasses) {
  mlir::FunctionType type =
      module.lookupSymbol<mlir::func::FuncOp>("main").getFunctionType();
  mlir::PassManager pm(module.getContext());
  addPasses(pm);
  if (failed(pm.run(module)))
    return mlir::failure();
  auto executable = Executable::create(module, "main", type);
  if (!executable)
    return module.emitError(llvm::toString(executable.takeError()));
  return std::move(*executable);
}
