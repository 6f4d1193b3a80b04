//===- TASD.h - The tasd dialect --------------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dialect, its attributes, types and ops.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TASD_IR_TASD_H
#define TASD_DIALECT_TASD_IR_TASD_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/TilingInterface.h"
#include "tasd/Dialect/TASD/IR/Contraction.h"
#include "tasd/Sparsity/Layout.h"
#include "tasd/Sparsity/Metrics.h"
#include "tasd/Sparsity/Pattern.h"
#include "llvm/ADT/StringMap.h"

#include <functional>
#include <map>
#include <memory>

namespace tasd::sparsity {
struct OperandProfile;
struct ProfileRequest;
} // namespace tasd::sparsity

namespace mlir::tasd {
/// The dialect-free library of patterns, selection and packing.
namespace sparsity = ::tasd::sparsity;

class LayoutTarget;
class SeriesAttr;

/// An entry of a packed term as generated code sees it.
struct Slot {
  Value value;
  /// An index into the blocked dimensions, flattened.
  Value column;
};
} // namespace mlir::tasd

#include "tasd/Dialect/TASD/IR/TASDDialect.h.inc"
#include "tasd/Dialect/TASD/IR/TASDEnums.h.inc"

#define GET_TYPEDEF_CLASSES
#include "tasd/Dialect/TASD/IR/TASDTypes.h.inc"

#include "tasd/Dialect/TASD/IR/TASDAttrInterfaces.h.inc"

#define GET_ATTRDEF_CLASSES
#include "tasd/Dialect/TASD/IR/TASDAttributes.h.inc"

#define GET_OP_CLASSES
#include "tasd/Dialect/TASD/IR/TASDOps.h.inc"

namespace mlir::tasd {

/// The dialect-free element type of a builtin one; none where series cannot
/// have it. Signless integers take the signedness from the op they stand in.
std::optional<sparsity::ElementType> getSparsityElementType(Type type,
                                                            bool isUnsigned);

/// Checks that a tensor can be blocked along dimensions: these are distinct,
/// have static extents, and the elements are ones that series can have.
LogicalResult verifyBlockedTensor(function_ref<InFlightDiagnostic()> emitError,
                                  ArrayRef<int64_t> shape, Type elementType,
                                  ArrayRef<int64_t> along);

/// The type of a component of a series of these elements. Extents that depend
/// on what is stored are dynamic.
RankedTensorType getComponentType(const sparsity::PackedComponent &component,
                                  Type tensorElementType);

/// Components before casts to their types, which may leave extents open.
SmallVector<Value> getSizedComponents(ValueRange components);

} // namespace mlir::tasd

#endif // TASD_DIALECT_TASD_IR_TASD_H
