//===- InputRings.cpp - The rings of one input ----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "InputRings.h"

using namespace mlir;
using namespace mlir::tasd;
namespace cost = ::tasd::cost;
namespace machine = ::tasd::machine;
using ttc::Place;

Value mlir::tasd::declareRing(OpBuilder &builder, Location loc,
                              const cost::RingNest &nest,
                              const machine::Machine &machine) {
  std::string name = StringRef(machine.levels[nest.level].name).lower() + "_" +
                     cost::getName(nest.operand).str();
  auto type = ttc::RingType::get(builder.getContext(),
                                 static_cast<ttc::Operand>(nest.operand),
                                 nest.getRows(), nest.getColumns());
  return ttc::RingOp::create(builder, loc, type, name, nest.level,
                             nest.numSlots);
}

InputRings::InputRings(OpBuilder &builder, Location loc, const OpenLoops &loops,
                       Value argument, cost::Operand operand,
                       ArrayRef<cost::RingNest> nests,
                       const machine::Machine &machine)
    : builder(builder), loc(loc), loops(loops), argument(argument),
      operand(operand) {
  for (const cost::RingNest &nest : nests)
    rings.push_back({&nest, declareRing(builder, loc, nest, machine), Value()});
}

/// Fills a ring from the one outside it, or from the argument, and lets its
/// reader, the next ring's channel or the array, acquire the tile.
void InputRings::open(Ring &ring, const Ring *source, Value reader) {
  size_t depth = ring.nest->depth;
  if (source)
    ttc::LoadOp::create(
        builder, loc, ring.value, source->tile,
        loops.getTilePlace(operand, source->nest->tileDepth, depth));
  else
    ttc::LoadOp::create(builder, loc, ring.value, argument,
                        loops.getPlace(operand, depth));
  ring.tile = ttc::AcquireOp::create(builder, loc, ring.value, reader);
}

void InputRings::open(size_t depth) {
  for (size_t index = 0; index != rings.size(); ++index)
    if (rings[index].nest->depth == depth)
      open(rings[index], index ? &rings[index - 1] : nullptr,
           index + 1 == rings.size() ? Value() : rings[index + 1].value);
}

void InputRings::close(size_t depth) {
  for (const Ring &ring : llvm::reverse(rings))
    if (ring.nest->depth == depth)
      ttc::ReleaseOp::create(builder, loc, ring.tile);
}

std::pair<Value, Place> InputRings::getSource() const {
  if (rings.empty())
    return {argument, loops.getPlace(operand, loops.getDepth())};
  return {rings.back().tile,
          loops.getTilePlace(operand, rings.back().nest->tileDepth,
                             loops.getDepth())};
}
