//===- ModuleSession.h - A module and its context ---------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_MODULESESSION_H
#define TASD_LIB_EVALUATION_MODULESESSION_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

namespace tasd::evaluation {

/// A context for one file, which knows all that tools run, and whose
/// diagnostics show the file's lines on the standard error.
class ModuleSession {
public:
  /// On the threads of `pool`, or without one on some of the context's own.
  explicit ModuleSession(std::unique_ptr<llvm::MemoryBuffer> file,
                         llvm::ThreadPoolInterface *pool = nullptr);

  mlir::MLIRContext &getContext() { return context; }
  /// The module, which lives as long as this; null after an error, which was
  /// reported.
  mlir::ModuleOp parse();

private:
  mlir::MLIRContext context;
  /// Shared, so that resources of bytecode stay in the file.
  std::shared_ptr<llvm::SourceMgr> sources;
  mlir::SourceMgrDiagnosticHandler handler;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_MODULESESSION_H
