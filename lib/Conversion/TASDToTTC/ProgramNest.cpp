//===- ProgramNest.cpp - The nest of a program ----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProgramNest.h"

#include "tasd/Cost/TermPasses.h"

#include "llvm/ADT/STLExtras.h"

using namespace tasd::cost;
using namespace tasd::machine;
using llvm::Error;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

/// Sums stand in the accumulators alone.
static Error checkAccumulators(const Mapping &mapping, const Machine &machine,
                               size_t accumulators) {
  if (accumulators == 0)
    return createMappingError(mapping, {},
                              "expected a level inside " +
                                  machine.levels.front().name +
                                  " to keep operand z");
  for (size_t level = 1; level != accumulators; ++level)
    if (getKeeps(mapping, machine, level).z)
      return createMappingError(
          mapping, mapping.levels[level].position,
          "expected no level but " + machine.levels[accumulators].name +
              " to keep operand z but got " + machine.levels[level].name);
  return Error::success();
}

static bool isSameNest(const LevelNest &first, const LevelNest &second) {
  return llvm::equal(
      first.loops, second.loops, [](const Loop &one, const Loop &other) {
        return one.dim == other.dim && one.bound == other.bound &&
               one.kind == other.kind;
      });
}

/// Terms pass inside the loops that all units walk.
static Error checkTerms(const Mapping &mapping, llvm::ArrayRef<TermPass> passes,
                        size_t accumulators) {
  for (const TermPass &pass : passes)
    for (size_t level = 0; level != accumulators; ++level)
      if (!isSameNest(pass.mapping.levels[level], mapping.levels[level]))
        return createMappingError(mapping, mapping.levels[level].position,
                                  "expected the lanes along K inside " +
                                      mapping.levels[accumulators].level +
                                      ", for a series of several terms");
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// The loops of the array: the spatial ones of all levels outside the
/// accumulators, and whatever is further in.
static std::vector<ArrayLoop> collectArrayLoops(const Mapping &mapping,
                                                size_t accumulators) {
  std::vector<ArrayLoop> loops;
  for (auto [level, nest] : llvm::enumerate(mapping.levels))
    for (const Loop &loop : nest.loops)
      if (loop.bound != 1 && (loop.isSpatial() || level >= accumulators))
        loops.push_back({loop, level});
  return loops;
}

static Extents multiplyBounds(llvm::ArrayRef<ArrayLoop> loops) {
  Extents extents;
  for (const ArrayLoop &loop : loops)
    getExtent(extents, loop.loop.dim) *= loop.loop.bound;
  return extents;
}

/// The loops that all units walk, around what a multiplication covers.
static std::vector<WalkedLoop> collectWalkedLoops(const Work &work,
                                                  const Mapping &mapping,
                                                  size_t accumulators,
                                                  const Extents &covers) {
  std::vector<WalkedLoop> loops;
  if (work.numProducts != 1)
    loops.push_back({std::nullopt, work.numProducts, 1, 0});
  for (size_t level = 0; level != accumulators; ++level)
    for (const Loop &loop : mapping.levels[level].loops)
      if (!loop.isSpatial() && loop.bound != 1)
        loops.push_back({loop.dim, loop.bound, 1, level});
  Extents reach = covers;
  for (WalkedLoop &loop : llvm::reverse(loops))
    if (loop.dim) {
      loop.stride = getExtent(reach, *loop.dim);
      getExtent(reach, *loop.dim) *= loop.bound;
    }
  return loops;
}

/// Loops outside of what `operand` needs at `depth`: without the innermost ones
/// that do not index it.
static size_t getLoadDepth(const ProgramNest &nest, Operand operand,
                           size_t depth) {
  while (depth && !nest.loops[depth - 1].indexes(operand))
    --depth;
  return depth;
}

//===----------------------------------------------------------------------===//
// Rings
//===----------------------------------------------------------------------===//

static RingNest getRing(const ProgramNest &nest, Operand operand, size_t level,
                        const Machine &machine) {
  RingNest ring;
  ring.operand = operand;
  ring.level = level;
  ring.numSlots = machine.levels[level].doubleBuffered ? 2 : 1;
  ring.tile = nest.covers;
  for (const WalkedLoop &loop : nest.loops) {
    if (loop.level < level)
      ++ring.tileDepth;
    else if (loop.dim)
      getExtent(ring.tile, *loop.dim) *= loop.bound;
  }
  ring.depth = getLoadDepth(nest, operand, ring.tileDepth);
  return ring;
}

/// The rings of the levels between the outermost and the accumulators that keep
/// an input.
static llvm::SmallVector<RingNest, 2>
getInputRings(const ProgramNest &nest, Operand operand, size_t accumulators,
              const Mapping &mapping, const Machine &machine) {
  llvm::SmallVector<RingNest, 2> rings;
  for (size_t level = 1; level < accumulators; ++level)
    if (getKeeps(mapping, machine, level).contains(operand))
      rings.push_back(getRing(nest, operand, level, machine));
  return rings;
}

static void setRevisits(ProgramNest &nest) {
  for (size_t index = 0; index != nest.accumulators.depth; ++index) {
    if (nest.loops[index].indexes(Operand::Z)) {
      nest.revisitDistance *= nest.loops[index].bound;
      continue;
    }
    nest.revisits.push_back(index);
    nest.revisitDistance = 1;
  }
}

/// Terms are extracted as often as the lanes load A: for each multiplication,
/// unless it leaves A in place, as the walked loops outside it may do.
static size_t getDecomposeDepth(const ProgramNest &nest,
                                llvm::ArrayRef<ArrayLoop> loops) {
  bool stays = llvm::none_of(loops, [](const ArrayLoop &loop) {
    return !loop.loop.isSpatial() && isIndexedBy(Operand::A, loop.loop.dim);
  });
  size_t depth = nest.loops.size();
  return stays ? getLoadDepth(nest, Operand::A, depth) : depth;
}

/// A third stage of the accumulators fills with sums that come from memory.
static void setAccumulators(ProgramNest &nest, size_t level,
                            const Machine &machine, bool accumulates) {
  nest.accumulators = getRing(nest, Operand::Z, level, machine);
  setRevisits(nest);
  bool loadsSums = accumulates || !nest.revisits.empty();
  if (loadsSums && machine.levels[level].doubleBuffered)
    ++nest.accumulators.numSlots;
}

llvm::Expected<ProgramNest>
tasd::cost::buildProgramNest(const Work &work, const Mapping &mapping,
                             const Machine &machine) {
  size_t accumulators = getAccumulatorLevel(mapping, machine);
  if (Error error = checkAccumulators(mapping, machine, accumulators))
    return std::move(error);
  std::vector<TermPass> passes = getTermPasses(work, mapping, machine);
  if (Error error = checkTerms(mapping, passes, accumulators))
    return std::move(error);
  ProgramNest nest;
  std::vector<ArrayLoop> arrayLoops = collectArrayLoops(mapping, accumulators);
  nest.covers = multiplyBounds(arrayLoops);
  nest.loops = collectWalkedLoops(work, mapping, accumulators, nest.covers);
  nest.ringsOfA =
      getInputRings(nest, Operand::A, accumulators, mapping, machine);
  nest.ringsOfB =
      getInputRings(nest, Operand::B, accumulators, mapping, machine);
  setAccumulators(nest, accumulators, machine, work.accumulates);
  nest.decomposeDepth = getDecomposeDepth(nest, arrayLoops);
  for (const TermPass &pass : passes)
    nest.terms.push_back(collectArrayLoops(pass.mapping, accumulators));
  return nest;
}
