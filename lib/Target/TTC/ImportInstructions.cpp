//===- ImportInstructions.cpp - Instructions into IR ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Importer.h"

using namespace mlir;
using namespace mlir::ttc;

//===----------------------------------------------------------------------===//
// Channels and rings
//===----------------------------------------------------------------------===//

LogicalResult Importer::visit(const simulator::Load &load) {
  FailureOr<Value> ring = getRing(load.ring);
  FailureOr<Value> source =
      load.source ? getHeld(*load.source) : getArgument(load.argument);
  if (failed(ring) || failed(source))
    return failure();
  FailureOr<Place> place = getPlace(load.origin, load.source.has_value());
  FailureOr<SmallVector<Value>> revisits = getCounters(load.revisits);
  if (failed(place) || failed(revisits))
    return failure();
  LoadOp::create(builder, loc, *ring, *source, *place, *revisits);
  return success();
}

LogicalResult Importer::visit(const simulator::Acquire &acquire) {
  FailureOr<Value> ring = getRing(acquire.ring);
  FailureOr<Value> reader = getUnit(acquire.reader);
  if (failed(ring) || failed(reader))
    return failure();
  held[acquire.ring] = AcquireOp::create(builder, loc, *ring, *reader);
  return success();
}

LogicalResult Importer::visit(const simulator::Release &release) {
  FailureOr<Value> tile = getHeld(release.ring);
  FailureOr<Value> reader = getUnit(release.reader);
  if (failed(tile) || failed(reader))
    return failure();
  auto acquire = tile->getDefiningOp<AcquireOp>();
  if (!acquire || acquire.getReader() != *reader)
    return emitError() << "expected the unit that acquired the tile of ring "
                       << release.ring << " to release it";
  ReleaseOp::create(builder, loc, *tile);
  held[release.ring] = nullptr;
  return success();
}

LogicalResult Importer::visit(const simulator::Store &store) {
  FailureOr<Value> ring = getRing(store.ring);
  FailureOr<Value> argument = getArgument(store.argument);
  FailureOr<Place> place = getPlace(store.origin, /*isInTile=*/false);
  if (failed(ring) || failed(argument) || failed(place))
    return failure();
  StoreOp::create(builder, loc, *ring, *argument, *place);
  return success();
}

LogicalResult Importer::visit(const simulator::Signal &signal) {
  FailureOr<Value> token = get(tokens, signal.token, "token");
  FailureOr<Value> unit = getUnit(signal.unit);
  if (failed(token) || failed(unit))
    return failure();
  SignalOp::create(builder, loc, *token, *unit);
  return success();
}

LogicalResult Importer::visit(const simulator::Wait &wait) {
  FailureOr<Value> token = get(tokens, wait.token, "token");
  FailureOr<Value> unit = getUnit(wait.unit);
  FailureOr<SmallVector<Value>> revisits = getCounters(wait.revisits);
  if (failed(token) || failed(unit) || failed(revisits))
    return failure();
  WaitOp::create(builder, loc, *token, *unit, *revisits);
  return success();
}

//===----------------------------------------------------------------------===//
// The array
//===----------------------------------------------------------------------===//

LogicalResult Importer::visit(const simulator::Begin &begin) {
  FailureOr<Value> ring = getRing(begin.ring);
  FailureOr<SmallVector<Value>> revisits = getCounters(begin.revisits);
  if (failed(ring) || failed(revisits))
    return failure();
  held[begin.ring] =
      BeginOp::create(builder, loc, *ring, *revisits, begin.accumulates);
  return success();
}

LogicalResult Importer::visit(const simulator::End &end) {
  FailureOr<Value> accumulators = getHeld(end.ring);
  if (failed(accumulators))
    return failure();
  EndOp::create(builder, loc, *accumulators);
  held[end.ring] = nullptr;
  return success();
}

LogicalResult Importer::visit(const simulator::Decompose &decompose) {
  FailureOr<std::pair<Value, Place>> a = getInput(decompose.a);
  FailureOr<mlir::tasd::SeriesAttr> series = parseSeries(decompose.series);
  auto type = getIfValid<TermsType>([&] { return emitError(); }, context,
                                    decompose.rows, decompose.columns);
  if (failed(a) || failed(series) || !type)
    return failure();
  terms = DecomposeOp::create(builder, loc, type, *series, a->first, a->second);
  return success();
}

/// The nest of a multiplication; null, with an error, if it cannot be.
static NestAttr importNest(function_ref<InFlightDiagnostic()> emitError,
                           MLIRContext *context,
                           ArrayRef<simulator::MicroLoop> nest) {
  SmallVector<MicroLoopAttr> loops;
  for (simulator::MicroLoop loop : nest) {
    if (!symbolizeDimension(loop.dim)) {
      emitError() << "expected dimension 0, 1 or 2 but got "
                  << unsigned(loop.dim);
      return {};
    }
    auto attr = getIfValid<MicroLoopAttr>(
        emitError, context, static_cast<Dimension>(loop.dim), loop.bound,
        loop.level, static_cast<MicroLoopKind>(loop.kind));
    if (!attr)
      return {};
    loops.push_back(attr);
  }
  return getIfValid<NestAttr>(emitError, context, loops);
}

LogicalResult Importer::visit(const simulator::Multiply &multiply) {
  FailureOr<std::pair<Value, Place>> a =
      multiply.decomposed ? getTerms() : getInput(multiply.a);
  FailureOr<std::pair<Value, Place>> b = getInput(multiply.b);
  FailureOr<Value> accumulators = getHeld(multiply.accumulators);
  FailureOr<Place> zPlace = getPlace({&multiply.row, &multiply.column});
  NestAttr nest =
      importNest([&] { return emitError(); }, context, multiply.nest);
  if (failed(a) || failed(b) || failed(accumulators) || failed(zPlace) || !nest)
    return failure();
  FailureOr<mlir::tasd::SeriesAttr> pattern = mlir::tasd::SeriesAttr();
  if (!multiply.pattern.empty())
    pattern = parseSeries(multiply.pattern);
  if (failed(pattern))
    return failure();
  MmaOp::create(builder, loc, *pattern, multiply.term, a->first, a->second,
                b->first, b->second, *accumulators, *zPlace,
                ArrayRef{multiply.m, multiply.n, multiply.k}, nest,
                multiply.zeroPointB);
  return success();
}
