//===- LinalgToLLVM.cpp - Pipelines from linalg to LLVM -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Precondition: linalg on tensors, with scf, vector, tensor, memref, arith,
// math and func code beside it. Postcondition: the LLVM dialect only.
//
//===----------------------------------------------------------------------===//

#include "tasd/Pipelines/LinalgToLLVM.h"

#include "tasd/Conversion/LinalgToBLAS/Passes.h"
#include "tasd/Conversion/LinalgToLLVM/Passes.h"
#include "tasd/Conversion/LinalgToVector/Passes.h"
#include "tasd/Conversion/TASDToRuntime/Passes.h"
#include "tasd/Target/TTC/Passes.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/Pipelines/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/SCF/Transforms/Passes.h"
#include "mlir/Dialect/Vector/Transforms/Passes.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

using namespace mlir;

/// Brings every input into the form that both ways share.
static void addPreparation(OpPassManager &pm) {
  // Weights kept in globals become constants, as weights written in place are.
  pm.addPass(tasd::createInlineGlobals());
  // Arithmetic on whole tensors, as casts of weights, becomes loop nests.
  pm.addNestedPass<func::FuncOp>(createConvertElementwiseToLinalgPass());
  // Softmax and its like have no loop nest of their own.
  pm.addNestedPass<func::FuncOp>(tasd::createDecomposeLinalg());
  // Callers own results and keep their arguments.
  pm.addPass(tasd::createMarkEntryPoints());
}

/// Tensors become buffers; each buffer is freed exactly once.
static void addBufferization(OpPassManager &pm) {
  // A masked op has to be alone in its region, where ownership of buffers would
  // put values.
  pm.addNestedPass<func::FuncOp>(vector::createLowerVectorMaskPass());
  bufferization::OneShotBufferizePassOptions options;
  options.bufferizeFunctionBoundaries = true;
  options.allowReturnAllocsFromLoops = true;
  // Callers pass and get plain contiguous buffers.
  options.functionBoundaryTypeConversion =
      bufferization::LayoutMapOption::IdentityLayoutMap;
  pm.addPass(bufferization::createOneShotBufferizePass(options));
  // Run-time packs become calls.
  pm.addPass(mlir::tasd::createConvertTASDToRuntime());
  // So do products for a library of dense linear algebra.
  pm.addPass(mlir::tasd::createConvertBLASToRuntime());
  // So do launches on the accelerator, whose programs become constants.
  pm.addPass(ttc::createEmbedPrograms());
  // Views that became redundant would hide who owns a buffer.
  pm.addPass(createCanonicalizerPass());
  // A loop's scratch buffer is allocated once, before the loop.
  pm.addNestedPass<func::FuncOp>(bufferization::createBufferLoopHoistingPass());
  // Frees what a function allocates and does not return.
  bufferization::buildBufferDeallocationPipeline(pm);
  // Clones become allocations and copies.
  pm.addPass(createConvertBufferizationToMemRefPass());
  // Strided copies become loops: no runtime library is needed.
  pm.addNestedPass<func::FuncOp>(tasd::createExpandMemRefOps());
  // What threads share is a loop whose steps do not depend on each other.
  pm.addNestedPass<func::FuncOp>(createForallToParallelLoopPass());
}

