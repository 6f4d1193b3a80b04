//===- Signature.h - What a function takes and gives ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function's type in terms of arrays, and the check of arrays against it. It
// does not refer to the context of the module it came from.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_SIGNATURE_H
#define TASD_EVALUATION_SIGNATURE_H

#include "tasd/Evaluation/NDArray.h"

#include "llvm/Support/Error.h"

namespace mlir {
class FunctionType;
} // namespace mlir

namespace tasd::evaluation {

/// A ranked tensor type.
struct TensorSpec {
  /// The type of a result; arguments take the dtypes of `accepted`.
  DType dtype;
  /// Integers without a sign take either signedness; index takes 64-bit
  /// integers; bf16 and f8E4M3FN, which NumPy lacks, unsigned integers of their
  /// bits.
  llvm::SmallVector<DType, 2> accepted;
  /// Negative extents are dynamic.
  llvm::SmallVector<int64_t, 4> shape;
  /// The type as written: "tensor<4x?xf32>".
  std::string text;

  int64_t getRank() const { return shape.size(); }
};

/// A function from tensors to tensors.
struct Signature {
  llvm::SmallVector<TensorSpec> inputs;
  llvm::SmallVector<TensorSpec> results;

  /// Errors: a type that is no ranked tensor, or of elements that arrays cannot
  /// hold.
  static llvm::Expected<Signature> get(mlir::FunctionType type);

  /// Checks number, element types and shapes of arguments. Where
  /// `allowMoreRows`, a static leading extent may differ.
  llvm::Error verifyInputs(llvm::ArrayRef<NDArray> arrays,
                           bool allowMoreRows = false) const;
};

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_SIGNATURE_H
