//===- Passes.td - tasd to linalg --------------------------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_TASDTOLINALG_PASSES
#define TASD_CONVERSION_TASDTOLINALG_PASSES

include "mlir/Pass/PassBase.td"

def ConvertTASDToLinalg : Pass<"convert-tasd-to-linalg"> {
  let summary = "Compose series and contract them as dense tensors";
  let description = [{
    The reference: every `tasd.contract` becomes a `linalg.generic` on composed
    operands, and composing becomes loops over the slots of the packed terms.
    Needs packed series. `tasd.pack` stays, for bufferization.
  }];
  let statistics = [
    Statistic<"numConverted", "contracts-converted",
              "Number of contractions converted">,
    Statistic<"numSeries", "series", "Number of packed series">
  ];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::scf::SCFDialect",
    "::mlir::tensor::TensorDialect"
  ];
}

#endif // TASD_CONVERSION_TASDTOLINALG_PASSES
