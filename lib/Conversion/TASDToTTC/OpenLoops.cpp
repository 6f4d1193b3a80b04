//===- OpenLoops.cpp - Where the open loops lead --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OpenLoops.h"

using namespace mlir;
using namespace mlir::tasd;
using ::tasd::cost::Dim;
using ::tasd::cost::Operand;
using ttc::Coordinate;
using ttc::Place;

/// What the loops from `begin` to `end` add to a coordinate; without a
/// dimension, to that of the product.
Coordinate OpenLoops::getCoordinate(std::optional<Dim> dim, size_t begin,
                                    size_t end) const {
  Coordinate coordinate;
  for (size_t index = begin; index < end; ++index)
    if (loops[index].dim == dim)
      coordinate.push_back({counters[index], loops[index].stride});
  return coordinate;
}

static Dim getRowDim(Operand operand) {
  return operand == Operand::B ? Dim::N : Dim::M;
}
static Dim getColumnDim(Operand operand) {
  return operand == Operand::Z ? Dim::N : Dim::K;
}

Place OpenLoops::getPlace(Operand operand, size_t depth) const {
  return Place::get(context, {getCoordinate(std::nullopt, 0, depth),
                              getCoordinate(getRowDim(operand), 0, depth),
                              getCoordinate(getColumnDim(operand), 0, depth)});
}

Place OpenLoops::getTilePlace(Operand operand, size_t begin, size_t end) const {
  return Place::get(context,
                    {getCoordinate(getRowDim(operand), begin, end),
                     getCoordinate(getColumnDim(operand), begin, end)});
}
