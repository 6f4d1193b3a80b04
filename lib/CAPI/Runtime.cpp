//===- Runtime.cpp - C API to run compiled modules ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd-c/Runtime.h"

#include "mlir/CAPI/Support.h"
#include "tasd/Runtime/Runtime.h"

void tasdExecutionEngineRegisterRuntime(MlirExecutionEngine engine) {
  for (const tasd::runtime::Symbol &symbol : tasd::runtime::getSymbols())
    mlirExecutionEngineRegisterSymbol(engine, wrap(symbol.name),
                                      symbol.address);
}
