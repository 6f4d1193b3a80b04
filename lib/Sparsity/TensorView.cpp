//===- TensorView.cpp - Strided tensors and their blocked dimensions ------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Shapes, and the checks that every entry point of the library makes first.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/TensorView.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallBitVector.h"
#include "llvm/Support/MathExtras.h"

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Error;
using llvm::Twine;

llvm::SmallVector<int64_t, 4> BlockedShape::getRowDims() const {
  llvm::SmallVector<int64_t, 4> rowDims;
  for (int64_t dim = 0, rank = shape.size(); dim < rank; ++dim)
    if (!llvm::is_contained(along, dim))
      rowDims.push_back(dim);
  return rowDims;
}

int64_t BlockedShape::getNumRows() const {
  int64_t product = 1;
  for (int64_t dim : getRowDims())
    product *= shape[dim];
  return product;
}

int64_t BlockedShape::getNumColumns() const {
  int64_t product = 1;
  for (int64_t dim : along)
    product *= shape[dim];
  return product;
}

TensorView TensorView::contiguous(const void *data, ElementType elementType,
                                  ArrayRef<int64_t> shape,
                                  ArrayRef<int64_t> along) {
  TensorView view;
  view.data = data;
  view.elementType = elementType;
  view.blocked.shape.assign(shape.begin(), shape.end());
  view.blocked.along.assign(along.begin(), along.end());
  view.strides.resize(shape.size());
  int64_t stride = 1;
  for (int64_t dim = int64_t(shape.size()) - 1; dim >= 0; --dim) {
    view.strides[dim] = stride;
    // Too large a shape is for verify to report.
    stride = int64_t(uint64_t(stride) * uint64_t(shape[dim]));
  }
  return view;
}

static Error verifyShape(ArrayRef<int64_t> shape) {
  for (auto [dim, extent] : llvm::enumerate(shape))
    if (extent < 0)
      return createStringError("expected extent >= 0 but got " + Twine(extent) +
                               " in dimension " + Twine(dim));
  // With a zero extent the tensor is empty, whatever the others multiply to.
  if (llvm::is_contained(shape, 0))
    return Error::success();
  int64_t product = 1;
  for (int64_t extent : shape)
    if (llvm::MulOverflow(product, extent, product))
      return createStringError("expected fewer than 2^63 elements");
  return Error::success();
}

static Error verifyAlong(ArrayRef<int64_t> along, int64_t rank) {
  if (along.empty())
    return createStringError("expected at least one blocked dimension");
  llvm::SmallBitVector seen(rank);
  for (int64_t dim : along) {
    if (dim < 0 || dim >= rank)
      return createStringError("expected 0 <= blocked dimension < " +
                               Twine(rank) + " but got " + Twine(dim));
    if (seen.test(dim))
      return createStringError("expected distinct blocked dimensions but got " +
                               Twine(dim) + " twice");
    seen.set(dim);
  }
  return Error::success();
}

Error TensorView::verify() const {
  if (elementType == ElementType::SI64)
    return createStringError("expected no elements of type si64");
  int64_t rank = blocked.shape.size();
  if (int64_t(strides.size()) != rank)
    return createStringError("expected " + Twine(rank) + " strides but got " +
                             Twine(strides.size()));
  if (Error error = verifyShape(blocked.shape))
    return error;
  if (Error error = verifyAlong(blocked.along, rank))
    return error;
  if (!data && !llvm::is_contained(blocked.shape, 0))
    return createStringError("expected data but got a null pointer");
  return Error::success();
}
