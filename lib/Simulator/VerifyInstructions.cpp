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

#include "VerifyInstructions.h"

#include "Elements.h"

#include "tasd/Simulator/ProgramText.h"
#include "tasd/Simulator/VerifyProgram.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <map>

using namespace tasd;
using namespace tasd::simulator;
using llvm::Error;
using llvm::Twine;
using sparsity::ElementType;

static llvm::Expected<sparsity::Series> parseSeries(llvm::StringRef text) {
  return sparsity::PatternRegistry::createWithBuiltins().parseSeries(text);
}

Error tasd::simulator::verifySeries(llvm::StringRef text,
                                    const machine::Machine &machine) {
  auto series = parseSeries(text);
  if (!series)
    return series.takeError();
  if (series->size() == 0)
    return llvm::createStringError("expected a series but got none");
  return checkSeries(machine, Operand::A, *series);
}

namespace {
class Verifier {
public:
  Verifier(const Program &program, const machine::Machine &machine)
      : program(program), machine(machine), loads(program.rings.size()),
        acquires(program.rings.size()), begins(program.rings.size()),
        ends(program.rings.size()), stores(program.rings.size()),
        readers(program.rings.size()) {}

  Error run();

private:
  /// An open loop.
  struct OpenLoop {
    LoopId id;
    int64_t bound;
  };
  /// A tile that a unit holds, and how many loops are open around that.
  struct Held {
    size_t depth;
  };

  Error visit(const LoopBegin &loop);
  Error visit(const LoopEnd &loop);
  Error visit(const Load &load);
  Error visit(const Acquire &acquire);
  Error visit(const Release &release);
  Error visit(const Begin &begin);
  Error visit(const End &end);
  Error visit(const Store &store);
  Error visit(const Signal &signal);
  Error visit(const Wait &wait);
  Error visit(const Decompose &decompose);
  Error visit(const Multiply &multiply);

  Error verifyUnit(TokenId token, std::optional<RingId> unit);
  Error verifyRing(RingId ring);
  Error verifyRevisits(llvm::ArrayRef<LoopId> loops);
  Error verifyOffset(const Offset &offset, int64_t size, int64_t room);
  Error verifyOrigin(const TileOrigin &origin, ArgumentId argument);
  Error verifySums(ArgumentId argument);
  Error verifySource(const InputSource &source, Operand operand, int64_t rows,
                     int64_t columns);
  Error verifyTerm(const Multiply &multiply);
  Error verifyNest(const Multiply &multiply);
  Error verifyCounts();

  ElementType getType(ArgumentId argument) const {
    return std::visit([](const auto &each) { return each.type; },
                      program.arguments[argument]);
  }
  const PackedArgument *getPacked(const InputSource &source) const;
  bool suitsLanes(ElementType type) const {
    return isFloat(type) == (program.sumType == ElementType::F32) &&
           (isFloat(type) || getReader<int16_t>(type));
  }
  /// How often what stands here runs.
  double countRuns() const {
    double runs = 1;
    for (const OpenLoop &loop : open)
      runs *= loop.bound;
    return runs;
  }
  Error fail(const Twine &message) const {
    return llvm::createStringError(message);
  }

  const Program &program;
  const machine::Machine &machine;
  std::vector<OpenLoop> open;
  LoopId numLoops = 0;
  /// By reader and ring; the array is none.
  std::map<std::pair<std::optional<RingId>, RingId>, Held> held;
  std::optional<std::pair<RingId, size_t>> begun;
  /// The series of the newest decomposition, its extents and its depth.
  const Decompose *decomposed = nullptr;
  size_t decomposedDepth = 0;
  std::vector<double> loads, acquires, begins, ends, stores;
  /// Who reads a ring, once it is known.
  std::vector<std::optional<std::optional<RingId>>> readers;
  /// The argument that stands behind a ring.
  std::map<RingId, ArgumentId> contents;
  double steps = 0;
};
} // namespace

Error Verifier::visit(const LoopBegin &loop) {
  if (loop.bound < 1 || loop.bound > kMaxExtent)
    return fail("expected a bound of at least 1 but got " + Twine(loop.bound));
  if (open.size() == kMaxLoops)
    return fail("expected at most " + Twine(kMaxLoops) +
                " loops in each other");
  open.push_back({numLoops++, loop.bound});
  return Error::success();
}

