//===- ReadProgram.cpp - Fuzzes binary programs ---------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any bytes are a program or an error, and a program that a machine can run
// ends, or says why not. The header is made to fit, so that what stands behind
// it is reached.
//
//===----------------------------------------------------------------------===//

#include "tasd/Machine/MachineFile.h"
#include "tasd/Simulator/ProgramFile.h"
#include "tasd/Simulator/Simulator.h"
#include "tasd/Simulator/VerifyProgram.h"

#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"

using namespace tasd;
using namespace tasd::simulator;

static constexpr size_t kHeaderBytes = 28;

/// `body` behind a header that is right.
static std::string addHeader(llvm::StringRef body) {
  using namespace llvm::support;
  std::string bytes = writeProgram(Program()).substr(0, kHeaderBytes);
  endian::write64le(bytes.data() + 12, body.size());
  endian::write64le(bytes.data() + 20, llvm::xxh3_64bits(body));
  return bytes + body.str();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const machine::Machine machine =
      llvm::cantFail(machine::loadMachine("ttc-vegeta-m8"));
  llvm::StringRef body(reinterpret_cast<const char *>(data), size);
  llvm::Expected<Program> program = readProgram(addHeader(body));
  if (!program) {
    llvm::consumeError(program.takeError());
    return 0;
  }
  // Nobody guesses a hash.
  program->machineHash = getMachineHash(machine);
  if (llvm::Error error = verifyProgram(*program, machine)) {
    llvm::consumeError(std::move(error));
    return 0;
  }
  if (countSteps(*program) < 1e4)
    llvm::consumeError(simulate(*program, machine).takeError());
  return 0;
}
