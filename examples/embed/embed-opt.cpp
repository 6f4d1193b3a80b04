//===- embed-opt.cpp - A compiler with TASD inside ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Registers no more than its input needs: TASD's passes bring the dialects and
// interfaces that they use.
//
//===----------------------------------------------------------------------===//

#include "Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "tasd/Dialect/TASD/Transforms/Passes.h"
#include "tasd/InitAll.h"
#include "tasd/Pipelines/Lowering.h"

using namespace mlir;

namespace {
struct CompileOptions : PassPipelineOptions<CompileOptions> {
  ListOption<std::string> series{
      *this, "series",
      llvm::cl::desc("Series to choose from: the first that loses nothing.")};
  Option<bool> printPlan{*this, "print-plan",
                         llvm::cl::desc("Print what was chosen.")};
};
} // namespace

// docs: pipeline
static void buildCompilePipeline(OpPassManager &pm,
                                 const CompileOptions &options) {
  // Ours: plans speak of layers by name.
  pm.addPass(embed::createNameLayers());
  // TASD: a plan for every layer, ...
  mlir::tasd::PlanOptions plan;
  plan.series.assign(options.series.begin(), options.series.end());
  plan.maxDroppedMagnitude = 0;
  pm.addPass(mlir::tasd::createPlan(plan));
  if (options.printPlan)
    pm.addPass(mlir::tasd::createPrintPlan());
  // ... carried out, packed, and lowered to the LLVM dialect.
  mlir::tasd::LinalgToLLVMOptions lowering;
  lowering.vectorBits = mlir::tasd::getHostVectorBits();
  mlir::tasd::buildLowerToCPUPipeline(pm, lowering);
  // Ours: what the program weighs.
  pm.addPass(embed::createCountConstants());
}
// docs: end

int main(int argc, char **argv) {
  PassPipelineRegistration<CompileOptions>(
      "embed-compile", "Compile a network to the LLVM dialect",
      buildCompilePipeline);
  DialectRegistry registry;
  registry.insert<arith::ArithDialect, func::FuncDialect, linalg::LinalgDialect,
                  tensor::TensorDialect>();
  mlir::tasd::registerAllDialects(registry);
  return asMainReturnCode(MlirOptMain(
      argc, argv, "embed-opt: a compiler with TASD inside\n", registry));
}
