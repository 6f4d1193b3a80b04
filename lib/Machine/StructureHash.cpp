//===- StructureHash.cpp - A hash of a machine's structure ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Machine/StructureHash.h"

#include "tasd/Machine/MachineFile.h"

#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace tasd::machine;

/// Leaves out what no program depends on.
static Machine getStructure(Machine machine) {
  machine.name = "structure";
  machine.description.clear();
  machine.array.areaUm2 = 0;
  machine.tasdUnits.areaUm2 = 0;
  machine.tasdUnits.areaAssumed = false;
  for (MemoryLevel &level : machine.levels)
    level.areaUm2 = 0;
  machine.energyProfile.clear();
  machine.energyProfiles.clear();
  return machine;
}

uint64_t tasd::machine::computeStructureHash(const Machine &machine) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printMachine(getStructure(machine), os);
  return llvm::xxh3_64bits(text);
}
