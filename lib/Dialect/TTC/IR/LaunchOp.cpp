//===- LaunchOp.cpp - The host runs a program -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TTC/IR/TTC.h"

using namespace mlir;
using namespace mlir::ttc;

Speculation::Speculatability LaunchOp::getSpeculatability() {
  return Speculation::NotSpeculatable;
}

void LaunchOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  if (hasPureTensorSemantics())
    return;
  for (OpOperand &input : getInputsMutable())
    effects.emplace_back(MemoryEffects::Read::get(), &input);
  for (OpOperand &output : getOutputsMutable()) {
    effects.emplace_back(MemoryEffects::Read::get(), &output);
    effects.emplace_back(MemoryEffects::Write::get(), &output);
  }
}

LogicalResult LaunchOp::verify() {
  if (!hasPureTensorSemantics() && !hasPureBufferSemantics()) // launch_c3
    return emitOpError("expected all operands to be tensors or all buffers");
  return success();
}

std::optional<int64_t> LaunchOp::getPart() {
  auto part = (*this)->getAttrOfType<IntegerAttr>(TTCDialect::kPartAttrName);
  return part ? std::optional(part.getInt()) : std::nullopt;
}

std::string LaunchOp::getLaunchName() {
  int64_t part = getPart().value_or(0);
  return getLayerName().str() +
         (part ? " (part " + std::to_string(part) + ")" : "");
}

/// Whether host code may give a tensor of `type` where a program wants
/// `expected`: the same, or for packed terms rows of any rank.
static bool isCompatible(ShapedType type, RankedTensorType expected,
                         bool isPacked) {
  if (type.getElementType() != expected.getElementType())
    return false;
  if (!isPacked)
    return succeeded(verifyCompatibleShape(type, expected));
  if (type.getRank() == 0)
    return false;
  int64_t numRows = 1;
  for (int64_t extent : type.getShape().drop_back())
    numRows = ShapedType::isDynamic(extent) || ShapedType::isDynamic(numRows)
                  ? ShapedType::kDynamic
                  : numRows * extent;
  return succeeded(verifyCompatibleShape({numRows, type.getShape().back()},
                                         expected.getShape()));
}

LogicalResult LaunchOp::verifySymbolUses(SymbolTableCollection &symbols) {
  auto program =
      symbols.lookupNearestSymbolFrom<ProgramOp>(*this, getProgramAttr());
  if (!program) // launch_c1
    return emitOpError("expected a ttc.program named ") << getProgramAttr();
  SmallVector<RankedTensorType> expected = program.getHostTypes();
  SmallVector<Value> operands(getInputs());
  llvm::append_range(operands, getOutputs());
  if (operands.size() != expected.size()) { // launch_c2
    InFlightDiagnostic diag = emitOpError("expected ")
                              << expected.size() << " tensors but got "
                              << operands.size();
    diag.attachNote(program.getLoc()) << "the program is here";
    return diag;
  }
  SmallVector<ArgumentOp> owners;
  for (auto argument : program.getOps<ArgumentOp>())
    owners.append(argument.getHostTypes().size(), argument);
  for (auto [index, operand, type, owner] :
       llvm::enumerate(operands, expected, owners)) {
    if (isCompatible(cast<ShapedType>(operand.getType()), type,
                     isa<PackedArgumentType>(owner.getType())))
      continue;
    InFlightDiagnostic diag = emitOpError("tensor ") // launch_c2
                              << index << ": expected " << type << " but got "
                              << operand.getType();
    diag.attachNote(owner.getLoc())
        << "of argument \"" << owner.getName() << "\"";
    return diag;
  }
  return success();
}
