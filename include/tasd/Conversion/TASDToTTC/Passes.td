//===- Passes.td - Layers as programs of the accelerator ---*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_TASDTOTTC_PASSES
#define TASD_CONVERSION_TASDTOTTC_PASSES

include "mlir/Pass/PassBase.td"

def ConvertTASDToTTC : Pass<"convert-tasd-to-ttc", "::mlir::ModuleOp"> {
  let summary = "Turn layers into programs of the accelerator";
  let description = [{
    Every `tasd.contract`, and every layer in linalg that was left dense, becomes
    a `ttc.launch` of a `ttc.program` for the machine; equal layers share one.
    Terms of weights have to be packed before (`tasd-pack`); those of activations
    are extracted by the machine's TASD units from the dense tensor.

    A layer runs by the mapping of its plan where that is of this machine, else
    by the best one, which a remark says. An init of zeros is not read. Sums of
    f16 and bf16 are f32, which the host rounds once.

    Layers that no program computes (elements without a multiply-add, dynamic
    extents, zero points that are not constant) stay as they are, carry the
    reason in `ttc.host`, and are listed with their multiplications in the
    module's `ttc.host_layers`. A series that the machine does not run, and a
    mapping that it cannot, are errors that name the layer.
  }];
  let options = [
    Option<"machine", "machine", "std::string", /*default=*/"\"\"",
           "Name of a machine, or the path of its file.">,
    Option<"objective", "objective", "std::string", /*default=*/"\"edp\"",
           "What a mapping that has to be searched minimises: latency, energy "
           "or edp.">
  ];
  let statistics = [
    Statistic<"numLaunches", "launches", "Number of layers made into launches">,
    Statistic<"numPrograms", "programs", "Number of programs they share">,
    Statistic<"numSearched", "mappings-searched",
              "Number of layers whose mapping was searched">,
    Statistic<"numHost", "host-layers", "Number of layers left to the host">
  ];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::linalg::LinalgDialect",
    "::mlir::tensor::TensorDialect", "::mlir::ttc::TTCDialect"
  ];
}

def VerifyTTC : Pass<"tasd-verify-ttc", "::mlir::ModuleOp"> {
  let summary = "Verify that every layer runs on the accelerator or says why not";
  let description = [{
    After `convert-tasd-to-ttc` a contraction or convolution that is left carries
    the reason in `ttc.host`.
  }];
  let statistics = [
    Statistic<"numLaunches", "launches", "Number of launches seen">,
    Statistic<"numHost", "host-layers", "Number of layers left to the host">
  ];
}

#endif // TASD_CONVERSION_TASDTOTTC_PASSES
