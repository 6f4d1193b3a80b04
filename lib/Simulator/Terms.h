//===- Terms.h - Terms of A as tiles -------------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What packed arguments hold, and what TASD units extract, as if dense:
// Sparsity does both.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_TERMS_H
#define TASD_LIB_SIMULATOR_TERMS_H

#include "LaunchTensors.h"

#include "tasd/Sparsity/Pattern.h"

namespace tasd::simulator {

/// The terms of a packed argument, whose components are the first of `tensors`:
/// rows of all batches in order. Errors: Sparsity's.
template <typename Element>
llvm::Expected<std::vector<TileData<Element>>>
unpackTerms(const PackedArgument &argument, llvm::ArrayRef<Tensor> tensors);

/// The tile of each term at (batch, row, column); zeros past the extents.
template <typename Element>
std::vector<TileData<Element>>
readTerms(const PackedArgument &argument,
          llvm::ArrayRef<TileData<Element>> terms,
          llvm::ArrayRef<int64_t> origin, int64_t rows, int64_t columns);

/// The terms of a dense tile of elements of `type`.
template <typename Element>
std::vector<TileData<Element>> decomposeTile(const TileData<Element> &tile,
                                             sparsity::ElementType type,
                                             const sparsity::Series &series);

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_TERMS_H
