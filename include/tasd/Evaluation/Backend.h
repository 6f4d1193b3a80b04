//===- Backend.h - Where a program runs -------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What tells one back end from another. Everything else in this library asks
// here.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_BACKEND_H
#define TASD_EVALUATION_BACKEND_H

#include "tasd/Cost/MappingSearch.h"
#include "tasd/Pipelines/LinalgToLLVM.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <memory>

namespace tasd::evaluation {

/// Where a program runs. Immutable, and so thread-safe.
class Backend {
public:
  virtual ~Backend();

  /// Adds the passes that take the layers of planned linalg on tensors to
  /// launches on the accelerator; none where there is no accelerator.
  virtual void buildLayerPipeline(mlir::OpPassManager &pm) const {}

  /// Adds the passes that take what is left to the LLVM dialect.
  virtual void buildHostPipeline(mlir::OpPassManager &pm) const = 0;

  /// The accelerator, whose programs have static extents; null where everything
  /// runs on this machine's CPU.
  virtual const machine::Machine *getMachine() const { return nullptr; }
};

/// Everything as plain loops: slow, and plain to read.
const Backend &getReferenceBackend();

/// This machine's CPU, vectorised.
const Backend &getCPUBackend();

/// How the CPU's part of a program is compiled.
struct HostOptions {
  mlir::tasd::DenseKernels dense = mlir::tasd::DenseKernels::Vector;
  /// At least 1.
  unsigned numThreads = 1;
};

/// What a back end is made by.
struct BackendOptions {
  /// "reference", "cpu" or "ttc", which is the simulated accelerator.
  std::string name = "cpu";
  /// The accelerator's name, or the path of its file.
  std::string machine;
  /// What mappings minimise that plans do not have.
  cost::Objective objective = cost::Objective::Edp;
  HostOptions host;
};

/// Errors: another name, an accelerator without a machine or the converse, a
/// machine that cannot be read or runs no programs; plain loops that should
/// call a library or run on several threads.
llvm::Expected<std::unique_ptr<Backend>>
createBackend(const BackendOptions &options);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_BACKEND_H
