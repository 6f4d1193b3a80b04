//===- ModuleIO.cpp - C API to read modules of any size -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd-c/ModuleIO.h"

#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Support.h"
#include "mlir/Parser/Parser.h"
#include "tasd/ModuleIO/ModuleFile.h"

using namespace mlir;

MlirModule tasdModuleReadFile(MlirContext context, MlirStringRef path) {
  auto file = mlir::tasd::openModuleFile(unwrap(path));
  if (!file) {
    emitError(UnknownLoc::get(unwrap(context)))
        << llvm::toString(file.takeError());
    return wrap(ModuleOp());
  }
  // Shared: resources of bytecode stay in the file as long as they are used.
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(*file), SMLoc());
  return wrap(parseSourceFile<ModuleOp>(sources, ParserConfig(unwrap(context)))
                  .release());
}
