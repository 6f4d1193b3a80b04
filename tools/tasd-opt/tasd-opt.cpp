//===- tasd-opt.cpp - mlir-opt with the tasd dialect and passes -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/InitAll.h"
#include "tasd/Pass/Statistics.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;

/// Whether upstream's flag of that name was given.
static bool isGiven(StringRef flag) {
  llvm::cl::Option *option = llvm::cl::getRegisteredOptions().lookup(flag);
  return option && option->getNumOccurrences() > 0;
}

/// The flags, with our passes' statistics beside upstream's.
static MlirOptMainConfig getConfig() {
  auto config = MlirOptMainConfig::createFromCLOptions();
  if (!isGiven("mlir-pass-statistics"))
    return config;
  return MlirOptMainConfig(config).setPassPipelineSetupFn(
      [config](PassManager &manager) {
        mlir::tasd::enablePassStatistics(manager);
        return config.setupPassPipeline(manager);
      });
}

/// Runs the passes asked for on one file; the output is kept if all went well.
static LogicalResult run(StringRef inputPath, StringRef outputPath,
                         DialectRegistry &registry) {
  std::string message;
  std::unique_ptr<llvm::MemoryBuffer> input =
      openInputFile(inputPath, &message);
  std::unique_ptr<llvm::ToolOutputFile> output =
      input ? openOutputFile(outputPath, &message) : nullptr;
  if (!output) {
    llvm::errs() << message << "\n";
    return failure();
  }
  if (failed(
          MlirOptMain(output->os(), std::move(input), registry, getConfig())))
    return failure();
  output->keep();
  return success();
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  registerAllPasses();
  mlir::tasd::registerAllPasses();
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllExtensions(registry);
  mlir::tasd::registerAllDialects(registry);
  auto [input, output] = registerAndParseCLIOptions(
      argc, argv, "tasd-opt: MLIR with sums of structured-sparse terms\n",
      registry);
  return asMainReturnCode(run(input, output, registry));
}
