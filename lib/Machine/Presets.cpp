//===- Presets.cpp - The machines that the library brings -----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Presets.h"

#include "tasd/Machine/MachineFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace tasd::machine;
using llvm::StringRef;

static constexpr Preset presets[] = {
#include "Presets.inc"
};

const Preset *tasd::machine::findPreset(StringRef name) {
  for (const Preset &preset : presets)
    if (preset.name == name)
      return &preset;
  return nullptr;
}

std::vector<StringRef> tasd::machine::getPresetNames() {
  std::vector<StringRef> names;
  for (const Preset &preset : presets)
    names.push_back(preset.name);
  return names;
}

void tasd::machine::listMachines(llvm::raw_ostream &os) {
  size_t width = 0;
  for (const Preset &preset : presets)
    width = std::max(width, preset.name.size());
  for (const Preset &preset : presets)
    os << llvm::left_justify(preset.name, width + 2)
       << llvm::cantFail(loadMachine(preset.name)).description << "\n";
}
