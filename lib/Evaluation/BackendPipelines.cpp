//===- BackendPipelines.cpp - Which pipeline stands for which back end ----===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/Compilation.h"

#include "tasd/Pipelines/Lowering.h"

using namespace ::tasd::evaluation;

void tasd::evaluation::buildPipelineFor(Backend backend,
                                        mlir::OpPassManager &pm) {
  switch (backend) {
  case Backend::Reference:
    return mlir::tasd::buildLowerToReferencePipeline(pm);
  case Backend::CPU:
    mlir::tasd::LinalgToLLVMOptions options;
    options.vectorBits = mlir::tasd::getHostVectorBits();
    return mlir::tasd::buildLowerToCPUPipeline(pm, options);
  }
  llvm_unreachable("expected a back end");
}
