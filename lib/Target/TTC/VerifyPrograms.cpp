//===- VerifyPrograms.cpp - Whether a machine can run programs ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The simulator's own check, at the time of compilation.
//
//===----------------------------------------------------------------------===//

#include "tasd/Target/TTC/Passes.h"

#include "tasd/Machine/MachineFile.h"
#include "tasd/Simulator/VerifyProgram.h"
#include "tasd/Target/TTC/Translation.h"

namespace mlir::ttc {
#define GEN_PASS_DEF_VERIFYPROGRAMS
#include "tasd/Target/TTC/Passes.h.inc"
} // namespace mlir::ttc

using namespace mlir;
using namespace mlir::ttc;
using ::tasd::machine::Machine;

/// The machine of the option. Errors are at the location of the module: one at
/// the op would print all of it.
static FailureOr<Machine> loadMachine(ModuleOp module, StringRef nameOrPath) {
  if (nameOrPath.empty())
    return emitError(module.getLoc())
           << "option machine: expected a machine but got none";
  auto *dialect =
      module.getContext()->getOrLoadDialect<mlir::tasd::TASDDialect>();
  auto machine =
      ::tasd::machine::loadMachine(nameOrPath, dialect->getPatternRegistry());
  if (!machine)
    return emitError(module.getLoc())
           << "option machine: " << llvm::toString(machine.takeError());
  return std::move(*machine);
}

static LogicalResult verifyOn(const Machine &machine, ProgramOp program) {
  if (llvm::Error error =
          simulator::verifyProgram(exportProgram(program), machine))
    return emitError(program.getLoc())
           << "program '" << program.getSymName()
           << "': " << llvm::toString(std::move(error));
  return success();
}

namespace {
struct VerifyProgramsPass
    : mlir::ttc::impl::VerifyProgramsBase<VerifyProgramsPass> {
  using VerifyProgramsBase::VerifyProgramsBase;

  void runOnOperation() override {
    auto programs = llvm::to_vector(getOperation().getOps<ProgramOp>());
    if (programs.empty())
      return;
    FailureOr<Machine> loaded = loadMachine(getOperation(), machine);
    if (failed(loaded))
      return signalPassFailure();
    for (ProgramOp program : programs) {
      if (failed(verifyOn(*loaded, program)))
        signalPassFailure();
      ++numPrograms;
    }
  }
};
} // namespace
