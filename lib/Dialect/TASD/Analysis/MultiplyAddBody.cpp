//===- MultiplyAddBody.cpp - Bodies that sum products ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MultiplyAddBody.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::tasd;

/// Follows at most one widening cast to the block argument it starts from.
static Factor traceCast(Value value) {
  Factor factor;
  if (Operation *cast = value.getDefiningOp()) {
    if (!isa<arith::ExtFOp, arith::ExtSIOp, arith::ExtUIOp, arith::SIToFPOp,
             arith::UIToFPOp>(cast))
      return factor;
    factor.isUnsigned = isa<arith::ExtUIOp, arith::UIToFPOp>(cast);
    value = cast->getOperand(0);
  }
  factor.argument = dyn_cast<BlockArgument>(value);
  return factor;
}

static Factor traceFactor(Value value) {
  auto subtract = value.getDefiningOp<arith::SubIOp>();
  if (!subtract)
    return traceCast(value);
  Factor factor = traceCast(subtract.getLhs());
  Factor zeroPoint = traceCast(subtract.getRhs());
  factor.zeroPoint = zeroPoint.argument;
  bool isPlain =
      zeroPoint.argument && zeroPoint.argument.getType().isSignlessInteger(32);
  return isPlain ? factor : Factor();
}

/// The value that `value` adds to `accumulator`; null if it is no such sum.
static Value matchAddend(Value value, Value accumulator) {
  Operation *add = value.getDefiningOp();
  if (!add || !isa<arith::AddFOp, arith::AddIOp>(add))
    return nullptr;
  if (add->getOperand(0) == accumulator)
    return add->getOperand(1);
  return add->getOperand(1) == accumulator ? add->getOperand(0) : Value();
}

std::optional<MultiplyAddBody> mlir::tasd::matchMultiplyAddBody(Block &body) {
  Operation *yield = body.getTerminator();
  if (yield->getNumOperands() != 1 || body.getNumArguments() < 3)
    return std::nullopt;
  Value addend = matchAddend(yield->getOperand(0),
                             body.getArgument(body.getNumArguments() - 1));
  Operation *multiply = addend ? addend.getDefiningOp() : nullptr;
  if (!multiply || !isa<arith::MulFOp, arith::MulIOp>(multiply))
    return std::nullopt;
  MultiplyAddBody factors = {traceFactor(multiply->getOperand(0)),
                             traceFactor(multiply->getOperand(1))};
  if (factors[0].argument && factors[1].argument &&
      factors[0].argument.getArgNumber() > factors[1].argument.getArgNumber())
    std::swap(factors[0], factors[1]);
  return factors;
}
