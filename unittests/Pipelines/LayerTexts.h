//===- LayerTexts.h - Random layers as text ---------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions of one linalg op in random small shapes: ragged, empty, strided,
// dilated, grouped, with dynamic extents.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_PIPELINES_LAYERTEXTS_H
#define TASD_UNITTESTS_PIPELINES_LAYERTEXTS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace tasd::test {

using Shape = llvm::SmallVector<int64_t, 6>;

/// Element types of the two inputs and the result.
struct LayerTypes {
  const char *lhs, *rhs, *result;
};

/// A kind of op and how to draw its shapes.
struct LayerKind {
  /// As written in MLIR, up to `ins`; strides and dilations are appended if the
  /// op has windows.
  const char *op;
  /// Operands by letters: `b` batch, `g` group, `m` `n` `k` matrix dimensions,
  /// `h` `w` `d` output positions and their windows `y` `x` `z`; upper case
  /// `H`, `W`, `D` for the input extents that they need.
  const char *lhs, *rhs, *result;
  /// Nothing to multiply as a matrix, at least in some shapes.
  bool mayStayLoops = false;
};

struct LayerText {
  /// A module with the function `main(lhs, rhs, init) -> result`.
  std::string text;
  Shape shapes[3];
};

const std::vector<LayerKind> &getLayerKinds();
const std::vector<LayerTypes> &getLayerTypes();

/// One layer; `allowDynamic` hides some extents from its types.
LayerText drawLayer(const LayerKind &kind, const LayerTypes &types,
                    std::mt19937 &random, bool allowDynamic);

} // namespace tasd::test

#endif // TASD_UNITTESTS_PIPELINES_LAYERTEXTS_H
