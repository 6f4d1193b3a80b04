//===- ElementCast.cpp - Casts of single elements -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ElementCast.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::tasd;

bool mlir::tasd::isElementCast(Operation *op) {
  if (auto truncate = dyn_cast<arith::TruncFOp>(op))
    return !truncate.getRoundingmode();
  return isa<arith::ExtFOp, arith::ExtSIOp, arith::ExtUIOp, arith::TruncIOp,
             arith::SIToFPOp, arith::UIToFPOp>(op);
}

static APInt load(const char *in, unsigned bits) {
  APInt value(bits, 0);
  llvm::LoadIntFromMemory(value, reinterpret_cast<const uint8_t *>(in),
                          bits / 8);
  return value;
}

static APFloat castToFloat(Operation *op, Type from, const APInt &bits,
                           const llvm::fltSemantics &semantics) {
  auto rounding = APFloat::rmNearestTiesToEven;
  if (auto floatType = dyn_cast<FloatType>(from)) {
    APFloat value(floatType.getFloatSemantics(), bits);
    bool losesInfo;
    value.convert(semantics, rounding, &losesInfo);
    return value;
  }
  APFloat value(semantics);
  value.convertFromAPInt(bits, isa<arith::SIToFPOp>(op), rounding);
  return value;
}

void mlir::tasd::castElement(Operation *op, Type from, const char *in, Type to,
                             char *out) {
  APInt value = load(in, from.getIntOrFloatBitWidth());
  unsigned width = to.getIntOrFloatBitWidth();
  if (auto floatType = dyn_cast<FloatType>(to))
    value = castToFloat(op, from, value, floatType.getFloatSemantics())
                .bitcastToAPInt();
  else
    value = isa<arith::ExtSIOp>(op) ? value.sextOrTrunc(width)
                                    : value.zextOrTrunc(width);
  llvm::StoreIntToMemory(value, reinterpret_cast<uint8_t *>(out), width / 8);
}