/// Structured ops and vectors become control flow and scalar or vector
/// arithmetic.
static void addLoops(OpPassManager &pm, unsigned numThreads = 1) {
  // What is still linalg is memory-bound: loops do.
  pm.addNestedPass<func::FuncOp>(createConvertLinalgToLoopsPass());
  // Multi-dimensional reductions in terms of simpler vector ops.
  pm.addNestedPass<func::FuncOp>(vector::createLowerVectorMultiReductionPass());
  // Transfers of several dimensions, or past an edge, become loops of
  // one-dimensional ones.
  pm.addNestedPass<func::FuncOp>(createConvertVectorToSCFPass());
  // LLVM compiles many small functions faster than a large one.
  pm.addPass(tasd::createOutlineLoops());
  // Layers of equal shape share theirs.
  pm.addPass(tasd::createMergeFunctions());
  // Threads are those of OpenMP. One thread needs none.
  if (numThreads > 1) {
    ConvertSCFToOpenMPPassOptions openMP;
    openMP.numThreads = numThreads;
    pm.addPass(createConvertSCFToOpenMPPass(openMP));
  }
  // Arithmetic that LLVM would turn into calls of a runtime, or has not: bf16
  // and f8 are computed in f32 and rounded after every operation.
  arith::ArithEmulateUnsupportedFloatsOptions emulation;
  SmallVector<std::string> sources = {"bf16", "f8E4M3FN"};
  emulation.sourceTypeStrs = sources;
  pm.addPass(arith::createArithEmulateUnsupportedFloats(emulation));
  arith::ArithExpandOpsPassOptions expansion;
  expansion.includeBf16 = true;
  pm.addPass(arith::createArithExpandOpsPass(expansion));
  pm.addPass(tasd::createExpandF8());
  // Views become address arithmetic.
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(createSCFToControlFlowPass());
  // Loop-invariant addresses leave the loops before LLVM sees them.
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

/// Every remaining dialect to LLVM's.
static void addLLVM(OpPassManager &pm, unsigned numThreads = 1) {
  ConvertVectorToLLVMPassOptions vectorOptions;
  vectorOptions.vectorContractLowering =
      vector::VectorContractLowering::OuterProduct;
  pm.addPass(createConvertVectorToLLVMPass(vectorOptions));
  // exp and the like through LLVM where it has an intrinsic, else libm.
  pm.addPass(createConvertMathToLLVMPass());
  pm.addPass(createConvertMathToLibmPass());
  pm.addPass(createConvertComplexToLLVMPass());
  // OpenMP's own stay, around those of LLVM, until LLVM's IR is made.
  if (numThreads > 1)
    pm.addPass(createConvertOpenMPToLLVMPass());
  pm.addPass(createFinalizeMemRefToLLVMConversionPass());
  pm.addPass(createConvertIndexToLLVMPass());
  pm.addPass(createArithToLLVMConversionPass());
  pm.addPass(createUBToLLVMConversionPass());
  pm.addPass(createConvertControlFlowToLLVMPass());
  pm.addPass(createConvertFuncToLLVMPass());
  // The casts between the steps above cancel out.
  pm.addPass(createReconcileUnrealizedCastsPass());
}

unsigned tasd::getHostVectorBits() {
  return llvm::sys::getHostCPUFeatures().lookup("avx512f") ? 512 : 256;
}

void tasd::setHostMachine(LinalgToLLVMOptions &options) {
  options.vectorBits = getHostVectorBits();
  options.x86 = llvm::Triple(llvm::sys::getProcessTriple()).isX86() &&
                llvm::sys::getHostCPUFeatures().lookup("avx2");
}

void tasd::buildLinalgToLLVMPipeline(OpPassManager &pm,
                                     const LinalgToLLVMOptions &options) {
  addPreparation(pm);
  // Activations and the like between layers are computed in one go.
  pm.addNestedPass<func::FuncOp>(tasd::createFuseElementwise());
  // Large layers become calls of a library, where that is asked for.
  if (options.dense == tasd::DenseKernels::BLAS) {
    mlir::tasd::ConvertLinalgToBLASOptions blas;
    blas.minMacs = options.minBlasMacs;
    blas.threads = options.threads;
    pm.addNestedPass<func::FuncOp>(mlir::tasd::createConvertLinalgToBLAS(blas));
  }
  // Layers become vector kernels while tensors still say what depends on what.
  tasd::VectorizeLinalgOptions vectorize;
  vectorize.vectorBits = options.vectorBits;
  vectorize.cacheKib = options.cacheKib;
  vectorize.threads = options.threads;
  pm.addNestedPass<func::FuncOp>(tasd::createVectorizeLinalg(vectorize));
  // The rest, and what layers copy, is shared by threads too.
  if (options.threads > 1) {
    tasd::ShareLinalgOptions share;
    share.threads = options.threads;
    pm.addNestedPass<func::FuncOp>(tasd::createShareLinalg(share));
  }
  // Slices and masks of constant size become static. No CSE: equal initial
  // values merged would have to be copied again.
  pm.addPass(createCanonicalizerPass());
  // Activations in vectors too.
  pm.addNestedPass<func::FuncOp>(tasd::createApproximateMath());
  addBufferization(pm);
  addLoops(pm, options.threads);
  addLLVM(pm, options.threads);
}

void tasd::buildLinalgToLoopsPipeline(OpPassManager &pm) {
  addPreparation(pm);
  addBufferization(pm);
  addLoops(pm);
  addLLVM(pm);
}

void tasd::registerLinalgToLLVMPipelines() {
  PassPipelineRegistration<LinalgToLLVMOptions>(
      "tasd-linalg-to-llvm",
      "Compile linalg on tensors to the LLVM dialect, with contractions and "
      "convolutions tiled and vectorised",
      buildLinalgToLLVMPipeline);
  PassPipelineRegistration<>(
      "tasd-linalg-to-loops",
      "Compile linalg on tensors to the LLVM dialect as plain loops",
      buildLinalgToLoopsPipeline);
}
