//===- ProgramSupport.cpp - What programs need of a machine ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Machine/ProgramSupport.h"

#include "tasd/Machine/MachineFile.h"

#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace tasd::machine;
using llvm::Error;

uint64_t tasd::machine::computeProgramHash(const Machine &machine) {
  Machine bare = machine;
  bare.name = bare.description = "";
  bare.energyProfiles.clear();
  bare.energyProfile.clear();
  for (MemoryLevel &level : bare.levels)
    level.areaUm2 = 0;
  std::string text;
  llvm::raw_string_ostream os(text);
  printMachine(bare, os);
  return llvm::xxh3_64bits(text);
}

Error tasd::machine::checkProgramSupport(const Machine &machine) {
  auto refuse = [&](const llvm::Twine &reason) {
    return llvm::createStringError("machine '" + machine.name +
                                   "' cannot be simulated: " + reason);
  };
  if (machine.measured)
    return refuse("its costs are measured, and say nothing of levels");
  if (machine.a.zeros == ZeroSupport::Skipped ||
      machine.b.zeros == ZeroSupport::Skipped)
    return refuse("it skips zeros, so that its time depends on data");
  size_t accumulators = machine.getAccumulatorLevel();
  if (accumulators == 0)
    return refuse("it has no accumulators");
  for (size_t level = 1; level < accumulators; ++level)
    if (machine.levels[level].keep.z)
      return refuse("level '" + machine.levels[level].name +
                    "' keeps z outside the accumulators");
  for (size_t level = accumulators; level != machine.levels.size(); ++level)
    if (machine.levels[level].keep.a)
      return Error::success();
  return refuse("no registers at or inside the accumulators keep a");
}
