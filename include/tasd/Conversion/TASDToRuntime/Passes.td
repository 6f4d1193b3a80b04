//===- Passes.td - tasd on buffers to calls of the run time -*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_TASDTORUNTIME_PASSES
#define TASD_CONVERSION_TASDTORUNTIME_PASSES

include "mlir/Pass/PassBase.td"

def ConvertTASDToRuntime : Pass<"convert-tasd-to-runtime", "::mlir::ModuleOp"> {
  let summary = "Turn run-time packs and measurements into calls of the C ABI";
  let description = [{
    `tasd.pack` on buffers becomes a call of `tasd_runtime_pack`, `tasd.record` one
    of `tasd_runtime_record`. Their records are filled in on the stack.
  }];
  let statistics = [
    Statistic<"numCalls", "runtime-calls", "Number of calls made">
  ];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
    "::mlir::memref::MemRefDialect", "::mlir::affine::AffineDialect"
  ];
}

#endif // TASD_CONVERSION_TASDTORUNTIME_PASSES
