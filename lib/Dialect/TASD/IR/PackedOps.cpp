//===- PackedOps.cpp - Ops on the packed form -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include <numeric>

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// AssembleOp and DisassembleOp
//===----------------------------------------------------------------------===//

OperandRange AssembleOp::getTermComponents(int64_t index) {
  SmallVector<int64_t> counts = getType().getNumComponents();
  int64_t begin = std::accumulate(counts.begin(), counts.begin() + index,
                                  static_cast<int64_t>(0));
  return getComponents().slice(begin, counts[index]);
}

SmallVector<Value> mlir::tasd::getSizedComponents(ValueRange components) {
  return llvm::map_to_vector(components, [](Value component) {
    auto cast = component.getDefiningOp<tensor::CastOp>();
    return cast ? cast.getSource() : component;
  });
}

SmallVector<Value> AssembleOp::getSizedComponents() {
  return tasd::getSizedComponents(getComponents());
}

LogicalResult AssembleOp::verify() {
  if (!getType().hasStaticShape() &&
      !getType().getSeries().hasFixedSize()) // assemble_c2
    return emitOpError("expected a static shape, since the packed form of ")
           << getType().getSeries().getText() << " has no fixed size, but got "
           << getType();
  return success();
}

OpFoldResult AssembleOp::fold(FoldAdaptor) {
  auto disassemble = getComponents()[0].getDefiningOp<DisassembleOp>();
  if (disassemble && disassemble.getSeries().getType() == getType() &&
      llvm::equal(getComponents(), disassemble.getResults()))
    return disassemble.getSeries();
  return {};
}

LogicalResult DisassembleOp::fold(FoldAdaptor,
                                  SmallVectorImpl<OpFoldResult> &results) {
  auto assemble = getSeries().getDefiningOp<AssembleOp>();
  if (!assemble)
    return failure();
  llvm::append_range(results, assemble.getComponents());
  return success();
}

//===----------------------------------------------------------------------===//
// PackOp
//===----------------------------------------------------------------------===//

SeriesType PackOp::getSeriesType() {
  auto input = cast<ShapedType>(getInput().getType());
  return SeriesType::get(getContext(), input.getShape(), input.getElementType(),
                         getSeries().getStored(), getAlong());
}

Speculation::Speculatability PackOp::getSpeculatability() {
  return hasPureTensorSemantics() ? Speculation::Speculatable
                                  : Speculation::NotSpeculatable;
}

void PackOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  if (hasPureTensorSemantics())
    return;
  effects.emplace_back(MemoryEffects::Read::get(), &getInputMutable());
  for (OpOperand &output : getOutputsMutable())
    effects.emplace_back(MemoryEffects::Write::get(), &output);
}

LogicalResult PackOp::verify() {
  auto input = cast<ShapedType>(getInput().getType());
  auto emit = [&] { return emitOpError("input and series: "); };
  if (failed(verifyBlockedTensor(emit, input.getShape(), input.getElementType(),
                                 getAlong()))) // pack_c1
    return failure();
  std::string obstacle = getSeries().findRunTimeObstacle();
  if (!obstacle.empty()) // pack_c5
    return emitOpError(obstacle);
  if (getIsUnsigned() && !input.getElementType().isInteger()) // pack_c4
    return emitOpError(
               "expected an integer element type with `unsigned` but got ")
           << input.getElementType();
  if (!hasPureTensorSemantics() && !hasPureBufferSemantics()) // pack_c3
    return emitOpError("expected all operands to be tensors or all buffers");
  SmallVector<RankedTensorType> expected = getSeriesType().getComponentTypes();
  if (expected.size() != getOutputs().size()) // pack_c2
    return emitOpError("expected ")
           << expected.size() << " outputs but got " << getOutputs().size();
  for (auto [index, type, output] : llvm::enumerate(expected, getOutputs())) {
    auto shaped = cast<ShapedType>(output.getType());
    if (shaped.getElementType() != type.getElementType() ||
        failed(verifyCompatibleShape(shaped, type))) // pack_c2
      return emitOpError("output ") << index << ": expected the shape of "
                                    << type << " but got " << shaped;
  }
  return success();
}
