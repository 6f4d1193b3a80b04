//===- tasd-translate.cpp - Programs between IR and their binary form -----===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Translations are registered as those of mlir-translate; files are ours:
// outputs appear whole or not at all.
//
//===----------------------------------------------------------------------===//

#include "tasd/InitAll.h"
#include "tasd/ModuleIO/ModuleFile.h"
#include "tasd/Support/OutputFile.h"
#include "tasd/Target/TTC/Registration.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;

static llvm::cl::opt<std::string> inputPath(llvm::cl::Positional,
                                            llvm::cl::desc("<input file>"),
                                            llvm::cl::init("-"));
static llvm::cl::opt<std::string>
    outputPath("o", llvm::cl::desc("The file to write; - is the output."),
               llvm::cl::value_desc("FILE"), llvm::cl::init("-"));

static LogicalResult fail(llvm::Error error) {
  llvm::errs() << llvm::toString(std::move(error)) << "\n";
  return failure();
}

static LogicalResult translateFile(const Translation &translation) {
  auto input = mlir::tasd::openModuleFile(inputPath);
  if (!input)
    return fail(input.takeError());
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(*input), SMLoc());
  // Programs may stand beside host code of any dialect.
  DialectRegistry registry;
  registerAllDialects(registry);
  mlir::tasd::registerAllDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  // Messages name what is wrong; a whole program would bury them.
  context.printOpOnDiagnostic(false);
  SourceMgrDiagnosticHandler handler(*sources, &context);
  LogicalResult result = failure();
  auto output = ::tasd::OutputFile::create(outputPath, [&](raw_ostream &os) {
    result = translation(sources, os, &context);
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
  llvm::InitLLVM init(argc, argv);
  llvm::cl::SetVersionPrinter([](raw_ostream &os) {
    os << "tasd-translate " TASD_VERSION ", LLVM " LLVM_VERSION_STRING "\n";
  });
  mlir::ttc::registerTTCTranslations();
  static llvm::cl::opt<const Translation *, /*ExternalStorage=*/false,
                       TranslationParser>
      translation("", llvm::cl::desc("Translation to perform"),
                  llvm::cl::Required);
  llvm::cl::ParseCommandLineOptions(
      argc, argv,
      "tasd-translate: programs of the accelerator between MLIR and their "
      "binary form\n");
  return succeeded(translateFile(*translation)) ? EXIT_SUCCESS : EXIT_FAILURE;
}
