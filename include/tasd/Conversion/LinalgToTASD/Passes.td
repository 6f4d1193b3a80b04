//===- Passes.td - Planned linalg to tasd ------------------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_LINALGTOTASD_PASSES
#define TASD_CONVERSION_LINALGTOTASD_PASSES

include "mlir/Pass/PassBase.td"

def ConvertLinalgToTASD : Pass<"convert-linalg-to-tasd", "::mlir::ModuleOp"> {
  let summary = "Carry out plans: decompose operands and contract series";
  let description = [{
    Every planned contraction or convolution becomes a `tasd.contract` of its
    operands, of which the planned ones are decomposed; the mapping of the plan goes
    with it, as the attribute `tasd.mapping`. A layer whose plan has no series stays
    as it is. Warns when the module was
    stamped with more plans than are found: a pass in between has lost some.
  }];
  let statistics = [
    Statistic<"numConverted", "layers-converted", "Number of layers converted">,
    Statistic<"numDecomposed", "operands-decomposed",
              "Number of their operands that are decomposed">
  ];
  let dependentDialects = ["::mlir::tasd::TASDDialect"];
}

#endif // TASD_CONVERSION_LINALGTOTASD_PASSES
