//===- Transformer.h - A stack of transformer blocks ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Builds a module as importers leave it: linear layers of weights in
// `dense_resource`, and between them attention, residual additions and a
// rectifier, in f32.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_LARGEMODELS_TRANSFORMER_H
#define TASD_BENCHMARKS_LARGEMODELS_TRANSFORMER_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace tasd::largemodels {

struct TransformerOptions {
  /// Bytes of all weights: as many blocks as fit, and what is left over in a
  /// last layer that scores a vocabulary. A multiple of a weight row's bytes.
  int64_t weightBytes;
  /// Features of a token; the inner layers of a block have four times as many.
  int64_t width;
  /// Rows of the input.
  int64_t tokens;
  /// Whether weights are stored input features by output features, as ONNX
  /// does, and not the other way round, as PyTorch does.
  bool inputsFirst;
  /// Of the weights: f32, f16, bf16 or i8.
  mlir::Type elementType;
  /// Share of the weights that is not zero.
  double density;
  uint64_t seed;
};

/// The module, with its function `main`. Null after a diagnostic.
mlir::OwningOpRef<mlir::ModuleOp>
buildTransformer(mlir::MLIRContext *context, const TransformerOptions &options);

} // namespace tasd::largemodels

#endif // TASD_BENCHMARKS_LARGEMODELS_TRANSFORMER_H
