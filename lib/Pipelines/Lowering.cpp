//===- Lowering.cpp - From planned linalg to the LLVM dialect -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Pipelines/Lowering.h"

#include "tasd/Conversion/LinalgToTASD/Passes.h"
#include "tasd/Conversion/TASDToLinalg/Passes.h"
#include "tasd/Conversion/TASDToTTC/Passes.h"
#include "tasd/Conversion/TASDToVector/CPULayoutTarget.h"
#include "tasd/Conversion/TASDToVector/Passes.h"
#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/Target/TTC/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void mlir::tasd::buildPackedPipeline(OpPassManager &pm) {
  // Weights without data would become wrong numbers later on.
  pm.addPass(createVerifyInput());
  pm.addPass(createVerifyPlanned());
  // Nothing may stand between: other passes lose discardable attributes.
  pm.addPass(createConvertLinalgToTASD());
  pm.addPass(createVerifyConverted());
  // Operands shared by layers are decomposed once.
  pm.addPass(createCSEPass());
  // Weights are decomposed now, activations when the program runs.
  pm.addPass(createPack());
  pm.addPass(createVerifyPacked());
  // Dense weights that nobody uses any more are dropped.
  pm.addPass(createCanonicalizerPass());
}

void mlir::tasd::buildHostPipeline(OpPassManager &pm,
                                   const LinalgToLLVMOptions &options) {
  // Terms of small tensors are multiplied as these, gathered.
  pm.addNestedPass<func::FuncOp>(createConvertTASDPartsToLinalg());
  // Constants are laid out as kernels read them.
  PackOptions packOptions;
  packOptions.target =
      getCPULayoutTarget(options.vectorBits, options.x86).str();
  pm.addPass(createPack(packOptions));
  // Series stay whole: their terms share what a kernel gathers and sums.
  ConvertTASDToVectorOptions vectorOptions;
  vectorOptions.vectorBits = options.vectorBits;
  // Wider vectors leave the ports of loads idle enough.
  vectorOptions.hideSplats = options.x86 && options.vectorBits == 256;
  vectorOptions.threads = options.threads;
  pm.addNestedPass<func::FuncOp>(createConvertTASDToVector(vectorOptions));
  // A second series of a contraction is composed.
  pm.addNestedPass<func::FuncOp>(createConvertTASDToLinalg());
  pm.addPass(createVerifyLowered());
  buildLinalgToLLVMPipeline(pm, options);
}

void mlir::tasd::buildLowerToCPUPipeline(OpPassManager &pm,
                                         const LinalgToLLVMOptions &options) {
  buildPackedPipeline(pm);
  buildHostPipeline(pm, options);
}

void mlir::tasd::buildLayersToTTCPipeline(OpPassManager &pm,
                                          const LowerToTTCOptions &options) {
  buildPackedPipeline(pm);
  // One program for each term, each of which adds to the sums of the last.
  if (options.termsApart) {
    pm.addPass(createDistribute());
    // Terms of packed series are packed series.
    pm.addPass(createCanonicalizerPass());
  }
  ConvertTASDToTTCOptions ttcOptions;
  ttcOptions.machine = options.machine;
  ttcOptions.objective = options.objective;
  pm.addPass(createConvertTASDToTTC(ttcOptions));
  // A layer that the host computes without a word would be missing in reports.
  pm.addPass(createVerifyTTC());
  // Programs that would be refused when they run are found now.
  ttc::VerifyProgramsOptions verifyOptions;
  verifyOptions.machine = options.machine;
  pm.addPass(ttc::createVerifyPrograms(verifyOptions));
}

void mlir::tasd::buildLowerToTTCPipeline(OpPassManager &pm,
                                         const LowerToTTCOptions &options) {
  buildLayersToTTCPipeline(pm, options);
  buildHostPipeline(pm, options);
}

void mlir::tasd::buildLowerToReferencePipeline(OpPassManager &pm) {
  buildPackedPipeline(pm);
  pm.addNestedPass<func::FuncOp>(createConvertTASDToLinalg());
  pm.addPass(createVerifyLowered());
  buildLinalgToLoopsPipeline(pm);
}

void mlir::tasd::registerLoweringPipelines() {
  PassPipelineRegistration<LinalgToLLVMOptions>(
      "tasd-lower-to-cpu",
      "Compile planned linalg to the LLVM dialect, constant terms laid out for "
      "the CPU",
      buildLowerToCPUPipeline);
  PassPipelineRegistration<LowerToTTCOptions>(
      "tasd-lower-to-ttc",
      "Compile planned linalg to the LLVM dialect, layers as programs of the "
      "accelerator",
      buildLowerToTTCPipeline);
  PassPipelineRegistration<>("tasd-lower-to-reference",
                             "Compile planned linalg to the LLVM dialect, "
                             "series composed, plain loops",
                             buildLowerToReferencePipeline);
}
