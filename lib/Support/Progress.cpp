//===- Progress.cpp - A line that says how far a tool is ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Support/Progress.h"

#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace tasd;

/// Erases from the cursor to the end of the line, on every common terminal.
static constexpr char kEraseLine[] = "\x1b[K";

Progress::Progress()
    : Progress(llvm::errs(), llvm::sys::Process::StandardErrIsDisplayed()) {}

void Progress::show(const llvm::Twine &text) {
  if (isTerminal)
    os << kEraseLine << text << " ...\r";
  os.flush();
}

void Progress::show(const llvm::Twine &text, int64_t numDone, int64_t numAll) {
  if (numAll > 1)
    return show(text + ": " + llvm::Twine(100 * numDone / numAll) + " %");
  show(text);
}

void Progress::clear() {
  if (isTerminal)
    os << kEraseLine;
  os.flush();
}
