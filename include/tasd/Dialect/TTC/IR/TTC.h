//===- TTC.h - The ttc dialect ----------------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dialect, its attributes, types and ops.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TTC_IR_TTC_H
#define TASD_DIALECT_TTC_IR_TTC_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "tasd/Dialect/TASD/IR/TASD.h"
#include "tasd/Dialect/TTC/IR/Place.h"
#include "tasd/Sparsity/ElementType.h"

namespace mlir::ttc {

/// What instructions read and write: their order is kept.
struct MachineState : SideEffects::Resource::Base<MachineState> {
  StringRef getName() override { return "ttc.machine_state"; }
};

} // namespace mlir::ttc

#include "tasd/Dialect/TTC/IR/TTCDialect.h.inc"
#include "tasd/Dialect/TTC/IR/TTCEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "tasd/Dialect/TTC/IR/TTCAttributes.h.inc"

#define GET_TYPEDEF_CLASSES
#include "tasd/Dialect/TTC/IR/TTCTypes.h.inc"

#define GET_OP_CLASSES
#include "tasd/Dialect/TTC/IR/TTCOps.h.inc"

namespace mlir::ttc {

/// The dialect-free element type of one that arguments can have; none of
/// others. Integers know their sign.
std::optional<::tasd::sparsity::ElementType> getElementType(Type type);

/// The converse.
Type getType(MLIRContext *context, ::tasd::sparsity::ElementType type);

} // namespace mlir::ttc

#endif // TASD_DIALECT_TTC_IR_TTC_H
