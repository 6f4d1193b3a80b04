//===- ImportProgram.cpp - Programs into IR -------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Target/TTC/Translation.h"

#include <variant>

using namespace mlir;
using namespace mlir::ttc;

/// The attribute or type of valid parameters; null, with an error, of others.
template <typename T, typename... Params>
static T getIfValid(function_ref<InFlightDiagnostic()> emitError,
                    MLIRContext *context, const Params &...params) {
  if (failed(T::verifyInvariants(emitError, params...)))
    return {};
  return T::get(context, params...);
}

/// MLIR descends into nested ops by recursion.
static constexpr size_t kMaxDepth = 256;

namespace {
/// Builds the ops of a program. Methods that fail have reported why.
class Importer {
public:
  Importer(OpBuilder &builder, Location loc, const simulator::Program &program)
      : builder(builder), context(builder.getContext()), loc(loc),
        program(program) {}

  FailureOr<ProgramOp> run();

private:
  LogicalResult declare();
  LogicalResult declareArgument(const simulator::TensorArgument &argument);
  LogicalResult declareArgument(const simulator::PackedArgument &argument);
  LogicalResult declareRing(const simulator::Ring &ring);
  LogicalResult declareTokens();
  LogicalResult importInstructions();

  LogicalResult visit(const simulator::LoopBegin &begin);
  LogicalResult visit(const simulator::LoopEnd &end);
  LogicalResult visit(const simulator::Load &load);
  LogicalResult visit(const simulator::Acquire &acquire);
  LogicalResult visit(const simulator::Release &release);
  LogicalResult visit(const simulator::Begin &begin);
  LogicalResult visit(const simulator::End &end);
  LogicalResult visit(const simulator::Decompose &decompose);
  LogicalResult visit(const simulator::Multiply &multiply);
  LogicalResult visit(const simulator::Store &store);
  LogicalResult visit(const simulator::Signal &signal);
  LogicalResult visit(const simulator::Wait &wait);

  InFlightDiagnostic emitError();

  FailureOr<Value> get(ArrayRef<Value> values, uint32_t id, StringRef what);
  FailureOr<Value> getArgument(simulator::ArgumentId id) {
    return get(arguments, id, "argument");
  }
  FailureOr<Value> getRing(simulator::RingId id) {
    return get(rings, id, "ring");
  }
  FailureOr<Value> getUnit(std::optional<simulator::RingId> id);
  /// What the array or a channel holds of a ring: a tile or accumulators.
  FailureOr<Value> getHeld(simulator::RingId id);
  FailureOr<SmallVector<Value>> getCounters(ArrayRef<simulator::LoopId> loops);
  FailureOr<Place> getPlace(ArrayRef<const simulator::Offset *> offsets);
  FailureOr<Place> getPlace(const simulator::TileOrigin &origin, bool isInTile);
  FailureOr<std::pair<Value, Place>>
  getInput(const simulator::InputSource &source);
  FailureOr<std::pair<Value, Place>> getTerms();
  FailureOr<mlir::tasd::SeriesAttr> parseSeries(StringRef text);

  OpBuilder &builder;
  MLIRContext *context;
  Location loc;
  const simulator::Program &program;
  SmallVector<Value> arguments, rings, tokens;
  /// Of each ring, null where nothing is held.
  SmallVector<Value> held;
  /// Of each loop that was begun.
  SmallVector<Value> counters;
  /// The loops around the next instruction.
  SmallVector<LoopOp> loops;
  /// The last ones, null before.
  Value terms;
  /// The number of the instruction, for messages.
  size_t position = 0;
};
} // namespace

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
// Declarations
//===----------------------------------------------------------------------===//

/// The digits of an axis; null, with an error, if one cannot be.
static FailureOr<SmallVector<DigitAttr>>
importAxis(function_ref<InFlightDiagnostic()> emitError, MLIRContext *context,
           const simulator::Axis &axis) {
  SmallVector<DigitAttr> digits;
  for (simulator::Digit digit : axis.digits) {
    auto attr = getIfValid<DigitAttr>(emitError, context, digit.extent,
                                      digit.dimension, digit.scale);
    if (!attr)
      return failure();
    digits.push_back(attr);
  }
  return digits;
}

LogicalResult
Importer::declareArgument(const simulator::TensorArgument &argument) {
  auto emit = [&] { return emitError(); };
  FailureOr<SmallVector<DigitAttr>> batch =
      importAxis(emit, context, argument.batch);
  FailureOr<SmallVector<DigitAttr>> rows =
      importAxis(emit, context, argument.rows);
  FailureOr<SmallVector<DigitAttr>> columns =
      importAxis(emit, context, argument.columns);
  if (failed(batch) || failed(rows) || failed(columns))
    return failure();
  auto axes = getIfValid<AxesAttr>(emit, context, *batch, *rows, *columns);
  auto type = getIfValid<TensorArgumentType>(
      emit, context, argument.shape, ttc::getType(context, argument.type));
  if (!axes || !type)
    return failure();
  arguments.push_back(ArgumentOp::create(builder, loc, type, argument.name,
                                         axes, APFloat(argument.density)));
  return success();
}

LogicalResult
Importer::declareArgument(const simulator::PackedArgument &argument) {
  FailureOr<mlir::tasd::SeriesAttr> series = parseSeries(argument.series);
  if (failed(series))
    return failure();
  auto type = getIfValid<PackedArgumentType>(
      [&] { return emitError(); }, context,
      ArrayRef{argument.batch, argument.rows, argument.columns},
      ttc::getType(context, argument.type), *series);
  if (!type)
    return failure();
  arguments.push_back(ArgumentOp::create(builder, loc, type, argument.name,
                                         AxesAttr(), APFloat(1.0)));
  return success();
}

LogicalResult Importer::declareRing(const simulator::Ring &ring) {
  auto type = getIfValid<RingType>([&] { return emitError(); }, context,
                                   static_cast<Operand>(ring.operand),
                                   ring.rows, ring.columns);
  if (!type)
    return failure();
  rings.push_back(
      RingOp::create(builder, loc, type, ring.name, ring.level, ring.numSlots));
  return success();
}

/// A number without tokens behind it is believed no further than this.
LogicalResult Importer::declareTokens() {
  if (program.numTokens > program.instructions.size())
    return emitError() << "expected at most one token for each of "
                       << program.instructions.size()
                       << " instructions but got " << program.numTokens;
  for (uint32_t i = 0; i < program.numTokens; ++i)
    tokens.push_back(TokenOp::create(builder, loc));
  return success();
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

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
