//===- ConstantTensor.h - Constants behind foldable ops ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sees a value as constant data: weights in `dense<>`, `dense_resource` or an
// immutable `ml_program.global`, behind transposes, broadcasts, reshapes,
// slices and casts. Views are told by strides; only casts and awkward reshapes
// copy.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_ANALYSIS_CONSTANTTENSOR_H
#define TASD_DIALECT_TASD_ANALYSIS_CONSTANTTENSOR_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Value.h"
#include "tasd/Dialect/TASD/IR/TASD.h"

#include <memory>
#include <vector>

namespace mlir::tasd {

/// Whether elements of this type are stored as whole bytes.
bool hasPlainElements(Type elementType);

/// The bytes of an elements attribute in row-major order, or of its one element
/// if it is a splat. Errors: `dense_resource` without data or of the wrong
/// size, which MLIR itself accepts; elements that are not plain numbers.
struct ElementsData {
  ArrayRef<char> bytes;
  bool isSplat = false;

  static FailureOr<ElementsData>
  get(ElementsAttr attr, function_ref<InFlightDiagnostic()> emitError);
};

/// The immutable global that `op` loads; null if `op` is no load of one.
Operation *findConstantGlobal(Operation *op);

class ConstantTensor {
public:
  /// Whether `value` is a tensor that `get` can see through to constant data.
  /// Structure alone decides: no data is read.
  static bool isConstant(Value value);

  /// The data of a value for which isConstant holds. Errors are emitted at the
  /// op whose data is at fault.
  static FailureOr<ConstantTensor> get(Value value);

  RankedTensorType getType() const { return type; }

  /// Whether the data are a copy of this tensor's own, which dies with it.
  bool isCopy() const { return copy != nullptr; }

  /// The data as Sparsity sees it; the element type must be one that series can
  /// have. Valid while this lives.
  sparsity::TensorView getView(ArrayRef<int64_t> along, bool isUnsigned) const;

private:
  friend class ConstantFolder;
  RankedTensorType type;
  /// Address of element 0.
  const char *data = nullptr;
  /// In elements.
  SmallVector<int64_t> strides;
  /// Keeps copies alive; null where the data belongs to an attribute.
  std::shared_ptr<std::vector<char>> copy;
};

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_ANALYSIS_CONSTANTTENSOR_H
