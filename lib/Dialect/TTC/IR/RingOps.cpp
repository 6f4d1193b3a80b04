//===- RingOps.cpp - Instructions that fill and empty rings ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TTC/IR/TTC.h"

using namespace mlir;
using namespace mlir::ttc;

//===----------------------------------------------------------------------===//
// What is opened has to be closed
//===----------------------------------------------------------------------===//

/// The one op of type `Close` that ends a value's life, in the block that
/// defines it; null, with an error, where there is none.
template <typename Close> static Close getClose(Value value) {
  Operation *open = value.getDefiningOp();
  Close close;
  unsigned numCloses = 0;
  for (Operation *user : value.getUsers())
    if (auto op = dyn_cast<Close>(user)) {
      close = op;
      ++numCloses;
    }
  if (numCloses == 1 && close->getBlock() == open->getBlock())
    return close;
  InFlightDiagnostic diag = open->emitOpError("expected one ")
                            << Close::getOperationName()
                            << " in the same block but got ";
  if (numCloses == 1)
    diag << "it in another";
  else
    diag << numCloses;
  if (close)
    diag.attachNote(close.getLoc()) << "one is here";
  return {};
}

/// Checks that a value has one end, and no use after it.
template <typename Close>
static LogicalResult verifyLife(Value value, Close &close) {
  close = getClose<Close>(value);
  if (!close)
    return failure();
  for (Operation *user : value.getUsers()) {
    Operation *ancestor = close->getBlock()->findAncestorOpInBlock(*user);
    if (user == close || (ancestor && ancestor->isBeforeInBlock(close)))
      continue;
    InFlightDiagnostic diag = user->emitOpError("expected no use after ")
                              << Close::getOperationName();
    diag.attachNote(close.getLoc()) << "which is here";
    return diag;
  }
  return success();
}

/// Checks that no other op of type `Open` opens the same ring again before
/// `close`.
template <typename Open>
static LogicalResult verifyAlone(Open open, Operation *close) {
  for (Operation *user : open.getRing().getUsers()) {
    auto other = dyn_cast<Open>(user);
    if (!other || other == open || other.getRing() != open.getRing())
      continue;
    Operation *ancestor = open->getBlock()->findAncestorOpInBlock(*other);
    if (!ancestor || !open->isBeforeInBlock(ancestor) ||
        !ancestor->isBeforeInBlock(close))
      continue;
    InFlightDiagnostic diag = other.emitOpError("expected the last tile of the "
                                                "ring to be given back before");
    diag.attachNote(open.getLoc()) << "it was acquired here";
    return diag;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// AcquireOp
//===----------------------------------------------------------------------===//

LogicalResult AcquireOp::inferReturnTypes(MLIRContext *context,
                                          std::optional<Location>,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &types) {
  auto ring = cast<RingType>(adaptor.getRing().getType());
  types.push_back(TileType::get(context, ring.getOperand(), ring.getRows(),
                                ring.getColumns()));
  return success();
}

LogicalResult AcquireOp::verify() {
  ReleaseOp release;
  if (failed(verifyLife(getTile(), release))) // acquire_c1, acquire_c2
    return failure();
  return verifyAlone(*this, release); // acquire_c3
}

//===----------------------------------------------------------------------===//
// BeginOp
//===----------------------------------------------------------------------===//

LogicalResult BeginOp::inferReturnTypes(MLIRContext *context,
                                        std::optional<Location>,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &types) {
  auto ring = cast<RingType>(adaptor.getRing().getType());
  types.push_back(
      AccumulatorsType::get(context, ring.getRows(), ring.getColumns()));
  return success();
}

LogicalResult BeginOp::verify() {
  EndOp end;
  if (failed(verifyLife(getAccumulators(), end))) // begin_c1, begin_c2
    return failure();
  if (failed(verifyAlone(*this, end))) // begin_c5
    return failure();
  return verifyCounters(*this, getRevisits(), "revisiting"); // begin_c3
}

//===----------------------------------------------------------------------===//
// LoadOp
//===----------------------------------------------------------------------===//

void LoadOp::build(OpBuilder &builder, OperationState &state, Value ring,
                   Value source, const Place &place, ValueRange revisits) {
  build(builder, state, ring, source, place.counters, place.map, revisits);
}

/// Checks a load from a tile that the ring's channel acquired.
static LogicalResult verifyTileSource(LoadOp load, TileType tile) {
  RingType ring = load.getRing().getType();
  auto acquire = load.getSource().getDefiningOp<AcquireOp>();
  if (acquire.getReader() != load.getRing()) { // load_c2
    InFlightDiagnostic diag = load.emitOpError(
        "expected a tile that the ring's own channel has acquired");
    diag.attachNote(acquire.getLoc()) << "it was acquired here";
    return diag;
  }
  if (tile.getOperand() != ring.getOperand()) // load_c3
    return load.emitOpError("expected a tile of ")
           << stringifyOperand(ring.getOperand()) << " but got " << tile;
  return verifyInside(load, load.getPlace(), load.getCounters(),
                      {ring.getRows(), ring.getColumns()},
                      {tile.getRows(), tile.getColumns()}, "source"); // load_c2
}

LogicalResult LoadOp::verify() {
  RingType ring = getRing().getType();
  auto tile = dyn_cast<TileType>(getSource().getType());
  if (failed(verifyPlace(*this, getPlace(), getCounters(), tile ? 2 : 3,
                         "source"))) // load_c1
    return failure();
  if (isa<PackedArgumentType>(getSource().getType()) &&
      ring.getOperand() != Operand::A) // load_c3
    return emitOpError("expected a ring of a for packed terms but got ")
           << ring;
  if (!getRevisits().empty() && ring.getOperand() != Operand::Z) // load_c4
    return emitOpError("expected `revisiting` only for a ring of z but got ")
           << ring;
  if (failed(verifyCounters(*this, getRevisits(), "revisiting"))) // load_c4
    return failure();
  return tile ? verifyTileSource(*this, tile) : success();
}

//===----------------------------------------------------------------------===//
// StoreOp and WaitOp
//===----------------------------------------------------------------------===//

void StoreOp::build(OpBuilder &builder, OperationState &state, Value ring,
                    Value destination, const Place &place) {
  build(builder, state, ring, destination, place.counters, place.map);
}

LogicalResult StoreOp::verify() {
  return verifyPlace(*this, getPlace(), getCounters(), 3,
                     "destination"); // store_c1
}

LogicalResult WaitOp::verify() {
  return verifyCounters(*this, getRevisits(), "revisiting"); // wait_c1
}
