//===- MachineFile.h - Machines as YAML -------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reading machines, by the name of a preset or from a file, and writing them.
// Errors have a line "file:line:column: key: message" for each mistake.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_MACHINE_MACHINEFILE_H
#define TASD_MACHINE_MACHINEFILE_H

#include "tasd/Machine/Machine.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace tasd::machine {

/// The names of the machines that the library brings, in order.
std::vector<llvm::StringRef> getPresetNames();

/// What loadMachine takes for a machine that a file names: a path is relative
/// to the folder of that file.
std::string resolveMachine(llvm::StringRef nameOrPath,
                           llvm::StringRef fileName);

/// Loads a preset by its name, or the file at a path: whatever holds a '/' or
/// ends in ".yaml" is a path. The machine is valid.
llvm::Expected<Machine>
loadMachine(llvm::StringRef nameOrPath,
            const sparsity::PatternRegistry &registry =
                sparsity::PatternRegistry::createWithBuiltins());

/// Reads a machine from text; `fileName` stands in errors, and paths in the
/// text are relative to its folder.
llvm::Expected<Machine>
parseMachine(llvm::StringRef text, llvm::StringRef fileName,
             const sparsity::PatternRegistry &registry =
                 sparsity::PatternRegistry::createWithBuiltins());

/// Writes every key of a machine as YAML; reading it gives the machine back.
void printMachine(const Machine &machine, llvm::raw_ostream &os);

/// Writes the names and descriptions of the presets, one a line.
void listMachines(llvm::raw_ostream &os);

/// Writes the reference of all keys, with types, units and defaults, in
/// Markdown.
void printMachineReference(llvm::raw_ostream &os);

} // namespace tasd::machine

#endif // TASD_MACHINE_MACHINEFILE_H
