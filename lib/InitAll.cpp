//===- InitAll.cpp - Registers everything of this project -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/InitAll.h"

#include "mlir/Pass/PassRegistry.h"
#include "tasd/Conversion/LinalgToBLAS/Passes.h"
#include "tasd/Conversion/LinalgToLLVM/Passes.h"
#include "tasd/Conversion/LinalgToTASD/Passes.h"
#include "tasd/Conversion/LinalgToVector/Passes.h"
#include "tasd/Conversion/TASDToLinalg/Passes.h"
#include "tasd/Conversion/TASDToRuntime/Passes.h"
#include "tasd/Conversion/TASDToSparseTensor/Passes.h"
#include "tasd/Conversion/TASDToTTC/Passes.h"
#include "tasd/Conversion/TASDToVector/CPULayoutTarget.h"
#include "tasd/Conversion/TASDToVector/Passes.h"
#include "tasd/Dialect/TASD/IR/TASD.h"
#include "tasd/Dialect/TASD/TransformOps/TASDTransformOps.h"
#include "tasd/Dialect/TASD/Transforms/BufferizableOpInterfaceImpl.h"
#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/Dialect/TTC/IR/TTC.h"
#include "tasd/Dialect/TTC/Transforms/BufferizableOpInterfaceImpl.h"
#include "tasd/Pipelines/LinalgToLLVM.h"
#include "tasd/Pipelines/Lowering.h"
#include "tasd/Target/TTC/Passes.h"

void mlir::tasd::registerAllDialects(DialectRegistry &registry) {
  registry.insert<TASDDialect, ttc::TTCDialect>();
  registerBufferizableOpInterfaceExternalModels(registry);
  ttc::registerBufferizableOpInterfaceExternalModels(registry);
  registerTransformDialectExtension(registry);
  registerCPULayoutTargets(registry);
}

void mlir::tasd::registerAllPasses() {
  registerTASDPasses();
  registerLinalgToBLASPasses();
  registerLinalgToTASDPasses();
  registerTASDToLinalgPasses();
  registerTASDToRuntimePasses();
  registerTASDToSparseTensorPasses();
  registerTASDToTTCPasses();
  registerTASDToVectorPasses();
  ttc::registerTargetTTCPasses();
  registerLinalgToLLVMPasses();
  registerLinalgToVectorPasses();
  registerLinalgToLLVMPipelines();
  registerLoweringPipelines();
}

void mlir::tasd::registerAllPassesOnce() {
  // The last one: a single pass may have been registered before, by itself.
  if (!PassPipelineInfo::lookup("tasd-lower-to-reference"))
    registerAllPasses();
}
