//===- LayerErrors.h - How far plans move each layer's output ---*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_LAYERERRORS_H
#define TASD_EVALUATION_LAYERERRORS_H

#include "tasd/Evaluation/Compilation.h"
#include "tasd/Evaluation/Slicing.h"

namespace tasd::evaluation {

/// How far the series of one layer move its output.
struct LayerError {
  /// As collectLayers names the layer.
  std::string name;
  /// ||y' - y|| / ||y|| in the L2 norm over all data: y is the layer's output
  /// in the dense model, y' what the layer gives for the same inputs with its
  /// planned operands composed from their series. None where not measured.
  std::optional<double> relativeError;
  /// Why it was not measured; empty where it was.
  std::string reason;
};

/// Measures every planned layer of the module, each by itself, on inputs that
/// fit the entry; `batch` is as in runSliced. Memory does not grow with the
/// number of batches. Failures, also outputs of a layer that are not finite,
/// are reported at the entry.
mlir::FailureOr<std::vector<LayerError>>
measureLayerErrors(mlir::ModuleOp module, mlir::func::FuncOp entry,
                   const Backend &backend, llvm::ArrayRef<NDArray> inputs,
                   int64_t batch, ProgressFunction progress);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_LAYERERRORS_H
