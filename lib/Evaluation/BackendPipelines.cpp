//===- BackendPipelines.cpp - Which pipeline stands for which back end ----===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/Compilation.h"

#include "tasd/Conversion/LinalgToTASD/Passes.h"
#include "tasd/Conversion/TASDToLinalg/Passes.h"
#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/Pipelines/LinalgToLLVM.h"

#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace ::tasd;
using namespace ::tasd::evaluation;

/// Carries out plans: layers contract packed series.
static void addPlannedLayers(OpPassManager &pm) {
  pm.addPass(mlir::tasd::createConvertLinalgToTASD());
  pm.addPass(mlir::tasd::createPack());
  pm.addPass(mlir::tasd::createConvertTASDToLinalg());
}

void evaluation::buildPipelineFor(Backend backend, OpPassManager &pm) {
  addPlannedLayers(pm);
  switch (backend) {
  case Backend::Reference:
    return mlir::tasd::buildLinalgToLoopsPipeline(pm);
  case Backend::CPU:
    return mlir::tasd::buildLinalgToLLVMPipeline(pm);
  }
}
