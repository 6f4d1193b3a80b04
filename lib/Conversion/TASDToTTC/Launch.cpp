//===- Launch.cpp - The launch of a layer ---------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Launch.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::tasd;

/// Where the result of a launch goes: into the init, or, where that is not
/// read, anywhere. Sums of narrower floats are wider.
static Value getDestination(OpBuilder &builder, const AcceleratorLayer &layer,
                            RankedTensorType sumType) {
  Location loc = layer.work.op->getLoc();
  Value init = layer.getInit();
  // Rows that no part computes stay as they are.
  if (!layer.work.accumulates && !layer.part)
    return tensor::EmptyOp::create(builder, loc, sumType.getShape(),
                                   sumType.getElementType());
  if (init.getType() == sumType)
    return init;
  return arith::ExtFOp::create(builder, loc, sumType, init);
}

void mlir::tasd::replaceByLaunch(const AcceleratorLayer &layer, unsigned a,
                                 ttc::ProgramOp program) {
  Operation *op = layer.work.op;
  OpBuilder builder(op);
  SmallVector<Value> inputs = layer.getLaunchInputs(builder, a);
  Value destination =
      getDestination(builder, layer, program.getHostTypes().back());
  StringAttr name = builder.getStringAttr(layer.work.name);
  auto launch = ttc::LaunchOp::create(
      builder, op->getLoc(), destination.getType(),
      FlatSymbolRefAttr::get(program), inputs, destination,
      name == program.getSymNameAttr() ? StringAttr() : name);
  if (layer.part)
    launch->setAttr(ttc::TTCDialect::kPartAttrName,
                    builder.getI64IntegerAttr(layer.part->index));
  Value result = launch.getResult(0);
  Type type = op->getResult(0).getType();
  if (result.getType() != type)
    result = arith::TruncFOp::create(builder, op->getLoc(), type, result);
  if (layer.part && !layer.part->isLast()) {
    cast<ContractOp>(op).getInitMutable().set(result);
    return;
  }
  op->getResult(0).replaceAllUsesWith(result);
  op->erase();
}
