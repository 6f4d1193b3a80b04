//===- VerifyInstructions.cpp - Whether instructions fit together ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One walk through the text of the program, with the loops that are open and
// the tiles that are held; then the counts of what is loaded and acquired,
// begun and stored.
//
//===----------------------------------------------------------------------===//

#include "InstructionVerifier.h"
#include "SeriesText.h"

#include "tasd/Simulator/ProgramText.h"
#include "tasd/Simulator/VerifyProgram.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd;
using namespace tasd::simulator;
using llvm::Error;
using llvm::Twine;
using sparsity::ElementType;

Error tasd::simulator::verifySeries(llvm::StringRef text,
                                    const machine::Machine &machine) {
  auto series = parseSeries(text);
  if (!series)
    return series.takeError();
  if (series->size() == 0)
    return llvm::createStringError("expected a series but got none");
  return checkSeries(machine, Operand::A, *series);
}

Error InstructionVerifier::visit(const LoopBegin &loop) {
  if (loop.bound < 1 || loop.bound > kMaxExtent)
    return fail("expected a bound of at least 1 but got " + Twine(loop.bound));
  if (open.size() == kMaxLoops)
    return fail("expected at most " + Twine(kMaxLoops) +
                " loops in each other");
  open.push_back({numLoops++, loop.bound});
  return Error::success();
}

Error InstructionVerifier::visit(const LoopEnd &) {
  if (open.empty())
    return fail("expected an open loop");
  for (auto &[key, tile] : held)
    if (tile.depth == open.size())
      return fail("expected the tile of '" + program.rings[key.second].name +
                  "' to be released inside the loop that acquires it");
  if (begun && begun->second == open.size())
    return fail("expected the accumulators to end inside the loop in which "
                "they begin");
  if (decomposed && decomposedDepth == open.size())
    decomposed = nullptr;
  open.pop_back();
  return Error::success();
}

Error InstructionVerifier::verifyRing(RingId ring) {
  if (ring >= program.rings.size())
    return fail("expected a ring but got " + Twine(ring) + " of " +
                Twine(program.rings.size()));
  return Error::success();
}

Error InstructionVerifier::verifyRevisits(llvm::ArrayRef<LoopId> loops) {
  for (LoopId loop : loops)
    if (llvm::none_of(open,
                      [&](const OpenLoop &each) { return each.id == loop; }))
      return fail("expected loops around it but got loop " + Twine(loop));
  return Error::success();
}

/// Offsets grow; with `size` elements behind the largest one has to stay within
/// `room`.
Error InstructionVerifier::verifyOffset(const Offset &offset, int64_t size,
                                        int64_t room) {
  double reach = size;
  for (const Offset::Summand &summand : offset.summands) {
    const auto *loop =
        llvm::find_if(llvm::ArrayRef(open), [&](const OpenLoop &each) {
          return each.id == summand.loop;
        });
    if (loop == llvm::ArrayRef(open).end())
      return fail("expected an offset of loops around it but got loop " +
                  Twine(summand.loop));
    if (summand.stride < 0 || summand.stride > kMaxExtent)
      return fail("expected a stride of at least 0 but got " +
                  Twine(summand.stride));
    reach += double(loop->bound - 1) * summand.stride;
  }
  if (reach > double(room))
    return fail("expected an offset with at most " + Twine(room) +
                " elements up to its end");
  return Error::success();
}

static int64_t getBatch(const Argument &argument) {
  if (const auto *packed = std::get_if<PackedArgument>(&argument))
    return packed->batch;
  return std::get<TensorArgument>(argument).batch.getExtent();
}

/// Rows and columns may pass the extents, as padding does.
Error InstructionVerifier::verifyOrigin(const TileOrigin &origin,
                                        ArgumentId argument) {
  if (Error error =
          verifyOffset(origin.batch, 1, getBatch(program.arguments[argument])))
    return error;
  if (Error error = verifyOffset(origin.row, 1, kMaxExtent))
    return error;
  return verifyOffset(origin.column, 1, kMaxExtent);
}

/// Sums stand in tensors of their own type.
Error InstructionVerifier::verifySums(ArgumentId argument) {
  if (!std::holds_alternative<TensorArgument>(program.arguments[argument]) ||
      getType(argument) != program.sumType)
    return fail("expected a tensor of " + getName(program.sumType) +
                " for sums");
  return Error::success();
}

Error InstructionVerifier::visit(const Load &load) {
  if (Error error = verifyRing(load.ring))
    return error;
  if (load.argument >= program.arguments.size())
    return fail("expected an argument but got " + Twine(load.argument));
  if (Error error = verifyRevisits(load.revisits))
    return error;
  const Ring &ring = program.rings[load.ring];
  loads[load.ring] += countRuns();
  if (ring.operand == Operand::Z) {
    if (load.source)
      return fail("expected sums to come from an argument");
    if (Error error = verifySums(load.argument))
      return error;
    return verifyOrigin(load.origin, load.argument);
  }
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
      ring.operand != Operand::A)
    return fail("expected operand a to be packed alone");
  if (!load.source)
    return verifyOrigin(load.origin, load.argument);
  if (Error error = verifyRing(*load.source))
    return error;
  const Ring &source = program.rings[*load.source];
  if (!held.count({load.ring, *load.source}) ||
      contents[*load.source] != load.argument ||
      source.operand != ring.operand || source.level >= ring.level)
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

/// Tiles that come are read, and sums that end are stored.
Error InstructionVerifier::verifyCounts() {
  for (auto [id, ring] : llvm::enumerate(program.rings)) {
    bool isSums = ring.operand == Operand::Z;
    double read = isSums ? begins[id] : acquires[id];
    if (loads[id] != read && !(isSums && loads[id] == 0))
      return llvm::createStringError(
          "ring '" + ring.name +
          "': expected as many tiles to be read as are "
          "loaded");
    if (ends[id] != stores[id])
      return llvm::createStringError("ring '" + ring.name +
                                     "': expected every tile that ends to be "
                                     "stored");
  }
  return Error::success();
}

Error InstructionVerifier::run() {
  for (size_t place = 0; place != program.instructions.size(); ++place) {
    Error error = std::visit([&](const auto &each) { return visit(each); },
                             program.instructions[place]);
    steps += countRuns();
    if (!error && steps > kMaxSteps)
      error = fail("expected at most 2^40 steps");
    if (error)
      return llvm::createStringError(describeInstruction(program, place) +
                                     ": " + llvm::toString(std::move(error)));
  }
  if (!open.empty())
    return fail("expected all loops to end");
  if (!held.empty() || begun)
    return fail("expected all tiles to be released, and accumulators to end");
  return verifyCounts();
}

Error tasd::simulator::verifyInstructions(const Program &program,
                                          const machine::Machine &machine) {
  return InstructionVerifier(program, machine).run();
}

double tasd::simulator::countSteps(const Program &program) {
  double runs = 1, steps = 0;
  std::vector<int64_t> open;
  for (const Instruction &instruction : program.instructions) {
    double here = 1;
    if (const auto *loop = std::get_if<LoopBegin>(&instruction)) {
      open.push_back(loop->bound);
      runs *= loop->bound;
    } else if (std::holds_alternative<LoopEnd>(instruction)) {
      runs /= open.back();
      open.pop_back();
    } else if (const auto *multiply = std::get_if<Multiply>(&instruction)) {
      for (const MicroLoop &loop : multiply->nest)
        if (loop.kind == MicroLoopKind::Temporal)
          here *= loop.bound;
    }
    steps += runs * here;
  }
  return steps;
}
