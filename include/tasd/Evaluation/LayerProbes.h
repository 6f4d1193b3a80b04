//===- LayerProbes.h - Measure layers inside a program ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rewrites a planned module into one that measures its layers: the function
// computes the dense model, beside each planned layer that layer once more with
// its planned operands composed from their series, and returns sums over the
// differences of the two.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_LAYERPROBES_H
#define TASD_EVALUATION_LAYERPROBES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <string>
#include <vector>

namespace tasd::evaluation {

/// One layer of a probed module.
struct LayerProbe {
  /// As collectLayers names it.
  std::string name;
  /// Why the layer is not measured; empty if it is.
  std::string obstacle;

  bool isMeasured() const { return obstacle.empty(); }
};

struct ProbedModule {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  /// Takes what the entry took. Result 2 * i of the i-th measured layer is
  /// sum((y' - y)^2), result 2 * i + 1 is sum(y^2), both tensor<f64>: y is the
  /// layer's output in the dense model, y' what the layer gives for the same
  /// inputs with its planned operands composed.
  mlir::func::FuncOp entry;
  /// Every layer of the module, in order.
  std::vector<LayerProbe> layers;
};

/// Probes a copy of `module`. Layers are measured that have a plan and stand in
/// the one block of the entry. The plans can be carried out.
ProbedModule addLayerProbes(mlir::ModuleOp module, mlir::func::FuncOp entry);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_LAYERPROBES_H
