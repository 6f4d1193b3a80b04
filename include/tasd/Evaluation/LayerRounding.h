//===- LayerRounding.h - How well each layer is summed up -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_LAYERROUNDING_H
#define TASD_EVALUATION_LAYERROUNDING_H

#include "tasd/Evaluation/Compilation.h"
#include "tasd/Evaluation/Slicing.h"

namespace tasd::evaluation {

/// How far a back end's sums of one layer are from exact ones.
struct LayerRounding {
  /// As collectLayers names the layer.
  std::string name;
  /// The products summed up in one element.
  int64_t numProducts = 0;
  /// |y - y'| / (2 (K + 1) eps (|c| + sum |a| |b|)), the largest of all
  /// elements and data: y is what the back end gives, y' the sum in f64 of the
  /// same inputs, planned ones composed from their series; c is the init, K the
  /// number of products and eps that of the type of y. A back end that sums up
  /// in any order stays at 1 or below. Integers have no eps: 0 where they are
  /// equal, else infinite. None where not measured.
  std::optional<double> shareOfBound;
  /// Why it was not measured; empty where it was.
  std::string reason;
};

/// Measures every layer of the module, dense ones too, on inputs that fit the
/// entry; `batch` is as in runSliced. Inputs of a layer are what the back end
/// gave of the layers before. Failures are reported at the entry. Launches need
/// a context.
mlir::FailureOr<std::vector<LayerRounding>>
measureLayerRounding(mlir::ModuleOp module, mlir::func::FuncOp entry,
                     const Backend &backend, llvm::ArrayRef<NDArray> inputs,
                     int64_t batch, ProgressFunction progress);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_LAYERROUNDING_H
