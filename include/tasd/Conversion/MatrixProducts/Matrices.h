//===- Matrices.h - Operands as matrices ------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Views or copies of a layer's operands as two-dimensional tensors of the type
// computed in.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_MATRIXPRODUCTS_MATRICES_H
#define TASD_CONVERSION_MATRIXPRODUCTS_MATRICES_H

#include "tasd/Conversion/MatrixProducts/MultiplyAdd.h"

namespace mlir::tasd {

/// Whether `input` already is, up to a reshape, the matrix `first` x `second`.
bool isMatrix(const MultiplyAdd &layer, const MultiplyAddInput &input,
              ArrayRef<unsigned> first, ArrayRef<unsigned> second);

/// `input` as the matrix `first` x `second`, copied only if it has to be.
Value getMatrix(OpBuilder &builder, const MultiplyAdd &layer,
                const MultiplyAddInput &input, ArrayRef<unsigned> first,
                ArrayRef<unsigned> second);

/// The same, or its transpose where that alone needs no copy; says which.
std::pair<Value, bool> getEitherMatrix(OpBuilder &builder,
                                       const MultiplyAdd &layer,
                                       const MultiplyAddInput &input,
                                       ArrayRef<unsigned> first,
                                       ArrayRef<unsigned> second);

/// The initial value as the matrix rows x columns.
Value getAccumulator(OpBuilder &builder, const MultiplyAdd &layer);

/// The layer's result from the final value of that matrix.
Value getResult(OpBuilder &builder, const MultiplyAdd &layer, Value matrix);

/// The K x N matrix (N x K if transposed) as panels N/width x K x width, the
/// last one padded by zeros.
Value packPanels(OpBuilder &builder, Location loc, Value matrix,
                 bool isTransposed, int64_t width);

} // namespace mlir::tasd

#endif // TASD_CONVERSION_MATRIXPRODUCTS_MATRICES_H
