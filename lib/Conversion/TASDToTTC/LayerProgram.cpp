//===- LayerProgram.cpp - The program of a layer --------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One descent through the walked loops: at each depth stands what opens there,
// then the next loop, then what closes there.
//
//===----------------------------------------------------------------------===//

#include "LayerProgram.h"

#include "tasd/Machine/ProgramSupport.h"

using namespace mlir;
using namespace mlir::tasd;
namespace cost = ::tasd::cost;
namespace machine = ::tasd::machine;
using cost::Dim;
using cost::Operand;
using cost::ProgramNest;
using cost::RingNest;
using ttc::Coordinate;
using ttc::Place;

Attribute ProgramInterface::getKey(MLIRContext *context) const {
  Builder builder(context);
  SmallVector<Attribute> parts;
  for (Type type : types)
    parts.push_back(TypeAttr::get(type));
  for (Attribute part : {Attribute(axes[0]), Attribute(axes[1]),
                         Attribute(axes[2]), Attribute(TypeAttr::get(sumType)),
                         Attribute(series), Attribute(extracted)})
    parts.push_back(part ? part : builder.getUnitAttr());
  for (double density : densities)
    parts.push_back(builder.getF64FloatAttr(density));
  for (int64_t number : {firstTerm, zeroPoint, int64_t(accumulates)})
    parts.push_back(builder.getI64IntegerAttr(number));
  return builder.getArrayAttr(parts);
}

namespace {
/// A ring and what is open of it.
struct Ring {
  const RingNest *nest = nullptr;
  Value value;
  /// The tile that its reader has acquired.
  Value tile;
};

class ProgramEmitter {
public:
  ProgramEmitter(OpBuilder &builder, Location loc,
                 const ProgramInterface &interface, const ProgramNest &nest,
                 const machine::Machine &machine)
      : builder(builder), loc(loc), interface(interface), nest(nest),
        machine(machine) {}

  void emit();

private:
  void declareArguments();
  Ring declareRing(const RingNest &ring);
  void declareRings();

  Coordinate getCoordinate(std::optional<Dim> dim, size_t begin,
                           size_t end) const;
  Place getPlace(Operand operand, size_t depth) const;
  Place getTilePlace(Operand operand, size_t begin, size_t end) const;
  SmallVector<Value> getRevisits() const;
  bool loadsSums() const {
    return interface.accumulates || !nest.revisits.empty();
  }

  void openRing(MutableArrayRef<Ring> rings, size_t index);
  void openAccumulators();
  void closeAccumulators();
  void extractTerms();
  std::pair<Value, Place> getSource(Operand operand, ArrayRef<Ring> rings);
  void multiply();

  void giveTokens();
  void emitLoop(size_t depth);
  void emitFrom(size_t depth);

  OpBuilder &builder;
  Location loc;
  const ProgramInterface &interface;
  const ProgramNest &nest;
  const machine::Machine &machine;

  std::array<Value, 3> arguments;
  SmallVector<Ring, 2> ringsOfA, ringsOfB;
  Ring accumulators;
  /// Of the stores of partial sums; null where none come back.
  Value token;
  /// Of the loops that are open.
  SmallVector<Value> counters;
  Value terms, sums;
};
} // namespace

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

static ttc::Operand getOperand(Operand operand) {
  return static_cast<ttc::Operand>(operand);
}

void ProgramEmitter::declareArguments() {
  for (Operand operand : cost::kOperands) {
    auto index = static_cast<size_t>(operand);
    arguments[index] = ttc::ArgumentOp::create(
        builder, loc, interface.types[index],
        builder.getStringAttr(cost::getName(operand)), interface.axes[index],
        builder.getF64FloatAttr(interface.densities[index]));
  }
}

Ring ProgramEmitter::declareRing(const RingNest &ring) {
  std::string name = StringRef(machine.levels[ring.level].name).lower() + "_" +
                     cost::getName(ring.operand).str();
  auto type = ttc::RingType::get(builder.getContext(), getOperand(ring.operand),
                                 ring.getRows(), ring.getColumns());
  Value value =
      ttc::RingOp::create(builder, loc, type, name, ring.level, ring.numSlots);
  return {&ring, value, Value()};
}

