//===- VerifyTiles.cpp - Whether tiles are moved and held in turn ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "InstructionVerifier.h"

using namespace tasd;
using namespace tasd::simulator;
using llvm::Error;
using llvm::Twine;

Error InstructionVerifier::verifyRing(RingId ring) {
  if (ring >= program.rings.size())
    return fail("expected a ring but got " + Twine(ring) + " of " +
                Twine(program.rings.size()));
  return Error::success();
}

Error InstructionVerifier::visit(const Load &load) {
  if (Error error = verifyRing(load.ring))
    return error;
  if (load.argument >= program.arguments.size())
    return fail("expected an argument but got " + Twine(load.argument));
  if (Error error = verifyRevisits(load.revisits))
    return error;
  loads[load.ring] += countRuns();
  return program.rings[load.ring].operand == Operand::Z
             ? verifyLoadOfSums(load)
             : verifyLoadOfInput(load);
}

Error InstructionVerifier::verifyLoadOfSums(const Load &load) {
  if (load.source)
    return fail("expected sums to come from an argument");
  if (Error error = verifySums(load.argument))
    return error;
  return verifyOrigin(load.origin, load.argument);
}

Error InstructionVerifier::verifyLoadOfInput(const Load &load) {
  if (!load.revisits.empty())
    return fail("expected that sums alone are revisited");
  auto [content, isNew] = contents.try_emplace(load.ring, load.argument);
  if (!isNew && content->second != load.argument)
    return fail("expected all tiles of a ring to be of one argument");
  if (!suitsLanes(getType(load.argument)))
    return fail("expected elements that add up to " + getName(program.sumType) +
                " but got " + getName(getType(load.argument)));
  if (std::holds_alternative<PackedArgument>(
          program.arguments[load.argument]) &&
      program.rings[load.ring].operand != Operand::A)
    return fail("expected operand a to be packed alone");
  return load.source ? verifyLoadFromRing(load, *load.source)
                     : verifyOrigin(load.origin, load.argument);
}

Error InstructionVerifier::verifyLoadFromRing(const Load &load,
                                              RingId sourceId) {
  if (Error error = verifyRing(sourceId))
    return error;
  const Ring &ring = program.rings[load.ring];
  const Ring &source = program.rings[sourceId];
  if (!held.count({load.ring, sourceId}) ||
      contents[sourceId] != load.argument || source.operand != ring.operand ||
      source.level >= ring.level)
    return fail("expected a tile of the same argument that the channel holds, "
                "at a level further out");
  // A tile is of one product.
  if (Error error = verifyOffset(load.origin.batch, 1, 1))
    return error;
  if (Error error = verifyOffset(load.origin.row, ring.rows, source.rows))
    return error;
  return verifyOffset(load.origin.column, ring.columns, source.columns);
}

Error InstructionVerifier::visit(const Acquire &acquire) {
  if (Error error = verifyRing(acquire.ring))
    return error;
  if (program.rings[acquire.ring].operand == Operand::Z)
    return fail("expected a ring of an input");
  if (acquire.reader) {
    if (Error error = verifyRing(*acquire.reader))
      return error;
    if (*acquire.reader == acquire.ring)
      return fail("expected a reader other than the ring itself");
  }
  auto &reader = readers[acquire.ring];
  if (reader && *reader != acquire.reader)
    return fail("expected one reader of a ring");
  reader = acquire.reader;
  if (!held.try_emplace({acquire.reader, acquire.ring}, Held{open.size()})
           .second)
    return fail("expected the tile before to be released");
  acquires[acquire.ring] += countRuns();
  return Error::success();
}

Error InstructionVerifier::visit(const Release &release) {
  if (Error error = verifyRing(release.ring))
    return error;
  auto tile = held.find({release.reader, release.ring});
  if (tile == held.end() || tile->second.depth != open.size())
    return fail("expected a tile that was acquired in the same loop");
  held.erase(tile);
  return Error::success();
}

Error InstructionVerifier::visit(const Begin &begin) {
  if (Error error = verifyRing(begin.ring))
    return error;
  if (program.rings[begin.ring].operand != Operand::Z)
    return fail("expected a ring of z");
  if (begun)
    return fail("expected the accumulators before to be ended");
  begun = {begin.ring, open.size()};
  begins[begin.ring] += countRuns();
  return verifyRevisits(begin.revisits);
}

Error InstructionVerifier::visit(const End &end) {
  if (!begun || begun->first != end.ring || begun->second != open.size())
    return fail("expected accumulators that began in the same loop");
  begun.reset();
  ends[end.ring] += countRuns();
  return Error::success();
}

Error InstructionVerifier::visit(const Store &store) {
  if (Error error = verifyRing(store.ring))
    return error;
  if (program.rings[store.ring].operand != Operand::Z)
    return fail("expected a ring of z");
  if (store.argument >= program.arguments.size())
    return fail("expected an argument but got " + Twine(store.argument));
  stores[store.ring] += countRuns();
  if (Error error = verifySums(store.argument))
    return error;
  return verifyOrigin(store.origin, store.argument);
}

Error InstructionVerifier::verifyUnit(TokenId token,
                                      std::optional<RingId> unit) {
  if (token >= program.numTokens)
    return fail("expected a token but got " + Twine(token) + " of " +
                Twine(program.numTokens));
  return unit ? verifyRing(*unit) : Error::success();
}

Error InstructionVerifier::visit(const Signal &signal) {
  return verifyUnit(signal.token, signal.unit);
}

Error InstructionVerifier::visit(const Wait &wait) {
  if (Error error = verifyUnit(wait.token, wait.unit))
    return error;
  return verifyRevisits(wait.revisits);
}
