//===- Runtime.cpp - The host's side of the runtime -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Runtime/Runtime.h"

#include "tasd/Runtime/ABI.h"

using namespace tasd;
using namespace tasd::runtime;

sparsity::PatternRegistry &runtime::getPatternRegistry() {
  static sparsity::PatternRegistry registry =
      sparsity::PatternRegistry::createWithBuiltins();
  return registry;
}

/// The pool of setThreadPool.
static llvm::ThreadPoolInterface *&getThreadPoolSlot() {
  static llvm::ThreadPoolInterface *pool = nullptr;
  return pool;
}

void runtime::setThreadPool(llvm::ThreadPoolInterface *pool) {
  getThreadPoolSlot() = pool;
}

llvm::ThreadPoolInterface *runtime::getThreadPool() {
  return getThreadPoolSlot();
}

llvm::ArrayRef<Symbol> runtime::getSymbols() {
  static const Symbol symbols[] = {
      {"tasd_runtime_pack", reinterpret_cast<void *>(&tasd_runtime_pack)},
      {"tasd_runtime_launch", reinterpret_cast<void *>(&tasd_runtime_launch)},
      {"tasd_runtime_recompose",
       reinterpret_cast<void *>(&tasd_runtime_recompose)},
      {"tasd_runtime_record", reinterpret_cast<void *>(&tasd_runtime_record)},
      {"tasd_runtime_gemm", reinterpret_cast<void *>(&tasd_runtime_gemm)}};
  return symbols;
}
