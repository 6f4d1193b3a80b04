//===- Resources.cpp - How constants are stored as resources --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Resources.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "tasd/Pass/LayerNames.h"

using namespace mlir;
using namespace mlir::tasd;

int64_t mlir::tasd::getNumBytes(RankedTensorType type) {
  return type.getNumElements() * type.getElementType().getIntOrFloatBitWidth() /
         8;
}

std::string mlir::tasd::getSeriesResourceName(Location location) {
  std::string name = getLocationName(location);
  return name.empty() ? "series" : name;
}

ElementsAttr mlir::tasd::createConstantAttr(RankedTensorType type,
                                            StringRef name,
                                            AsmResourceBlob blob) {
  if (type.getRank() == 0 || blob.getData().empty())
    return DenseElementsAttr::getFromRawBuffer(type, blob.getData());
  return DenseResourceElementsAttr::get(type, name, std::move(blob));
}

MutableArrayRef<char> NewConstants::allocate(RankedTensorType type,
                                             std::string name) {
  constants.push_back(
      {type, std::move(name),
       HeapAsmResourceBlob::allocate(getNumBytes(type), kResourceAlignment)});
  return constants.back().blob.getMutableData();
}

SmallVector<ElementsAttr> NewConstants::take() && {
  return llvm::map_to_vector(constants, [](NewConstant &constant) {
    return createConstantAttr(constant.type, constant.name,
                              std::move(constant.blob));
  });
}

Value mlir::tasd::createComponent(OpBuilder &builder, Location loc,
                                  ElementsAttr attribute,
                                  RankedTensorType type) {
  Value component = arith::ConstantOp::create(builder, loc, attribute);
  if (component.getType() == type)
    return component;
  return tensor::CastOp::create(builder, loc, type, component);
}

Value mlir::tasd::replaceInput(linalg::LinalgOp op, unsigned input,
                               ElementsAttr elements) {
  OpOperand *operand = op.getDpsInputOperand(input);
  OpBuilder builder(op);
  Value constant =
      arith::ConstantOp::create(builder, operand->get().getLoc(), elements);
  operand->set(constant);
  return constant;
}

void mlir::tasd::eraseIfDead(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || !isOpTriviallyDead(op))
    return;
  SmallVector<Value> operands(op->getOperands());
  op->erase();
  for (Value operand : operands)
    eraseIfDead(operand);
}
