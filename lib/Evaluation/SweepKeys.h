//===- SweepKeys.h - What a sweep says of its models ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_SWEEPKEYS_H
#define TASD_LIB_EVALUATION_SWEEPKEYS_H

#include "tasd/Evaluation/TasderTool.h"

namespace tasd::evaluation {

/// A key of a model, which is an option of tasder.
struct SweepKey {
  llvm::StringLiteral name, doc;
  /// Sets the option, or adds to it, from one scalar; paths are relative to
  /// `folder`. What is wrong with the text; empty if nothing is.
  std::string (*set)(llvm::StringRef text, llvm::StringRef folder,
                     TasderOptions &options);
  /// Removes what an option of several values holds; null for others.
  void (*clear)(TasderOptions &options) = nullptr;
};

/// In the order of the documentation.
llvm::ArrayRef<SweepKey> getSweepKeys();

/// Null if there is none of that name.
const SweepKey *findSweepKey(llvm::StringRef name);

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_SWEEPKEYS_H
