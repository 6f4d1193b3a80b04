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

def ConvertTASDPartsToLinalg
    : Pass<"convert-tasd-parts-to-linalg", "::mlir::func::FuncOp"> {
  let summary = "Contract terms that consist of small tensors part by part";
  let description = [{
    A constant term of some patterns consists of parts: small tensors, dense or
    terms of an inner pattern, each at the rows and columns that it names. A
    contraction of such a term becomes, for each part, the gathering of what its
    columns are multiplied by, a product that is a \`linalg.generic\` (a
    \`tasd.contract\`, where the part has a pattern), and the scattering of the sums
    to its rows. Other terms of the series, as an overlay, stay contractions.

    Whole rows are copied where the innermost dimension of the operand is not the
    one that is listed, single elements where it is.

    Each part is code of its own: terms of more than `max-parts`, of small tiles,
    stay contractions, which kernels of whole terms compute.
  }];
  let options = [
    Option<"maxParts", "max-parts", "int64_t", /*default=*/"64",
           "Most parts of a term that become code of their own">
  ];
  let statistics = [
    Statistic<"numConverted", "contracts-converted",
              "Number of contractions converted">,
    Statistic<"numParts", "parts", "Number of parts multiplied">
  ];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::scf::SCFDialect",
    "::mlir::tensor::TensorDialect"
  ];
}

#endif // TASD_CONVERSION_TASDTOLINALG_PASSES
