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

def VerifyPrograms : Pass<"ttc-verify-programs", "::mlir::ModuleOp"> {
  let summary = "Verify that a machine can run the programs";
  let description = [{
    What verifiers of ops do not know, since a program does not say what its
    machine is like: tiles fit into their levels and nests onto the lanes, the
    machine runs the patterns, what is loaded is acquired, used and released in
    turn. Programs that pass run to their end on the simulator.
  }];
  let options = [
    Option<"machine", "machine", "std::string", /*default=*/"\"\"",
           "Machine, by its name (tasd-opt --tasd-list-machines) or from a "
           "file.">
  ];
  let statistics = [
    Statistic<"numPrograms", "programs", "Number of programs verified">
  ];
}

#endif // TASD_TARGET_TTC_PASSES
