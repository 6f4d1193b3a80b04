//===- tasd-plugin.cpp - The dialect and passes for a stock mlir-opt ------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Registration only. As a dialect plugin it brings everything; as a pass plugin
// it can bring passes and pipelines alone, which load the dialect when they
// run: input that has tasd in it already needs the dialect plugin.
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"
#include "tasd/InitAll.h"

#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"

#include "llvm/Support/Compiler.h"

using namespace mlir;

/// Either plugin brings the passes, once; a host that has them keeps its own.
static void registerDialectsOnce(DialectRegistry *registry) {
  if (!registry->getDialectAllocator(
          mlir::tasd::TASDDialect::getDialectNamespace()))
    mlir::tasd::registerAllDialects(*registry);
  mlir::tasd::registerAllPassesOnce();
}

extern "C" LLVM_ATTRIBUTE_WEAK DialectPluginLibraryInfo
mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "tasd", TASD_VERSION, registerDialectsOnce};
}

extern "C" LLVM_ATTRIBUTE_WEAK PassPluginLibraryInfo mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "tasd", TASD_VERSION,
          mlir::tasd::registerAllPassesOnce};
}
