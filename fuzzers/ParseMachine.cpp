//===- ParseMachine.cpp - Fuzzes files of machines ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any text is a valid machine or an error, and what is printed of a machine
// reads back as it.
//
//===----------------------------------------------------------------------===//

#include "tasd/Machine/MachineFile.h"

#include "llvm/Support/raw_ostream.h"

using namespace tasd::machine;

static std::string print(const Machine &machine) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printMachine(machine, os);
  return text;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string input(data, data + size);
  llvm::Expected<Machine> machine = parseMachine(input, "input.yaml");
  if (!machine) {
    llvm::consumeError(machine.takeError());
    return 0;
  }
  std::string text = print(*machine);
  if (print(llvm::cantFail(parseMachine(text, "printed.yaml"))) != text)
    abort();
  return 0;
}
