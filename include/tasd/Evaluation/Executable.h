//===- Executable.h - Run a compiled function on arrays ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compiles a module of the LLVM dialect for the machine it runs on and calls
// one of its functions.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_EXECUTABLE_H
#define TASD_EVALUATION_EXECUTABLE_H

#include "tasd/Evaluation/Signature.h"

#include "mlir/IR/BuiltinOps.h"

#include <memory>
#include <vector>

namespace mlir {
class ExecutionEngine;
} // namespace mlir

namespace tasd::evaluation {

/// What one call gave.
struct RunResult {
  llvm::SmallVector<NDArray> results;
  /// Wall-clock time of the call alone, without checks and copies.
  double milliseconds = 0;
  /// CPU time of the calling thread in that time.
  double threadMilliseconds = 0;
};

/// A function of a lowered module.
struct EntryPoint {
  llvm::StringRef name;
  /// Its type before bufferization.
  mlir::FunctionType type;
  /// How many of its last arguments, of static shapes, each call gets by
  /// address.
  unsigned numBuffers = 0;
};

/// A function compiled for the host's CPU.
class Executable {
public:
  /// Compiles `lowered`, whose function `entry` was, before bufferization, of
  /// type `type` and carries `llvm.emit_c_interface`. The function writes to no
  /// argument, and its results are memrefs in row-major or any strided order
  /// that `free` releases and the caller owns. The module and its context may
  /// go away afterwards. Errors: a signature of other than tensors, symbols
  /// that nothing defines.
  static llvm::Expected<Executable> create(mlir::ModuleOp lowered,
                                           llvm::StringRef entry,
                                           mlir::FunctionType type);

  /// As create, for several functions of one module, which are compiled at once
  /// and live as long as any of them. `optLevel` is that of LLVM, 0 to 3.
  static llvm::Expected<std::vector<Executable>>
  createAll(mlir::ModuleOp lowered, llvm::ArrayRef<EntryPoint> entries,
            unsigned optLevel = 3);

  Executable(Executable &&);
  Executable &operator=(Executable &&);
  ~Executable();

  /// Without the arguments that calls get by address.
  const Signature &getSignature() const { return signature; }

  /// Calls the function, which may run on several threads at once. `buffers`
  /// are the addresses of the arguments that go by address, row-major, and are
  /// only read. Errors: arrays that do not fit the signature.
  llvm::Expected<RunResult>
  run(llvm::ArrayRef<NDArray> inputs,
      llvm::ArrayRef<const void *> buffers = {}) const;

private:
  Executable(Signature signature, size_t numBuffers,
             std::shared_ptr<mlir::ExecutionEngine> engine,
             void (*function)(void **));

  /// Of the last arguments; taken out of the signature.
  llvm::SmallVector<TensorSpec> buffers;
  Signature signature;
  std::shared_ptr<mlir::ExecutionEngine> engine;
  /// Takes an array of addresses of arguments.
  void (*function)(void **);
};

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_EXECUTABLE_H
