//===- Passes.td - Dense layers to a BLAS ------------------*- tablegen -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_LINALGTOBLAS_PASSES
#define TASD_CONVERSION_LINALGTOBLAS_PASSES

include "mlir/Pass/PassBase.td"

def ConvertLinalgToBLAS : Pass<"convert-linalg-to-blas", "mlir::func::FuncOp"> {
  let summary = "Turn dense layers on tensors into products for a BLAS";
  let description = [{
    Every contraction or convolution with a multiply-add body that computes in f32
    or f64 becomes products of matrices that are `linalg.generic` ops with
    `library_call = "tasd_runtime_gemm"`: no other pass touches them, and
    `convert-blas-to-runtime` makes calls of them once they are bufferized.

    Operands that are matrices, transposed or not, are taken as they lie, others
    are copied into matrices (windows of a convolution, casts, permutations);
    batches and groups become loops. Layers of fewer than `min-macs`
    multiply-adds, and those with an empty operand, are left to other passes: a
    call costs more than it saves there (by default below 32 x 32 x 32, where
    OpenBLAS and vector kernels of the same width were measured to be equally
    fast). What consumes a layer, as the addition of
    a bias, is not touched.

    Several `threads` share the tiles of a layer, or else its rows, as a `scf.forall`:
    each product is the library's on one thread. Rows are cut where OpenBLAS's
    kernels do, so that results are the same bits whatever the number of threads.
  }];
  let dependentDialects = [
    "affine::AffineDialect", "arith::ArithDialect", "linalg::LinalgDialect",
    "scf::SCFDialect", "tensor::TensorDialect"
  ];
  let options = [
    Option<"minMacs", "min-macs", "int64_t", /*default=*/"32768",
           "Fewest multiply-adds of a layer that a library is called for.">,
    Option<"cacheKib", "cache-kib", "unsigned", /*default=*/"1024",
           "Size in KiB up to which the windows of a convolution are gathered "
           "at once.">,
    Option<"threads", "threads", "unsigned", /*default=*/"1",
           "Number of threads that share the tiles of a layer.">
  ];
  let statistics = [
    Statistic<"numProducts", "blas-products",
              "Number of layers that became products for a BLAS">,
    Statistic<"numLeft", "layers-left", "Number of layers left as they are">
  ];
}

def ConvertBLASToRuntime
    : Pass<"convert-blas-to-runtime", "::mlir::ModuleOp"> {
  let summary = "Turn products for a BLAS on buffers into calls of the C ABI";
  let description = [{
    A `linalg.generic` on buffers with `library_call = "tasd_runtime_gemm"` becomes a
    call of that function, whose record is filled in on the stack. The indexing
    maps say what is transposed, the types of the buffers how they lie.
  }];
  let statistics = [
    Statistic<"numCalls", "runtime-calls", "Number of calls made">
  ];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::func::FuncDialect", "::mlir::memref::MemRefDialect"
  ];
}

#endif // TASD_CONVERSION_LINALGTOBLAS_PASSES
