//===- ImportProgram.cpp - Programs into IR -------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Importer.h"

#include <variant>

using namespace mlir;
using namespace mlir::ttc;

InFlightDiagnostic Importer::emitError() {
  return mlir::emitError(loc) << "program '" << program.name
                              << "', instruction " << position << ": ";
}

//===----------------------------------------------------------------------===//
// Look-up
//===----------------------------------------------------------------------===//

FailureOr<Value> Importer::get(ArrayRef<Value> values, uint32_t id,
                               StringRef what) {
  if (id < values.size())
    return values[id];
  return emitError() << "expected " << what << " below " << values.size()
                     << " but got " << id;
}

FailureOr<Value> Importer::getUnit(std::optional<simulator::RingId> id) {
  return id ? getRing(*id) : FailureOr<Value>(Value());
}

FailureOr<Value> Importer::getHeld(simulator::RingId id) {
  FailureOr<Value> value = get(held, id, "ring");
  if (failed(value))
    return failure();
  if (!*value)
    return emitError() << "expected a slot of ring " << id << " to be held";
  return value;
}

FailureOr<SmallVector<Value>>
Importer::getCounters(ArrayRef<simulator::LoopId> ids) {
  SmallVector<Value> values;
  for (simulator::LoopId id : ids) {
    FailureOr<Value> counter = get(counters, id, "loop");
    if (failed(counter))
      return failure();
    if (llvm::none_of(
            loops, [&](LoopOp loop) { return loop.getCounter() == *counter; }))
      return emitError() << "expected loop " << id << " to be around it";
    values.push_back(*counter);
  }
  return values;
}

FailureOr<Place>
Importer::getPlace(ArrayRef<const simulator::Offset *> offsets) {
  SmallVector<Coordinate> coordinates;
  for (const simulator::Offset *offset : offsets) {
    Coordinate &coordinate = coordinates.emplace_back();
    for (simulator::Offset::Summand summand : offset->summands) {
      FailureOr<SmallVector<Value>> counter = getCounters(summand.loop);
      if (failed(counter))
        return failure();
      coordinate.push_back({counter->front(), summand.stride});
    }
  }
  return Place::get(context, coordinates);
}

FailureOr<Place> Importer::getPlace(const simulator::TileOrigin &origin,
                                    bool isInTile) {
  if (!isInTile)
    return getPlace({&origin.batch, &origin.row, &origin.column});
  if (!origin.batch.summands.empty())
    return emitError() << "expected no batch inside a tile";
  return getPlace({&origin.row, &origin.column});
}

FailureOr<std::pair<Value, Place>>
Importer::getInput(const simulator::InputSource &source) {
  FailureOr<Value> value =
      source.ring ? getHeld(*source.ring) : getArgument(source.argument);
  if (failed(value))
    return failure();
  FailureOr<Place> place = getPlace(source.origin, source.ring.has_value());
  if (failed(place))
    return failure();
  return std::pair(*value, *place);
}

FailureOr<std::pair<Value, Place>> Importer::getTerms() {
  if (!terms)
    return emitError() << "expected terms that were decomposed before";
  return std::pair(terms, Place::getOrigin(context, /*rank=*/2));
}

FailureOr<mlir::tasd::SeriesAttr> Importer::parseSeries(StringRef text) {
  return mlir::tasd::SeriesAttr::parseText(context, text,
                                           [&] { return emitError(); });
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// MLIR descends into nested ops by recursion.
static constexpr size_t kMaxDepth = 256;

LogicalResult Importer::visit(const simulator::LoopBegin &begin) {
  if (loops.size() == kMaxDepth)
    return emitError() << "expected at most " << kMaxDepth
                       << " loops around each other";
  auto loop = LoopOp::create(builder, loc, begin.bound);
  counters.push_back(loop.getCounter());
  loops.push_back(loop);
  builder.setInsertionPointToStart(&loop.getBody().front());
  return success();
}

LogicalResult Importer::visit(const simulator::LoopEnd &) {
  if (loops.empty())
    return emitError() << "expected a loop to end";
  // What is defined in the loop is not known after it.
  LoopOp loop = loops.pop_back_val();
  for (Value &value : held)
    if (value && loop->isProperAncestor(value.getDefiningOp()))
      value = nullptr;
  if (terms && loop->isProperAncestor(terms.getDefiningOp()))
    terms = nullptr;
  builder.setInsertionPointAfter(loop);
  return success();
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

LogicalResult Importer::importInstructions() {
  for (const simulator::Instruction &instruction : program.instructions) {
    if (failed(std::visit([&](const auto &concrete) { return visit(concrete); },
                          instruction)))
      return failure();
    ++position;
  }
  if (!loops.empty())
    return emitError() << "expected the end of a loop";
  return success();
}

LogicalResult Importer::declare() {
  for (const simulator::Argument &argument : program.arguments)
    if (failed(std::visit(
            [&](const auto &concrete) { return declareArgument(concrete); },
            argument)))
      return failure();
  for (const simulator::Ring &ring : program.rings)
    if (failed(declareRing(ring)))
      return failure();
  held.resize(rings.size());
  return declareTokens();
}

FailureOr<ProgramOp> Importer::run() {
  OpBuilder::InsertionGuard guard(builder);
  auto op = ProgramOp::create(builder, loc, program.name, program.machine,
                              program.machineHash,
                              ttc::getType(context, program.sumType));
  builder.setInsertionPointToStart(&op.getBody().front());
  if (succeeded(declare()) && succeeded(importInstructions()))
    return op;
  op->erase();
  return failure();
}

FailureOr<ProgramOp>
mlir::ttc::importProgram(OpBuilder &builder, Location loc,
                         const simulator::Program &program) {
  builder.getContext()->loadDialect<TTCDialect>();
  return Importer(builder, loc, program).run();
}
