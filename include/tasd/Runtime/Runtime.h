//===- Runtime.h - The host's side of the runtime ---------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a program that hosts compiled code sets up before it runs: the families
// of patterns known, the threads used, and the symbols a JIT must resolve.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_RUNTIME_RUNTIME_H
#define TASD_RUNTIME_RUNTIME_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::runtime {

/// The registry that parses the series of tasd_runtime_pack: the families of
/// Sparsity, and those added by the host. One for the process. Add families
/// before compiled code runs: additions are not synchronised with packing.
sparsity::PatternRegistry &getPatternRegistry();

/// The threads that runtime functions use, owned by the caller; null, which it
/// is at first, runs them on the calling thread. Not synchronised with running
/// code. Results do not depend on it.
void setThreadPool(llvm::ThreadPoolInterface *pool);
llvm::ThreadPoolInterface *getThreadPool();

/// A function of the ABI, under the name that compiled code calls.
struct Symbol {
  llvm::StringRef name;
  void *address;
};

/// Every function of the ABI.
llvm::ArrayRef<Symbol> getSymbols();

} // namespace tasd::runtime

#endif // TASD_RUNTIME_RUNTIME_H
