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

#include "InputRings.h"

#include "tasd/Machine/ProgramSupport.h"

using namespace mlir;
using namespace mlir::tasd;
namespace cost = ::tasd::cost;
namespace machine = ::tasd::machine;
using cost::Dim;
using cost::Operand;
using cost::ProgramNest;
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
class ProgramEmitter {
public:
  ProgramEmitter(OpBuilder &builder, Location loc,
                 const ProgramInterface &interface, const ProgramNest &nest,
                 const machine::Machine &machine)
      : builder(builder), loc(loc), interface(interface), nest(nest),
        machine(machine), loops(builder.getContext(), nest.loops) {}

  void emit();

private:
  void declareArguments();
  void declareRings();

  SmallVector<Value> getRevisits() const;
  bool loadsSums() const {
    return interface.accumulates || !nest.revisits.empty();
  }

  void openAccumulators();
  void closeAccumulators();
  void extractTerms();
  void multiply();

  void giveTokens();
  void emitLoop(size_t depth);
  void emitFrom(size_t depth);

  OpBuilder &builder;
  Location loc;
  const ProgramInterface &interface;
  const ProgramNest &nest;
  const machine::Machine &machine;

  OpenLoops loops;
  std::array<Value, 3> arguments;
  std::optional<InputRings> ringsOfA, ringsOfB;
  Value accumulators;
  /// Of the stores of partial sums; null where none come back.
  Value token;
  Value terms, sums;
};
} // namespace

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

void ProgramEmitter::declareArguments() {
  for (Operand operand : cost::kOperands) {
    auto index = static_cast<size_t>(operand);
    arguments[index] = ttc::ArgumentOp::create(
        builder, loc, interface.types[index],
        builder.getStringAttr(cost::getName(operand)), interface.axes[index],
        builder.getF64FloatAttr(interface.densities[index]));
  }
}

void ProgramEmitter::declareRings() {
  ringsOfA.emplace(builder, loc, loops, arguments[0], Operand::A, nest.ringsOfA,
                   machine);
  ringsOfB.emplace(builder, loc, loops, arguments[1], Operand::B, nest.ringsOfB,
                   machine);
  accumulators = declareRing(builder, loc, nest.accumulators, machine);
  if (!nest.revisits.empty())
    token = ttc::TokenOp::create(builder, loc,
                                 ttc::TokenType::get(builder.getContext()));
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

SmallVector<Value> ProgramEmitter::getRevisits() const {
  SmallVector<Value> revisits;
  for (size_t index : nest.revisits)
    revisits.push_back(loops.getCounter(index));
  return revisits;
}

/// The load of sums may run ahead of their stores by as many tiles as pass
/// before one comes back: so many tokens its channel gives itself at first.
void ProgramEmitter::giveTokens() {
  auto loop = ttc::LoopOp::create(builder, loc, nest.revisitDistance);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(&loop.getBody().front());
  ttc::SignalOp::create(builder, loc, token, accumulators);
}

void ProgramEmitter::openAccumulators() {
  SmallVector<Value> revisits = getRevisits();
  if (token)
    ttc::WaitOp::create(builder, loc, token, accumulators, ValueRange());
  if (loadsSums())
    ttc::LoadOp::create(builder, loc, accumulators, arguments.back(),
                        loops.getPlace(Operand::Z, nest.accumulators.depth),
                        interface.accumulates ? ValueRange()
                                              : ValueRange(revisits));
  sums = ttc::BeginOp::create(builder, loc, accumulators,
                              interface.accumulates ? ValueRange()
                                                    : ValueRange(revisits),
                              interface.accumulates);
}

void ProgramEmitter::closeAccumulators() {
  ttc::EndOp::create(builder, loc, sums);
  ttc::StoreOp::create(builder, loc, accumulators, arguments.back(),
                       loops.getPlace(Operand::Z, nest.accumulators.depth));
  if (token)
    ttc::SignalOp::create(builder, loc, token, Value());
}

//===----------------------------------------------------------------------===//
// Multiplication
//===----------------------------------------------------------------------===//

void ProgramEmitter::extractTerms() {
  auto [a, place] = ringsOfA->getSource();
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
  auto [a, placeOfA] = ringsOfA->getSource();
  auto [b, placeOfB] = ringsOfB->getSource();
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
  loops.push(loop.getCounter());
  emitFrom(depth + 1);
  loops.pop();
}

void ProgramEmitter::emitFrom(size_t depth) {
  ringsOfA->open(depth);
  ringsOfB->open(depth);
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
  ringsOfB->close(depth);
  ringsOfA->close(depth);
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
