//===- Place.cpp - Places of tiles ----------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TTC/IR/Place.h"

#include "Limits.h"

#include "tasd/Dialect/TTC/IR/TTC.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ttc;

//===----------------------------------------------------------------------===//
// Construction
//===----------------------------------------------------------------------===//

Place Place::get(MLIRContext *context, ArrayRef<Coordinate> coordinates) {
  Place place;
  SmallVector<AffineExpr> results;
  for (const Coordinate &coordinate : coordinates) {
    AffineExpr sum = getAffineConstantExpr(0, context);
    for (Summand summand : coordinate) {
      auto *it = llvm::find(place.counters, summand.counter);
      unsigned dim = it - place.counters.begin();
      if (it == place.counters.end())
        place.counters.push_back(summand.counter);
      sum = sum + getAffineDimExpr(dim, context) * summand.stride;
    }
    results.push_back(sum);
  }
  place.map = AffineMap::get(place.counters.size(), 0, results, context);
  return place;
}

Place Place::getOrigin(MLIRContext *context, unsigned rank) {
  return get(context, SmallVector<Coordinate>(rank));
}

//===----------------------------------------------------------------------===//
// Sums of counters
//===----------------------------------------------------------------------===//

/// Appends the summands of `expr` times a scale; fails if it is no sum of
/// counters times positive constants.
static LogicalResult collectSummands(AffineExpr expr, int64_t scale,
                                     ValueRange counters,
                                     Coordinate &coordinate) {
  if (auto constant = dyn_cast<AffineConstantExpr>(expr))
    return success(constant.getValue() == 0);
  if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
    coordinate.push_back({counters[dim.getPosition()], scale});
    return success();
  }
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!binary)
    return failure();
  if (binary.getKind() == AffineExprKind::Add)
    return success(succeeded(collectSummands(binary.getLHS(), scale, counters,
                                             coordinate)) &&
                   succeeded(collectSummands(binary.getRHS(), scale, counters,
                                             coordinate)));
  auto factor = dyn_cast<AffineConstantExpr>(binary.getRHS());
  if (binary.getKind() != AffineExprKind::Mul || !factor ||
      factor.getValue() < 1 ||
      llvm::MulOverflow(scale, factor.getValue(), scale))
    return failure();
  return collectSummands(binary.getLHS(), scale, counters, coordinate);
}

SmallVector<Coordinate> mlir::ttc::getCoordinates(AffineMap map,
                                                  ValueRange counters) {
  SmallVector<Coordinate> coordinates(map.getNumResults());
  for (auto [expr, coordinate] : llvm::zip_equal(map.getResults(), coordinates))
    if (failed(collectSummands(expr, /*scale=*/1, counters, coordinate)))
      llvm_unreachable("place was not verified");
  return coordinates;
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

/// The loop that a value counts; null of any other value.
static LoopOp getLoop(Value counter) {
  auto argument = dyn_cast<BlockArgument>(counter);
  return argument ? dyn_cast<LoopOp>(argument.getOwner()->getParentOp())
                  : LoopOp();
}

LogicalResult mlir::ttc::verifyCounters(Operation *op, ValueRange counters,
                                        StringRef what) {
  llvm::SmallPtrSet<Value, 4> seen;
  for (Value counter : counters) {
    if (!getLoop(counter))
      return op->emitOpError(what) << ": expected counters of loops";
    if (!seen.insert(counter).second)
      return op->emitOpError(what) << ": expected distinct counters";
  }
  return success();
}

LogicalResult mlir::ttc::verifyPlace(Operation *op, AffineMap map,
                                     ValueRange counters, unsigned rank,
                                     StringRef what) {
  if (map.getNumResults() != rank)
    return op->emitOpError(what)
           << ": expected " << rank << " coordinates but got "
           << map.getNumResults();
  if (map.getNumSymbols() != 0 || map.getNumDims() != counters.size())
    return op->emitOpError(what)
           << ": expected a map from " << counters.size() << " counters";
  if (failed(verifyCounters(op, counters, what)))
    return failure();
  for (auto [index, expr] : llvm::enumerate(map.getResults())) {
    Coordinate coordinate;
    if (failed(collectSummands(expr, /*scale=*/1, counters, coordinate)))
      return op->emitOpError(what)
             << ": expected coordinate " << index
             << " to be a sum of counters times positive constants";
  }
  for (unsigned dim = 0; dim < map.getNumDims(); ++dim)
    if (!map.isFunctionOfDim(dim))
      return op->emitOpError(what) << ": expected every counter to be used";
  return success();
}

/// The largest value of a coordinate; none if it does not fit 64 bits.
static std::optional<int64_t> getLargest(const Coordinate &coordinate) {
  int64_t sum = 0;
  for (Summand summand : coordinate) {
    int64_t steps = static_cast<int64_t>(getLoop(summand.counter).getBound());
    int64_t product;
    if (llvm::MulOverflow(steps - 1, summand.stride, product) ||
        llvm::AddOverflow(sum, product, sum))
      return std::nullopt;
  }
  return sum;
}

LogicalResult mlir::ttc::verifyInside(Operation *op, AffineMap map,
                                      ValueRange counters,
                                      ArrayRef<int64_t> extents,
                                      ArrayRef<int64_t> bounds,
                                      StringRef what) {
  for (auto [index, coordinate] :
       llvm::enumerate(getCoordinates(map, counters))) {
    std::optional<int64_t> largest = getLargest(coordinate);
    if (!largest || *largest > bounds[index] - extents[index]) {
      InFlightDiagnostic diag = op->emitOpError(what);
      diag << ": expected " << extents[index] << " elements from coordinate "
           << index << " on to lie below " << bounds[index];
      if (largest)
        diag << " but got places up to " << *largest;
      return diag;
    }
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Assembly
//===----------------------------------------------------------------------===//

ParseResult
mlir::ttc::parsePlace(OpAsmParser &parser,
                      SmallVectorImpl<OpAsmParser::UnresolvedOperand> &counters,
                      AffineMapAttr &map) {
  Attribute attr;
  NamedAttrList attrs;
  if (parser.parseAffineMapOfSSAIds(counters, attr, "place", attrs))
    return failure();
  map = cast<AffineMapAttr>(attr);
  return success();
}

void mlir::ttc::printPlace(OpAsmPrinter &printer, Operation *,
                           ValueRange counters, AffineMapAttr map) {
  printer << "[";
  printer.printAffineMapOfSSAIds(map, counters);
  printer << "]";
}
