//===- tasd-opt.cpp - The optimizer driver --------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Conversion/LinalgToLLVM/Passes.h"
#include "tasd/Conversion/LinalgToVector/Passes.h"
#include "tasd/Pipelines/LinalgToLLVM.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  mlir::registerAllPasses();
  mlir::tasd::registerLinalgToLLVMPasses();
  mlir::tasd::registerLinalgToVectorPasses();
  mlir::tasd::registerLinalgToLLVMPipelines();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "tasd optimizer driver\n", registry));
}
