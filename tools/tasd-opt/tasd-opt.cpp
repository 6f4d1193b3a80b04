//===- tasd-opt.cpp - mlir-opt with the tasd dialect and passes -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Options and work are mlir-opt's. Files are ours: inputs are mapped into
// memory and outputs appear whole or not at all. So are the flags that print
// machines.
//
//===----------------------------------------------------------------------===//

#ifdef TASD_HAS_EVALUATION
#include "tasd/Evaluation/ScoreFile.h"
#endif
#include "tasd/InitAll.h"
#include "tasd/Machine/MachineFile.h"
#include "tasd/ModuleIO/ModuleFile.h"
#include "tasd/Pass/Statistics.h"
#include "tasd/Simulator/Statistics.h"
#include "tasd/Support/OutputFile.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;

static llvm::cl::opt<bool>
    listMachines("tasd-list-machines",
                 llvm::cl::desc("Print the machines that are built in."));
static llvm::cl::opt<std::string>
    machineToPrint("tasd-print-machine",
                   llvm::cl::desc("Print a machine, by its name or from a "
                                  ".yaml file, as YAML with every key."),
                   llvm::cl::value_desc("NAME|FILE"));
static llvm::cl::opt<bool> printMachineKeys(
    "tasd-print-machine-keys",
    llvm::cl::desc("Print the reference of all keys of machines in Markdown."));
static llvm::cl::opt<bool> printSimulatorStatistics(
    "tasd-print-simulator-statistics",
    llvm::cl::desc(
        "Print the reference of the simulator's statistics in Markdown."));

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

static LogicalResult fail(llvm::Error error) {
  llvm::WithColor::error(llvm::errs(), "tasd-opt")
      << llvm::toString(std::move(error)) << "\n";
  return failure();
}

/// Whether a flag asks for machines, and no module is read.
static bool wantsMachines() {
  return listMachines || printMachineKeys || printSimulatorStatistics ||
         machineToPrint.getNumOccurrences() > 0;
}

static LogicalResult printMachines() {
  if (listMachines)
    ::tasd::machine::listMachines(llvm::outs());
  if (printMachineKeys)
    ::tasd::machine::printMachineReference(llvm::outs());
  if (printSimulatorStatistics)
    ::tasd::simulator::printStatisticsReference(llvm::outs());
  if (machineToPrint.getNumOccurrences() == 0)
    return success();
  auto machine = ::tasd::machine::loadMachine(machineToPrint);
  if (!machine)
    return fail(machine.takeError());
  ::tasd::machine::printMachine(*machine, llvm::outs());
  return success();
}

/// Somebody who forgot the file would wait for ever.
static void warnAboutTerminal(StringRef inputPath) {
  if (inputPath == "-" &&
      llvm::sys::Process::FileDescriptorIsDisplayed(fileno(stdin)))
    llvm::errs() << "(processing input from stdin now, hit ctrl-c/ctrl-d to "
                    "interrupt)\n";
}

static LogicalResult processFile(StringRef inputPath, StringRef outputPath,
                                 DialectRegistry &registry,
                                 const MlirOptMainConfig &config) {
  warnAboutTerminal(inputPath);
  auto input = mlir::tasd::openModuleFile(inputPath);
  if (!input)
    return fail(input.takeError());
  mlir::tasd::registerConstantStorage(registry, **input);
  LogicalResult result = failure();
  auto output = ::tasd::OutputFile::create(outputPath, [&](raw_ostream &os) {
    result = MlirOptMain(os, std::move(*input), registry, config);
  });
  if (!output)
    return fail(output.takeError());
  if (failed(result))
    return failure();
  if (llvm::Error error = output->keep())
    return fail(std::move(error));
  return success();
}

int main(int argc, char **argv) {
  registerAllPasses();
  mlir::tasd::registerAllPasses();
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllExtensions(registry);
  mlir::tasd::registerAllDialects(registry);
#ifdef TASD_HAS_EVALUATION
  ::tasd::evaluation::registerScoreReader(registry);
#endif
  llvm::cl::SetVersionPrinter([](raw_ostream &os) {
    os << "tasd-opt " TASD_VERSION ", LLVM " LLVM_VERSION_STRING "\n";
  });
  auto [inputPath, outputPath] = registerAndParseCLIOptions(
      argc, argv, "tasd-opt: MLIR with sums of structured-sparse terms\n",
      registry);
  if (wantsMachines())
    return asMainReturnCode(printMachines());
  auto config = getConfig();
  if (config.shouldShowDialects() || config.shouldListPasses())
    return asMainReturnCode(
        MlirOptMain(argc, argv, inputPath, outputPath, registry));
  llvm::InitLLVM init(argc, argv);
  return asMainReturnCode(processFile(inputPath, outputPath, registry, config));
}
