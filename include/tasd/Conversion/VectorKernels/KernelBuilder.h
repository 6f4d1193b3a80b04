//===- KernelBuilder.h - Emits loops over vector code -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the kernels for dense and for packed operands emit alike: loops that
// carry values, vectors read and written at the edge of a tensor,
// multiply-adds.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_CONVERSION_VECTORKERNELS_KERNELBUILDER_H
#define TASD_CONVERSION_VECTORKERNELS_KERNELBUILDER_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::tasd {

using LoopBody =
    function_ref<SmallVector<Value>(Value index, ValueRange state)>;

/// The size of one dimension; `value` is used where it is not constant.
struct Extent {
  Value value;
  int64_t constant;

  bool isMultipleOf(int64_t step) const {
    return ShapedType::isStatic(constant) && constant % step == 0;
  }
};

class KernelBuilder {
public:
  /// Vectors have `lanes` elements of the type.
  KernelBuilder(OpBuilder &builder, Location loc, Type elementType,
                int64_t lanes);

  Value index(int64_t value);
  Value add(Value value, int64_t offset);
  Value sub(Value a, Value c);

  /// The extent of one dimension of a tensor.
  Extent extent(Value tensor, int64_t dim);

  /// `count` successive positions from `start`, none past the end of `extent`.
  SmallVector<Value> positions(Value start, int64_t count, Extent extent);

  /// The lanes of the vector at `start` that are before the end of `extent`;
  /// null if all always are, since vectors start at multiples of `step`.
  Value mask(Value start, Extent extent, int64_t step);

  /// Reads or writes a vector along the last dimension of a tensor, of the
  /// tensor's elements; `mask` may be null.
  Value read(Value tensor, ValueRange position, Value mask);
  Value write(Value vector, Value tensor, ValueRange position, Value mask);

  Value readElement(Value tensor, ValueRange position);
  Value splat(Value scalar);
  /// x * y + accumulator.
  Value multiplyAdd(Value x, Value y, Value accumulator);
  /// The sum of the lanes and `accumulator`, in any order.
  Value reduce(Value vector, Value accumulator);

  /// A loop from 0 to `end` that carries `state`.
  SmallVector<Value> loop(Value end, int64_t step, ValueRange state,
                          LoopBody body);

  ImplicitLocOpBuilder b;
  Type elementType;
  VectorType vectorType;
  Value zero;

private:
  AffineMap minorMap(Value tensor);
};

} // namespace mlir::tasd

#endif // TASD_CONVERSION_VECTORKERNELS_KERNELBUILDER_H
