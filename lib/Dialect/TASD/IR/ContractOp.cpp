//===- ContractOp.cpp - The contraction of series -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "llvm/Support/MathExtras.h"

#include <numeric>

using namespace mlir;
using namespace mlir::tasd;

Contraction ContractOp::getContraction() {
  Contraction contraction;
  for (auto map : getIndexingMaps().getAsRange<AffineMapAttr>())
    contraction.maps.push_back(map.getValue());
  for (Value operand : {getLhs(), getRhs(), Value(getInit())})
    contraction.types.push_back(cast<ShapedType>(operand.getType()));
  contraction.isUnsigned = {getUnsignedLhs(), getUnsignedRhs()};
  contraction.hasZeroPoint = static_cast<bool>(getZeroPoint());
  return contraction;
}

/// The multiple that tiles of one series' blocked dimension begin at.
static int64_t getTileMultipleOf(SeriesType type, int64_t dim) {
  std::optional<int64_t> block = type.getSeries().getSeries().getBlockSize();
  if (dim != type.getAlong().front() || !block)
    return 0;
  int64_t inner = 1;
  for (int64_t other : type.getAlong().drop_front())
    inner *= type.getDimSize(other);
  return inner == 0 ? 1 : *block / std::gcd(*block, inner);
}

/// The least common multiple; 0 where one of them is 0 or it exceeds int64_t.
static int64_t getCommonMultiple(int64_t a, int64_t b) {
  int64_t multiple;
  if (a == 0 || b == 0 || llvm::MulOverflow(a / std::gcd(a, b), b, multiple))
    return 0;
  return multiple;
}

int64_t ContractOp::getTileMultiple(unsigned loop) {
  int64_t multiple = 1;
  for (unsigned input : {Contraction::Lhs, Contraction::Rhs}) {
    auto type = dyn_cast<SeriesType>(getOperand(input).getType());
    if (!type)
      continue;
    for (int64_t dim : type.getAlong())
      if (matchLoop(getMap(input).getResult(dim)) == loop)
        multiple = getCommonMultiple(multiple, getTileMultipleOf(type, dim));
  }
  return multiple;
}

bool ContractOp::isBlocked(unsigned loop) {
  for (unsigned input : {Contraction::Lhs, Contraction::Rhs})
    if (auto type = dyn_cast<SeriesType>(getOperand(input).getType()))
      for (int64_t dim : type.getAlong())
        if (matchLoop(getMap(input).getResult(dim)) == loop)
          return true;
  return false;
}

void ContractOp::removeMappingAndCost() {
  (*this)->removeAttr(TASDDialect::kMappingAttrName);
  (*this)->removeAttr(TASDDialect::kCostAttrName);
}

LogicalResult ContractOp::verify() {
  if (!isa<SeriesType>(getLhs().getType()) &&
      !isa<SeriesType>(getRhs().getType())) // contract_c1
    return emitOpError("expected one input at least to be a series");
  if (getIndexingMaps().size() != 3) // contract_c2
    return emitOpError("expected 3 indexing maps but got ")
           << getIndexingMaps().size();
  std::string violation = getContraction().findViolation();
  return violation.empty() ? success() : emitOpError(violation);
}
