//===- Progress.h - A line that says how far a tool is ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Long work shows one line on a terminal, rewritten as it goes on and removed
// at the end. In a pipe there is nothing.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SUPPORT_PROGRESS_H
#define TASD_SUPPORT_PROGRESS_H

#include "llvm/ADT/Twine.h"

#include <cstdint>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace tasd {

class Progress {
public:
  /// Writes to the standard error, if that is a terminal.
  Progress();
  Progress(llvm::raw_ostream &os, bool isTerminal)
      : os(os), isTerminal(isTerminal) {}
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;
  ~Progress() { clear(); }

  /// Shows what the tool is doing. The cursor stays at the start of the line,
  /// so that a diagnostic writes over it.
  void show(const llvm::Twine &text);
  /// The same, with the share of steps that are done.
  void show(const llvm::Twine &text, int64_t numDone, int64_t numAll);
  /// Removes the line.
  void clear();

private:
  llvm::raw_ostream &os;
  bool isTerminal;
};

} // namespace tasd

#endif // TASD_SUPPORT_PROGRESS_H
