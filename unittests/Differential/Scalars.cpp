//===- Scalars.cpp - Arithmetic of the bodies of linalg ops ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scalars.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace tasd::differential;
using namespace mlir;

/// Integers wrap; floats stay as they are.
static Number wrap(Format format, Number number) {
  return format.isFloat() ? number
                          : ::tasd::differential::round(format, number);
}

/// The bits of an integer read without a sign.
static Number toUnsigned(Format format, Number number) {
  return encode(format, number);
}

llvm::Expected<Scalar> Scalar::get(Operation *op) {
  using F = Function;
  F function = llvm::TypeSwitch<Operation *, F>(op)
                   .Case<arith::AddFOp, arith::AddIOp>([](auto) -> F {
                     return [](const Scalar &s, Number a, Number b) {
                       return wrap(s.to, a + b);
                     };
                   })
                   .Case<arith::SubFOp, arith::SubIOp>([](auto) -> F {
                     return [](const Scalar &s, Number a, Number b) {
                       return wrap(s.to, a - b);
                     };
                   })
                   .Case<arith::MulFOp, arith::MulIOp>([](auto) -> F {
                     return [](const Scalar &s, Number a, Number b) {
                       return wrap(s.to, a * b);
                     };
                   })
                   .Case<arith::MaximumFOp, arith::MaxSIOp>([](auto) -> F {
                     return [](const Scalar &, Number a, Number b) {
                       return std::max(a, b);
                     };
                   })
                   .Case<arith::ExtUIOp, arith::UIToFPOp>([](auto) -> F {
                     return [](const Scalar &s, Number a, Number) {
                       return toUnsigned(s.from, a);
                     };
                   })
                   .Case<arith::ExtFOp, arith::ExtSIOp, arith::SIToFPOp,
                         arith::TruncFOp, arith::TruncIOp>([](auto) -> F {
                     return [](const Scalar &s, Number a, Number) {
                       return ::tasd::differential::round(s.to, a);
                     };
                   })
                   .Default(F(nullptr));
  if (!function)
    return llvm::createStringError("the interpreter does not know '" +
                                   op->getName().getStringRef() + "'");
  return Scalar{function,
                Format::get(getElementTypeOrSelf(op->getOperand(0).getType())),
                Format::get(getElementTypeOrSelf(op->getResult(0).getType()))};
}

llvm::Expected<Body> Body::get(Block &block,
                               llvm::function_ref<Number(Value)> getCaptured) {
  Body body;
  llvm::DenseMap<Value, unsigned> slotOf;
  auto addSlot = [&](Value value, Number number) {
    slotOf[value] = body.slots.size();
    body.slots.push_back(number);
  };
  for (BlockArgument argument : block.getArguments())
    addSlot(argument, 0);
  block.walk([&](Operation *op) {
    for (Value operand : op->getOperands())
      if (operand.getParentBlock() != &block && !slotOf.contains(operand))
        addSlot(operand, getCaptured(operand));
  });
  body.firstResult = body.slots.size();
  for (Operation &op : block.without_terminator()) {
    llvm::Expected<Scalar> scalar = Scalar::get(&op);
    if (!scalar)
      return scalar.takeError();
    unsigned last = op.getNumOperands() - 1;
    body.steps.push_back(
        {*scalar, slotOf.at(op.getOperand(0)), slotOf.at(op.getOperand(last))});
    addSlot(op.getResult(0), 0);
  }
  body.yielded = slotOf.at(block.getTerminator()->getOperand(0));
  return body;
}

Number Body::apply(llvm::ArrayRef<Number> arguments) {
  llvm::copy(arguments, slots.begin());
  size_t result = firstResult;
  for (const Step &step : steps)
    slots[result++] = step.scalar.apply(slots[step.a], slots[step.b]);
  return slots[yielded];
}
