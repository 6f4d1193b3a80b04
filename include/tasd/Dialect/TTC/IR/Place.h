//===- Place.h - Places of tiles --------------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where a tile stands, in coordinates that are sums of loop counters. In
// assembly a place is written behind what it is in: `%b[0, %n * 64, %k * 16]`.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_DIALECT_TTC_IR_PLACE_H
#define TASD_DIALECT_TTC_IR_PLACE_H

#include "mlir/IR/AffineMap.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/OpImplementation.h"

namespace mlir::ttc {

/// A loop counter times a positive stride.
struct Summand {
  Value counter;
  int64_t stride = 1;
};

/// A coordinate: the sum of these, 0 where there are none.
using Coordinate = SmallVector<Summand, 3>;

/// A place as ops hold it: a map from distinct counters, each of which it uses,
/// to coordinates.
struct Place {
  AffineMap map;
  SmallVector<Value> counters;

  static Place get(MLIRContext *context, ArrayRef<Coordinate> coordinates);

  /// The place whose coordinates are all 0.
  static Place getOrigin(MLIRContext *context, unsigned rank);
};

/// The coordinates of a place in the form that `verifyPlace` accepts.
SmallVector<Coordinate> getCoordinates(AffineMap map, ValueRange counters);

/// Checks that a place of `op` has `rank` coordinates, each a sum of counters
/// of loops around the op times positive constants, and that every counter is
/// named once and used. `what` begins the message.
LogicalResult verifyPlace(Operation *op, AffineMap map, ValueRange counters,
                          unsigned rank, StringRef what);

/// Checks that `extents` elements from every place on lie inside `bounds`, the
/// extents of the tile it is in. The place is valid.
LogicalResult verifyInside(Operation *op, AffineMap map, ValueRange counters,
                           ArrayRef<int64_t> extents, ArrayRef<int64_t> bounds,
                           StringRef what);

/// Checks that values are counters of loops around the op, each named once.
LogicalResult verifyCounters(Operation *op, ValueRange counters,
                             StringRef what);

/// The assembly of a place.
ParseResult
parsePlace(OpAsmParser &parser,
           SmallVectorImpl<OpAsmParser::UnresolvedOperand> &counters,
           AffineMapAttr &map);
void printPlace(OpAsmPrinter &printer, Operation *op, ValueRange counters,
                AffineMapAttr map);

} // namespace mlir::ttc

#endif // TASD_DIALECT_TTC_IR_PLACE_H
