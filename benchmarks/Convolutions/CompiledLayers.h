//===- CompiledLayers.h - Layers compiled for the CPU -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_CONVOLUTIONS_COMPILEDLAYERS_H
#define TASD_BENCHMARKS_CONVOLUTIONS_COMPILEDLAYERS_H

#include "Convolution.h"

#include "tasd/Evaluation/Executable.h"

namespace tasd::convolutions {

/// How layers are compiled: planned by a series or dense where it is empty, for
/// the CPU with vectors of so many bits, or as plain loops.
struct Way {
  std::string series;
  unsigned vectorBits;
  bool isReference = false;
};

/// Compiles layers of random weights as one module, in order. Errors have been
/// emitted.
mlir::FailureOr<std::vector<evaluation::Executable>>
compileLayers(llvm::ArrayRef<Convolution> layers, const Way &way);

} // namespace tasd::convolutions

#endif // TASD_BENCHMARKS_CONVOLUTIONS_COMPILEDLAYERS_H
