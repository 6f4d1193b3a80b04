//===- SeriesWeights.h - Constant weights with a series ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_DIALECT_TASD_TRANSFORMS_SERIESWEIGHTS_H
#define TASD_LIB_DIALECT_TASD_TRANSFORMS_SERIESWEIGHTS_H

#include "tasd/Dialect/TASD/Analysis/Layer.h"

namespace mlir::tasd {

/// An input of a layer that is decomposed when compiled.
struct SeriesWeights {
  NamedLayer named;
  unsigned input;
  SeriesAttr series;
  SmallVector<int64_t> along;

  const Layer &getLayer() const { return named.layer; }
  Value getValue() const { return named.layer.getInput(input); }
  bool isUnsigned() const {
    return named.layer.getContraction().isUnsigned[input];
  }
};

/// The weights of all planned layers of a module, and those of layers without a
/// plan by the series `unplanned`, unless that is null.
std::vector<SeriesWeights> collectSeriesWeights(ModuleOp module,
                                                SeriesAttr unplanned);

} // namespace mlir::tasd

#endif // TASD_LIB_DIALECT_TASD_TRANSFORMS_SERIESWEIGHTS_H
