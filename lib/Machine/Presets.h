//===- Presets.h - The machines that the library brings ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_MACHINE_PRESETS_H
#define TASD_LIB_MACHINE_PRESETS_H

#include "llvm/ADT/StringRef.h"

namespace tasd::machine {

/// A file of Presets/, of which the build makes a part of the library.
struct Preset {
  llvm::StringRef name;
  llvm::StringRef text;
};

/// Null if there is none of that name.
const Preset *findPreset(llvm::StringRef name);

} // namespace tasd::machine

#endif // TASD_LIB_MACHINE_PRESETS_H
