//===- LinalgToLLVM.h - Pipelines from linalg to LLVM -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From linalg on tensors (with scf, vector, tensor and memref code beside it)
// to the LLVM dialect, in two ways that compute the same.
//
// Calling convention of the result, for every public function: arguments are
// memrefs of identity layout that are only read; results are freshly allocated
// memrefs of identity layout, one buffer each, which the caller frees (`free`
// on the allocated pointer); `_mlir_ciface_<name>` is the C wrapper.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_PIPELINES_LINALGTOLLVM_H
#define TASD_PIPELINES_LINALGTOLLVM_H

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"
#include "llvm/Support/CommandLine.h"

namespace mlir::tasd {

/// What multiplies the matrices of dense layers.
enum class DenseKernels { Vector, BLAS };

struct LinalgToLLVMOptions : PassPipelineOptions<LinalgToLLVMOptions> {
  Option<unsigned> vectorBits{
      *this, "vector-bits",
      llvm::cl::desc("Width of the machine's vector registers in bits, 256 or "
                     "512."),
      llvm::cl::init(256)};
  Option<bool> x86{
      *this, "x86",
      llvm::cl::desc(
          "Whether the processor is an x86 with AVX2 (AVX-512 for 512 "
          "bits), so that kernels may have lines of assembly."),
      llvm::cl::init(false)};
  Option<unsigned> cacheKib{
      *this, "cache-kib",
      llvm::cl::desc(
          "Share of the second-level cache, in KiB, for the gathered "
          "operand of a convolution."),
      llvm::cl::init(256)};
  Option<DenseKernels> dense{
      *this, "dense",
      llvm::cl::desc("What multiplies the matrices of dense layers."),
      llvm::cl::values(
          clEnumValN(DenseKernels::Vector, "vector",
                     "Vector code of the compiler's own."),
          clEnumValN(DenseKernels::BLAS, "blas",
                     "The BLAS that the runtime was built with, where a layer "
                     "is large enough for a call.")),
      llvm::cl::init(DenseKernels::Vector)};
  Option<int64_t> minBlasMacs{
      *this, "min-blas-macs",
      llvm::cl::desc(
          "Fewest multiply-adds of a layer that the BLAS is called for."),
      llvm::cl::init(32768)};
  Option<unsigned> threads{
      *this, "threads",
      llvm::cl::desc("Number of threads that compiled code runs on; more than "
                     "one are those of OpenMP. Results do not depend on it."),
      llvm::cl::init(1)};
};

/// The vector-bits of the machine that this runs on.
unsigned getHostVectorBits();

/// Sets the options that say what the machine is to the one that this runs on.
void setHostMachine(LinalgToLLVMOptions &options);

/// The fast way: contractions and convolutions tiled and vectorised.
void buildLinalgToLLVMPipeline(OpPassManager &pm,
                               const LinalgToLLVMOptions &options);

/// The reference: plain loops, nothing clever.
void buildLinalgToLoopsPipeline(OpPassManager &pm);

/// Registers `tasd-linalg-to-llvm` and `tasd-linalg-to-loops`.
void registerLinalgToLLVMPipelines();

} // namespace mlir::tasd

#endif // TASD_PIPELINES_LINALGTOLLVM_H