void ProgramEmitter::declareRings() {
  for (const RingNest &ring : nest.ringsOfA)
    ringsOfA.push_back(declareRing(ring));
  for (const RingNest &ring : nest.ringsOfB)
    ringsOfB.push_back(declareRing(ring));
  accumulators = declareRing(nest.accumulators);
  if (!nest.revisits.empty())
    token = ttc::TokenOp::create(builder, loc,
                                 ttc::TokenType::get(builder.getContext()));
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

/// What the loops from `begin` to `end` add to a coordinate; without a
/// dimension, to that of the product.
Coordinate ProgramEmitter::getCoordinate(std::optional<Dim> dim, size_t begin,
                                         size_t end) const {
  Coordinate coordinate;
  for (size_t index = begin; index < end; ++index)
    if (nest.loops[index].dim == dim)
      coordinate.push_back({counters[index], nest.loops[index].stride});
  return coordinate;
}

static Dim getRowDim(Operand operand) {
  return operand == Operand::B ? Dim::N : Dim::M;
}
static Dim getColumnDim(Operand operand) {
  return operand == Operand::Z ? Dim::N : Dim::K;
}

/// The place in an argument that the loops down to `depth` lead to.
Place ProgramEmitter::getPlace(Operand operand, size_t depth) const {
  return Place::get(builder.getContext(),
                    {getCoordinate(std::nullopt, 0, depth),
                     getCoordinate(getRowDim(operand), 0, depth),
                     getCoordinate(getColumnDim(operand), 0, depth)});
}

/// The place in a tile that the loops inside it, from `begin` to `end`, lead
/// to.
Place ProgramEmitter::getTilePlace(Operand operand, size_t begin,
                                   size_t end) const {
  return Place::get(builder.getContext(),
                    {getCoordinate(getRowDim(operand), begin, end),
                     getCoordinate(getColumnDim(operand), begin, end)});
}

SmallVector<Value> ProgramEmitter::getRevisits() const {
  SmallVector<Value> revisits;
  for (size_t index : nest.revisits)
    revisits.push_back(counters[index]);
  return revisits;
}

//===----------------------------------------------------------------------===//
// Tiles
//===----------------------------------------------------------------------===//

/// Fills a ring from the one outside it, or from the argument, and lets its
/// reader, the next ring's channel or the array, acquire the tile.
void ProgramEmitter::openRing(MutableArrayRef<Ring> rings, size_t index) {
  Ring &ring = rings[index];
  Operand operand = ring.nest->operand;
  if (index) {
    const Ring &source = rings[index - 1];
    ttc::LoadOp::create(
        builder, loc, ring.value, source.tile,
        getTilePlace(operand, source.nest->tileDepth, ring.nest->depth));
  } else {
    ttc::LoadOp::create(builder, loc, ring.value,
                        arguments[static_cast<size_t>(operand)],
                        getPlace(operand, ring.nest->depth));
  }
  Value reader = index + 1 == rings.size() ? Value() : rings[index + 1].value;
  ring.tile = ttc::AcquireOp::create(builder, loc, ring.value, reader);
}

/// The load of sums may run ahead of their stores by as many tiles as pass
/// before one comes back: so many tokens its channel gives itself at first.
void ProgramEmitter::giveTokens() {
  auto loop = ttc::LoopOp::create(builder, loc, nest.revisitDistance);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(&loop.getBody().front());
  ttc::SignalOp::create(builder, loc, token, accumulators.value);
}

void ProgramEmitter::openAccumulators() {
  SmallVector<Value> revisits = getRevisits();
  if (token)
    ttc::WaitOp::create(builder, loc, token, accumulators.value, ValueRange());
  if (loadsSums())
    ttc::LoadOp::create(builder, loc, accumulators.value, arguments.back(),
                        getPlace(Operand::Z, nest.accumulators.depth),
                        interface.accumulates ? ValueRange()
                                              : ValueRange(revisits));
  sums = ttc::BeginOp::create(builder, loc, accumulators.value,
                              interface.accumulates ? ValueRange()
                                                    : ValueRange(revisits),
                              interface.accumulates);
}

void ProgramEmitter::closeAccumulators() {
  ttc::EndOp::create(builder, loc, sums);
  ttc::StoreOp::create(builder, loc, accumulators.value, arguments.back(),
                       getPlace(Operand::Z, nest.accumulators.depth));
  if (token)
    ttc::SignalOp::create(builder, loc, token, Value());
}

//===----------------------------------------------------------------------===//
// Multiplication
//===----------------------------------------------------------------------===//

/// Where the array reads an input: its tile, or the argument.
std::pair<Value, Place> ProgramEmitter::getSource(Operand operand,
                                                  ArrayRef<Ring> rings) {
  size_t depth = counters.size();
  if (rings.empty())
    return {arguments[static_cast<size_t>(operand)], getPlace(operand, depth)};
  return {rings.back().tile,
          getTilePlace(operand, rings.back().nest->tileDepth, depth)};
}

void ProgramEmitter::extractTerms() {
  auto [a, place] = getSource(Operand::A, ringsOfA);
  auto type =
      ttc::TermsType::get(builder.getContext(), nest.covers.m, nest.covers.k);
  terms = ttc::DecomposeOp::create(builder, loc, type, interface.extracted, a,
                                   place);
}

static ttc::NestAttr getNest(MLIRContext *context,
                             ArrayRef<cost::ArrayLoop> loops) {
  SmallVector<ttc::MicroLoopAttr> attrs;
  for (const cost::ArrayLoop &loop : loops)
    if (loop.loop.bound != 1)
      attrs.push_back(ttc::MicroLoopAttr::get(
          context, static_cast<ttc::Dimension>(loop.loop.dim), loop.loop.bound,
          loop.level, static_cast<ttc::MicroLoopKind>(loop.loop.kind)));
  return ttc::NestAttr::get(context, attrs);
}

/// The terms pass one after the other over tiles of B and Z that stay.
void ProgramEmitter::multiply() {
  auto [a, placeOfA] = getSource(Operand::A, ringsOfA);
  auto [b, placeOfB] = getSource(Operand::B, ringsOfB);
  Place origin = Place::getOrigin(builder.getContext(), 2);
  if (interface.extracted)
    std::tie(a, placeOfA) = std::pair(terms, origin);
  for (auto [index, loops] : llvm::enumerate(nest.terms))
    ttc::MmaOp::create(
        builder, loc,
        interface.series ? interface.series.getTerm(index) : SeriesAttr(),
        interface.firstTerm + index, a, placeOfA, b, placeOfB, sums, origin,
        {nest.covers.m, nest.covers.n, nest.covers.k},
        getNest(builder.getContext(), loops), interface.zeroPoint);
}

//===----------------------------------------------------------------------===//
// The descent
//===----------------------------------------------------------------------===//

void ProgramEmitter::emitLoop(size_t depth) {
  auto loop = ttc::LoopOp::create(builder, loc, nest.loops[depth].bound);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(&loop.getBody().front());
  counters.push_back(loop.getCounter());
  emitFrom(depth + 1);
  counters.pop_back();
}

void ProgramEmitter::emitFrom(size_t depth) {
  for (MutableArrayRef<Ring> rings :
       {MutableArrayRef(ringsOfA), MutableArrayRef(ringsOfB)})
    for (size_t index = 0; index != rings.size(); ++index)
      if (rings[index].nest->depth == depth)
        openRing(rings, index);
  if (nest.accumulators.depth == depth)
    openAccumulators();
  if (interface.extracted && nest.decomposeDepth == depth)
    extractTerms();

  if (depth == nest.loops.size())
    multiply();
  else
    emitLoop(depth);

  if (nest.accumulators.depth == depth)
    closeAccumulators();
  for (ArrayRef<Ring> rings : {ArrayRef(ringsOfB), ArrayRef(ringsOfA)})
    for (const Ring &ring : llvm::reverse(rings))
      if (ring.nest->depth == depth)
        ttc::ReleaseOp::create(builder, loc, ring.tile);
}

void ProgramEmitter::emit() {
  declareArguments();
  declareRings();
  if (token)
    giveTokens();
  emitFrom(0);
}

ttc::ProgramOp mlir::tasd::emitProgram(OpBuilder &builder, Location loc,
                                       StringRef name,
                                       const ProgramInterface &interface,
                                       const ProgramNest &nest,
                                       const machine::Machine &machine) {
  auto program =
      ttc::ProgramOp::create(builder, loc, name, machine.name,
                             computeProgramHash(machine), interface.sumType);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&program.getBody().front());
  ProgramEmitter(builder, loc, interface, nest, machine).emit();
  return program;
}
