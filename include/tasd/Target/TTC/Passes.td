//===- Passes.td - Programs in host modules ----------------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_TARGET_TTC_PASSES
#define TASD_TARGET_TTC_PASSES

include "mlir/Pass/PassBase.td"

def EmbedPrograms : Pass<"ttc-embed-programs", "::mlir::ModuleOp"> {
  let summary = "Turn programs into constants and launches into calls";
  let description = [{
    Each `ttc.program` becomes its binary form, in a private constant global of
    bytes; each `ttc.launch`, on buffers, a call of `tasd_runtime_launch`, whose
    record is filled in on the stack. No op of the dialect is left.
  }];
  let statistics = [
    Statistic<"numPrograms", "programs", "Number of programs embedded">,
    Statistic<"numLaunches", "launches", "Number of launches turned into calls">
  ];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
    "::mlir::memref::MemRefDialect"
  ];
}

#endif // TASD_TARGET_TTC_PASSES
