//===- Phases.td - What may not exist after a phase --------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_TRANSFORMS_PHASES
#define TASD_DIALECT_TASD_TRANSFORMS_PHASES

include "mlir/Pass/PassBase.td"

def VerifyInput : Pass<"tasd-verify-input", "::mlir::ModuleOp"> {
  let summary = "Check that a module can be planned";
  let description = [{
    Every `dense_resource` has data, of the size of its type. MLIR itself accepts
    resources without data or of the wrong size.
  }];
  let statistics = [
    Statistic<"numResources", "resources", "Number of resources checked">
  ];
}

def VerifyPlanned : Pass<"tasd-verify-planned", "::mlir::ModuleOp"> {
  let summary = "Check that every plan fits its layer";
  let description = [{
    Plans with a series stand on contractions and convolutions only, block
    dimensions that are summed over, and decompose when compiled what is
    constant. Mappings are nests of loops.
  }];
  let statistics = [
    Statistic<"numPlans", "plans", "Number of plans with a series checked">
  ];
}

def VerifyConverted : Pass<"tasd-verify-converted", "::mlir::ModuleOp"> {
  let summary = "Check that every plan was carried out";
  let description = [{
    No op has a plan with a series any more, and series live in straight-line
    code: no function, call or branch takes or gives one.
  }];
  let statistics = [
    Statistic<"numContracts", "contracts", "Number of contractions of series found">
  ];
}

def VerifyPacked : Pass<"tasd-verify-packed", "::mlir::ModuleOp"> {
  let summary = "Check that nothing is left to decompose";
  let description = "There is no `tasd.decompose`.";
  let statistics = [
    Statistic<"numSeries", "series", "Number of packed series found">
  ];
}

def VerifyLowered : Pass<"tasd-verify-lowered", "::mlir::ModuleOp"> {
  let summary = "Check that no series are left";
  let description = [{
    Of this dialect only `tasd.pack` and `tasd.record` are left, which become calls
    of the run time.
  }];
  let statistics = [
    Statistic<"numRunTime", "run-time-packs", "Number of run-time packs found">
  ];
}

#endif // TASD_DIALECT_TASD_TRANSFORMS_PHASES
