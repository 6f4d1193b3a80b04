//===- MultiplyAddBody.cpp - Bodies that sum products ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/Analysis/MultiplyAddBody.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/CastInterfaces.h"

using namespace mlir;
using namespace mlir::tasd;

bool Factor::isWidenedOnce() const {
  return casts.empty() ||
         (casts.size() == 1 &&
          isa<arith::ExtFOp, arith::ExtSIOp, arith::ExtUIOp, arith::SIToFPOp,
              arith::UIToFPOp>(casts.front()));
}

bool Factor::isUnsigned() const {
  return !casts.empty() && isa<arith::ExtUIOp, arith::UIToFPOp>(casts.front());
}

/// Follows unary casts to the argument of `body` they start from.
static Factor traceCasts(Value value, Block &body) {
  Factor factor;
  while (Operation *op = value.getDefiningOp()) {
    if (!isa<CastOpInterface>(op) || op->getNumOperands() != 1)
      return Factor();
    factor.casts.push_back(op);
    value = op->getOperand(0);
  }
  std::reverse(factor.casts.begin(), factor.casts.end());
  auto argument = cast<BlockArgument>(value);
  if (argument.getOwner() == &body)
    factor.argument = argument;
  return factor;
}

static Factor traceFactor(Value value, Block &body) {
  auto subtract = value.getDefiningOp<arith::SubIOp>();
  if (!subtract)
    return traceCasts(value, body);
  Factor factor = traceCasts(subtract.getLhs(), body);
  Factor zeroPoint = traceCasts(subtract.getRhs(), body);
  factor.zeroPoint = zeroPoint.argument;
  bool isPlain = zeroPoint.argument && zeroPoint.isWidenedOnce() &&
                 zeroPoint.argument.getType().isSignlessInteger(32);
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
  Value addend = matchAddend(yield->getOperand(0), body.getArguments().back());
  Operation *multiply = addend ? addend.getDefiningOp() : nullptr;
  if (!multiply || !isa<arith::MulFOp, arith::MulIOp>(multiply))
    return std::nullopt;
  Factor lhs = traceFactor(multiply->getOperand(0), body),
         rhs = traceFactor(multiply->getOperand(1), body);
  if (lhs.argument && rhs.argument &&
      lhs.argument.getArgNumber() > rhs.argument.getArgNumber())
    std::swap(lhs, rhs);
  return MultiplyAddBody{{std::move(lhs), std::move(rhs)}, addend.getType()};
}
