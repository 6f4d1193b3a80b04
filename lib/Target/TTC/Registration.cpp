//===- Registration.cpp - Translations of programs ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Target/TTC/Registration.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "tasd/Simulator/ProgramFile.h"
#include "tasd/Target/TTC/Translation.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace mlir::ttc;

/// The program of that name, or the only one where no name is given.
static FailureOr<ProgramOp> findProgram(ModuleOp module, StringRef name) {
  auto programs = llvm::to_vector(module.getOps<ProgramOp>());
  if (!name.empty())
    llvm::erase_if(programs,
                   [&](ProgramOp op) { return op.getSymName() != name; });
  if (programs.size() == 1)
    return programs.front();
  if (!name.empty())
    return module.emitError("expected a program named '") << name << "'";
  return module.emitError("expected one program, or --program, but got ")
         << programs.size() << " programs";
}

static LogicalResult translateToBinary(ModuleOp module, StringRef name,
                                       raw_ostream &os) {
  FailureOr<ProgramOp> program = findProgram(module, name);
  if (failed(program))
    return failure();
  os << simulator::writeProgram(exportProgram(*program));
  return success();
}

/// A module with the program of a file.
static OwningOpRef<Operation *>
translateFromBinary(const llvm::SourceMgr &sources, MLIRContext *context) {
  const llvm::MemoryBuffer *file =
      sources.getMemoryBuffer(sources.getMainFileID());
  Location loc = FileLineColLoc::get(context, file->getBufferIdentifier(),
                                     /*line=*/0, /*column=*/0);
  llvm::Expected<simulator::Program> program =
      simulator::readProgram(file->getBuffer());
  if (!program) {
    emitError(loc) << llvm::toString(program.takeError());
    return {};
  }
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  OpBuilder builder = OpBuilder::atBlockEnd(module->getBody());
  if (failed(importProgram(builder, loc, *program)))
    return {};
  return module.release().getOperation();
}

void mlir::ttc::registerTTCTranslations() {
  static llvm::cl::opt<std::string> programName(
      "program",
      llvm::cl::desc("The program to translate to its binary form, "
                     "where a module has several."),
      llvm::cl::value_desc("NAME"));
  TranslateFromMLIRRegistration(
      "ttc-to-binary", "Write the binary form of a ttc.program.",
      [](ModuleOp module, raw_ostream &os) {
        return translateToBinary(module, programName, os);
      },
      [](DialectRegistry &registry) { registry.insert<TTCDialect>(); });
  TranslateToMLIRRegistration(
      "binary-to-ttc", "Read the binary form of a program as ttc.program.",
      [](const std::shared_ptr<llvm::SourceMgr> &sources,
         MLIRContext *context) {
        return translateFromBinary(*sources, context);
      },
      [](DialectRegistry &registry) { registry.insert<TTCDialect>(); });
}
