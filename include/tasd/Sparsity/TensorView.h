//===- TensorView.h - A strided tensor with its blocked dimensions -*- C++ -*-//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How Sparsity sees a tensor: memory, shape, strides, and the dimensions along
// which blocks run. The blocked dimensions, flattened in the order named, are
// the columns; all other dimensions, flattened in their own order, the rows.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SPARSITY_TENSORVIEW_H
#define TASD_SPARSITY_TENSORVIEW_H

#include "tasd/Sparsity/ElementType.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"

#include <cstdint>

namespace tasd::sparsity {

/// The logical shape of a tensor and the dimensions its blocks run along.
struct BlockedShape {
  llvm::SmallVector<int64_t, 4> shape;
  /// Distinct positions in `shape`, outermost first.
  llvm::SmallVector<int64_t, 4> along;

  /// The dimensions not in `along`, ascending.
  llvm::SmallVector<int64_t, 4> getRowDims() const;
  /// Product of the extents of the row dimensions.
  int64_t getNumRows() const;
  /// Product of the extents of the blocked dimensions.
  int64_t getNumColumns() const;
};

/// A read-only strided tensor. Strides are in elements, may be negative or 0
/// (a broadcast); element (i0, i1, ...) stands at data + sum(i*stride).
struct TensorView {
  const void *data = nullptr;
  ElementType elementType = ElementType::F32;
  BlockedShape blocked;
  llvm::SmallVector<int64_t, 4> strides;

  /// A view of `data` in row-major order.
  static TensorView contiguous(const void *data, ElementType elementType,
                               llvm::ArrayRef<int64_t> shape,
                               llvm::ArrayRef<int64_t> along);

  /// Checks ranks, extents and `along`; says what was expected and found.
  llvm::Error verify() const;
};

/// As TensorView, writable. No two elements may share an address.
struct MutableTensorView {
  void *data = nullptr;
  ElementType elementType = ElementType::F32;
  BlockedShape blocked;
  llvm::SmallVector<int64_t, 4> strides;

  operator TensorView() const { return {data, elementType, blocked, strides}; }
};

} // namespace tasd::sparsity

#endif // TASD_SPARSITY_TENSORVIEW_H
