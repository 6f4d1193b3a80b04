//===- Passes.td - tasd to upstream's sparse_tensor and back -*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_TASDTOSPARSETENSOR_PASSES
#define TASD_CONVERSION_TASDTOSPARSETENSOR_PASSES

include "mlir/Pass/PassBase.td"

def ConvertTASDToSparseTensor : Pass<"convert-tasd-to-sparse-tensor"> {
  let summary = "Contract packed N:M terms as sparse tensors";
  let description = [{
    A `tasd.contract` of one packed N:M term, blocked along one dimension whose
    extent is a multiple of M, becomes a `linalg.generic` on a tensor with a
    `structured[N, M]` level, for upstream's
    `--sparsifier="enable-runtime-library=false"` to compile. Coordinates are
    unpacked from the metadata by a `linalg.generic`.

    Every other contraction stays, with a remark (category `tasd`, name
    `convert-tasd-to-sparse-tensor`) that says why: several terms
    (`tasd-distribute` splits them), two series, series not packed, what
    sparse_tensor has no type for, and what upstream's sparsifier cannot compile:
    a single block along the blocked dimension, a sum of loops as an index of the
    series.
  }];
  let statistics = [
    Statistic<"numConverted", "contracts-converted",
              "Number of contractions converted">,
    Statistic<"numLeft", "contracts-left", "Number of contractions left">
  ];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::linalg::LinalgDialect",
    "::mlir::sparse_tensor::SparseTensorDialect", "::mlir::tensor::TensorDialect"
  ];
}

def ConvertSparseTensorToTASD : Pass<"convert-sparse-tensor-to-tasd"> {
  let summary = "Contract sparse tensors with an N:M level as series";
  let description = [{
    A linalg contraction or convolution, one input of which has a
    `structured[N, M]` level after dense ones, becomes a `tasd.contract` of the
    series N:M. The series is

    - decomposed from the dense tensor, where `sparse_tensor.convert` makes the
      sparse one of it;
    - assembled from the arrays of a `sparse_tensor.assemble`;
    - assembled from the values and coordinates of any other sparse tensor.

    Coordinates are packed into metadata by a `linalg.generic`. Every other linalg
    op on such a tensor stays, with a remark (category `tasd`, name
    `convert-sparse-tensor-to-tasd`) that says why.

    Upstream leaves undefined what `sparse_tensor.convert` makes of a block
    without exactly N non-zeros; decomposing keeps the N largest.
  }];
  let statistics = [
    Statistic<"numConverted", "layers-converted", "Number of layers converted">,
    Statistic<"numLeft", "ops-left",
              "Number of other ops left on tensors with an N:M level">
  ];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::bufferization::BufferizationDialect",
    "::mlir::linalg::LinalgDialect",
    "::mlir::sparse_tensor::SparseTensorDialect",
    "::mlir::tasd::TASDDialect", "::mlir::tensor::TensorDialect"
  ];
}

#endif // TASD_CONVERSION_TASDTOSPARSETENSOR_PASSES
