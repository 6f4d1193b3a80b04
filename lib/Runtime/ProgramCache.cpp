//===- ProgramCache.cpp - Programs that were read before ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Runtime/ProgramCache.h"

#include "tasd/Simulator/ProgramFile.h"
#include "tasd/Simulator/VerifyProgram.h"

using namespace tasd;
using namespace tasd::runtime;
using simulator::Program;

static llvm::Expected<std::shared_ptr<const Program>>
read(llvm::StringRef bytes, const machine::Machine &machine) {
  llvm::Expected<Program> program = simulator::readProgram(bytes);
  if (!program)
    return program.takeError();
  if (llvm::Error error = simulator::verifyProgram(*program, machine))
    return std::move(error);
  return std::make_shared<const Program>(std::move(*program));
}

llvm::Expected<std::shared_ptr<const Program>>
ProgramCache::get(llvm::StringRef bytes) {
  std::lock_guard<std::mutex> lock(mutex);
  if (auto known = positions.find(bytes); known != positions.end()) {
    entries.splice(entries.begin(), entries, known->second);
    return entries.front().program;
  }
  ++numReads;
  auto program = read(bytes, machine);
  if (program && bytes.size() <= capacityBytes)
    insert(bytes, *program);
  return program;
}

void ProgramCache::insert(llvm::StringRef bytes,
                          std::shared_ptr<const Program> program) {
  while (numBytes + bytes.size() > capacityBytes) {
    numBytes -= entries.back().bytes.size();
    positions.erase(entries.back().bytes);
    entries.pop_back();
  }
  entries.push_front({bytes.str(), std::move(program)});
  positions[entries.front().bytes] = entries.begin();
  numBytes += bytes.size();
}

size_t ProgramCache::getNumReads() const {
  std::lock_guard<std::mutex> lock(mutex);
  return numReads;
}
