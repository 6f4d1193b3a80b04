//===- ModuleFile.h - Read modules of any size ------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How every tool reads a module: a file of bytecode is mapped into memory, its
// `dense_resource` constants stay in the file, and passes that are done with
// one of them give its memory back.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_MODULEIO_MODULEFILE_H
#define TASD_MODULEIO_MODULEFILE_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

namespace mlir::tasd {

/// Opens a module, text or bytecode; "-" is the standard input, which is read
/// whole. Errors name the path.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
openModuleFile(StringRef path);

/// Lets passes in contexts of `registry` release the memory of `file`, which
/// must outlive them. For each registry one file.
void registerConstantStorage(DialectRegistry &registry,
                             llvm::MemoryBuffer &file);

} // namespace mlir::tasd

#endif // TASD_MODULEIO_MODULEFILE_H