Error Verifier::visit(const LoopEnd &) {
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

Error Verifier::verifyRing(RingId ring) {
  if (ring >= program.rings.size())
    return fail("expected a ring but got " + Twine(ring) + " of " +
                Twine(program.rings.size()));
  return Error::success();
}

Error Verifier::verifyRevisits(llvm::ArrayRef<LoopId> loops) {
  for (LoopId loop : loops)
    if (llvm::none_of(open,
                      [&](const OpenLoop &each) { return each.id == loop; }))
      return fail("expected loops around it but got loop " + Twine(loop));
  return Error::success();
}

/// Offsets grow; with `size` elements behind the largest one has to stay within
/// `room`.
Error Verifier::verifyOffset(const Offset &offset, int64_t size, int64_t room) {
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
Error Verifier::verifyOrigin(const TileOrigin &origin, ArgumentId argument) {
  if (Error error =
          verifyOffset(origin.batch, 1, getBatch(program.arguments[argument])))
    return error;
  if (Error error = verifyOffset(origin.row, 1, kMaxExtent))
    return error;
  return verifyOffset(origin.column, 1, kMaxExtent);
}

/// Sums stand in tensors of their own type.
Error Verifier::verifySums(ArgumentId argument) {
  if (!std::holds_alternative<TensorArgument>(program.arguments[argument]) ||
      getType(argument) != program.sumType)
    return fail("expected a tensor of " + getName(program.sumType) +
                " for sums");
  return Error::success();
}

Error Verifier::visit(const Load &load) {
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
  if (Error error = verifyOffset(load.origin.row, ring.rows, source.rows))
    return error;
  return verifyOffset(load.origin.column, ring.columns, source.columns);
}

Error Verifier::visit(const Acquire &acquire) {
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

Error Verifier::visit(const Release &release) {
  if (Error error = verifyRing(release.ring))
    return error;
  auto tile = held.find({release.reader, release.ring});
  if (tile == held.end() || tile->second.depth != open.size())
    return fail("expected a tile that was acquired in the same loop");
  held.erase(tile);
  return Error::success();
}

Error Verifier::visit(const Begin &begin) {
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

Error Verifier::visit(const End &end) {
  if (!begun || begun->first != end.ring || begun->second != open.size())
    return fail("expected accumulators that began in the same loop");
  begun.reset();
  ends[end.ring] += countRuns();
  return Error::success();
}

Error Verifier::visit(const Store &store) {
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

Error Verifier::verifyUnit(TokenId token, std::optional<RingId> unit) {
  if (token >= program.numTokens)
    return fail("expected a token but got " + Twine(token) + " of " +
                Twine(program.numTokens));
  return unit ? verifyRing(*unit) : Error::success();
}

Error Verifier::visit(const Signal &signal) {
  return verifyUnit(signal.token, signal.unit);
}

Error Verifier::visit(const Wait &wait) {
  if (Error error = verifyUnit(wait.token, wait.unit))
    return error;
  return verifyRevisits(wait.revisits);
}

const PackedArgument *Verifier::getPacked(const InputSource &source) const {
  ArgumentId argument = source.argument;
  if (source.ring)
    argument = contents.at(*source.ring);
  return std::get_if<PackedArgument>(&program.arguments[argument]);
}

/// An input of the array: a part of a tile that it holds, or of an argument.
Error Verifier::verifySource(const InputSource &source, Operand operand,
                             int64_t rows, int64_t columns) {
  if (rows < 1 || columns < 1)
    return fail("expected extents of at least 1");
  if (!source.ring) {
    if (source.argument >= program.arguments.size())
      return fail("expected an argument but got " + Twine(source.argument));
    if (!suitsLanes(getType(source.argument)))
      return fail("expected elements that add up to " +
                  getName(program.sumType) + " but got " +
                  getName(getType(source.argument)));
    if (operand != Operand::A && getPacked(source))
      return fail("expected operand a to be packed alone");
    if (double(rows) * columns > kMaxElements)
      return fail("expected at most 2^40 elements");
    return verifyOrigin(source.origin, source.argument);
  }
  if (Error error = verifyRing(*source.ring))
    return error;
  const Ring &ring = program.rings[*source.ring];
  if (ring.operand != operand || !held.count({std::nullopt, *source.ring}) ||
      !contents.count(*source.ring))
    return fail("expected a tile of the operand that the array holds");
  if (Error error = verifyOffset(source.origin.row, rows, ring.rows))
    return error;
  return verifyOffset(source.origin.column, columns, ring.columns);
}

Error Verifier::visit(const Decompose &decompose) {
  if (machine.tasdUnits.count == 0)
    return fail("expected a machine with TASD units");
  if (Error error = verifySeries(decompose.series, machine))
    return error;
  if (Error error = verifySource(decompose.a, Operand::A, decompose.rows,
                                 decompose.columns))
    return error;
  if (getPacked(decompose.a))
    return fail("expected a dense tile");
  decomposed = &decompose;
  decomposedDepth = open.size();
  return Error::success();
}

/// Where the term comes from: packed, decomposed, or dense.
Error Verifier::verifyTerm(const Multiply &multiply) {
  std::string series = "";
  if (multiply.decomposed) {
    if (!decomposed)
      return fail("expected a decomposition before it");
    series = decomposed->series;
    if (multiply.m > decomposed->rows || multiply.k > decomposed->columns)
      return fail("expected at most what was decomposed");
  } else if (const PackedArgument *packed = getPacked(multiply.a)) {
    series = packed->series;
  }
  if (series.empty())
    return multiply.pattern.empty() && multiply.term == 0
               ? Error::success()
               : fail("expected no pattern of a dense operand");
  auto terms = llvm::cantFail(parseSeries(series));
  if (multiply.term >= terms.size() ||
      terms.getPatterns()[multiply.term]->getText() != multiply.pattern)
    return fail("expected a term of series " + series + " but got term " +
                Twine(multiply.term) + ", '" + multiply.pattern + "'");
  return Error::success();
}

/// Loops cover the product, and those in space fit the lanes.
Error Verifier::verifyNest(const Multiply &multiply) {
  if (multiply.nest.size() > kMaxLoops)
    return fail("expected at most " + Twine(kMaxLoops) + " loops of the array");
  std::array<double, 3> covered = {1, 1, 1};
  std::map<std::pair<uint32_t, uint8_t>, double> spatial;
  for (const MicroLoop &loop : multiply.nest) {
    bool inSpace = loop.kind != MicroLoopKind::Temporal;
    uint32_t first = inSpace ? 0 : machine.getAccumulatorLevel();
    if (loop.dim > 2 || loop.bound < 1 || loop.bound > kMaxExtent ||
        loop.level < first || loop.level >= machine.levels.size())
      return fail("expected loops of the array over m, n and k, of bounds of "
                  "at least 1, at levels that have them");
    covered[loop.dim] *= loop.bound;
    if (inSpace)
      spatial.try_emplace({loop.level, loop.dim}, 1).first->second *=
          loop.bound;
  }
  if (covered[0] * covered[1] * covered[2] > kMaxSteps)
    return fail("expected at most 2^40 iterations of the array");
  if (covered[0] < multiply.m || covered[1] < multiply.n ||
      covered[2] < multiply.k)
    return fail("expected loops of the array that cover the product");
  double laneShare = 1;
  if (!multiply.pattern.empty())
    laneShare = llvm::cantFail(parseSeries(multiply.pattern))
                    .getMaxDensity()
                    .value_or(1);
  for (auto [key, count] : spatial) {
    machine::Extents fanout = machine.getFanout(key.first);
    int64_t lanes = key.second == 0   ? fanout.m
                    : key.second == 1 ? fanout.n
                                      : fanout.k;
    double used = key.second == 2 ? std::ceil(count * laneShare - 1e-6) : count;
    if (used > lanes)
      return fail("expected at most " + Twine(lanes) + " instances inside '" +
                  machine.levels[key.first].name + "' but got " +
                  Twine(int64_t(used)));
  }
  return Error::success();
}

Error Verifier::visit(const Multiply &multiply) {
  if (!begun || begun->first != multiply.accumulators)
    return fail("expected accumulators that have begun");
  if (Error error =
          verifySource(multiply.a, Operand::A, multiply.m, multiply.k))
    return error;
  if (Error error =
          verifySource(multiply.b, Operand::B, multiply.n, multiply.k))
    return error;
  const Ring &sums = program.rings[multiply.accumulators];
  if (Error error = verifyOffset(multiply.row, multiply.m, sums.rows))
    return error;
  if (Error error = verifyOffset(multiply.column, multiply.n, sums.columns))
    return error;
  if (program.sumType == ElementType::F32 && multiply.zeroPointB != 0)
    return fail("expected no zero point of floats");
  if (Error error = verifyTerm(multiply))
    return error;
  if (Error error = verifyNest(multiply))
    return error;
  double iterations = 1;
  for (const MicroLoop &loop : multiply.nest)
    if (loop.kind == MicroLoopKind::Temporal)
      iterations *= loop.bound;
  steps += countRuns() * iterations;
  return Error::success();
}

/// Tiles that come are read, and sums that end are stored.
Error Verifier::verifyCounts() {
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

Error Verifier::run() {
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
  return Verifier(program, machine).run();
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
