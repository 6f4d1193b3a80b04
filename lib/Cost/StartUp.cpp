//===- StartUp.cpp - What start and end add to the steady state -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Walks the loops outside the accumulators from the inside: how long an
// iteration takes, and what the channel to the outermost level has to move in
// it. docs/Cost.md has the formulas.
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/Cost.h"
#include "tasd/Cost/TermPasses.h"

#include "LoopNest.h"

#include <cmath>

using namespace tasd::cost;
using namespace tasd::machine;

namespace {
/// One execution of what stands inside some of the loops.
struct Body {
  /// Cycles in the steady state, and as the last that runs.
  double steady = 0, last = 0;
  /// Cycles of the channel, each way, that its tiles take.
  double read = 0, write = 0;

  double getPeriod() const { return std::max({steady, read, write}); }
};

class Schedule {
public:
  Schedule(const Work &work, const Mapping &mapping, const Machine &machine,
           const Cost &cost);
  StartUpAndDrain compute() const;

private:
  size_t getDepth(Operand operand, size_t level) const;
  size_t findKeeper(Operand operand, size_t from) const;
  double countRuns(size_t depth) const;
  const OperandTraffic *findTraffic(size_t level, Operand operand) const;
  void addReads(Operand operand);
  void addSums();
  double getFirstFetch() const;
  Body repeat(const Body &body, size_t depth) const;

  const Work &work;
  const Mapping &mapping;
  const Machine &machine;
  const Cost &cost;
  size_t accumulators;
  /// Temporal loops outside the accumulators, with their levels.
  std::vector<std::pair<size_t, Loop>> loops;
  /// Cycles of the channel for a tile, by the loops that stand around its move.
  std::vector<double> reads, writes;
  double lastWrite = 0;
};
} // namespace

Schedule::Schedule(const Work &work, const Mapping &mapping,
                   const Machine &machine, const Cost &cost)
    : work(work), mapping(mapping), machine(machine), cost(cost),
      accumulators(getAccumulatorLevel(mapping, machine)) {
  for (size_t level = 0; level != accumulators; ++level)
    for (const Loop &loop : mapping.levels[level].loops)
      if (!loop.isSpatial())
        loops.emplace_back(level, loop);
  reads.assign(loops.size() + 1, 0);
  writes.assign(loops.size() + 1, 0);
  addReads(Operand::A);
  addReads(Operand::B);
  addSums();
}

/// A tile moves right outside the innermost run of loops that leave it in
/// place: so many loops stand around.
size_t Schedule::getDepth(Operand operand, size_t level) const {
  size_t depth = 0;
  for (auto [index, entry] : llvm::enumerate(loops))
    if (entry.first < level && entry.second.bound != 1 &&
        isIndexedBy(operand, entry.second.dim))
      depth = index + 1;
  return depth;
}

size_t Schedule::findKeeper(Operand operand, size_t from) const {
  size_t level = from;
  while (level < accumulators &&
         !getKeeps(mapping, machine, level).contains(operand))
    ++level;
  return level;
}

double Schedule::countRuns(size_t depth) const {
  double runs = 1;
  for (size_t index = 0; index != depth; ++index)
    runs *= loops[index].second.bound;
  return runs;
}

const OperandTraffic *Schedule::findTraffic(size_t level,
                                            Operand operand) const {
  for (const OperandTraffic &traffic : cost.levels[level].operands)
    if (traffic.operand == operand)
      return &traffic;
  return nullptr;
}

/// What passes the buffers by is read at each multiplication.
void Schedule::addReads(Operand operand) {
  const OperandTraffic *traffic = findTraffic(0, operand);
  if (!traffic)
    return;
  size_t level = findKeeper(operand, 1);
  size_t depth =
      level == accumulators ? loops.size() : getDepth(operand, level);
  double words = traffic->reads + traffic->metadataReadBits / 8;
  reads[depth] +=
      words / machine.levels[0].readWordsPerCycle / countRuns(depth);
}

void Schedule::addSums() {
  const OperandTraffic *traffic = findTraffic(0, Operand::Z);
  if (!traffic)
    return;
  size_t depth = getDepth(Operand::Z, accumulators);
  double runs = countRuns(depth);
  reads[depth] += traffic->reads / machine.levels[0].readWordsPerCycle / runs;
  lastWrite = traffic->updates / machine.levels[0].writeWordsPerCycle / runs;
  writes[depth] += lastWrite;
}

/// Cycles in which the lanes get what they hold of A first.
double Schedule::getFirstFetch() const {
  size_t source = findKeeper(Operand::A, 1);
  if (source == accumulators)
    return 0;
  double fetches = 0;
  for (const TermPass &pass : getTermPasses(work, mapping, machine)) {
    LoopNest nest(work, pass.mapping, accumulators);
    fetches += nest.countSteps() / nest.countStationarySteps(Operand::A);
  }
  const OperandTraffic *traffic = findTraffic(source, Operand::A);
  double words = traffic->reads + traffic->metadataReadBits / 8;
  return words / machine.levels[source].readWordsPerCycle / fetches;
}

/// The loop at `depth` over `body`: the tiles of an iteration move during the
/// one before, and nothing moves during the last.
Body Schedule::repeat(const Body &body, size_t depth) const {
  double bound = loops[depth].second.bound;
  Body loop;
  loop.steady = bound * body.getPeriod();
  loop.last = (bound - 1) * body.getPeriod() + body.last;
  loop.read = reads[depth] + bound * body.read;
  loop.write = writes[depth] + bound * body.write;
  return loop;
}

StartUpAndDrain Schedule::compute() const {
  double inside = std::max(cost.compute.cycles, cost.decompose.cycles);
  for (const LevelCost &level : llvm::drop_begin(cost.levels))
    inside = std::max(inside, level.getCycles());
  Body body;
  body.steady = body.last = inside / countRuns(loops.size());
  body.read = reads.back();
  body.write = writes.back();
  double firstTiles = 0;
  for (double read : reads)
    firstTiles += read;
  for (size_t depth = loops.size(); depth-- > 0;)
    body = repeat(body, depth);
  StartUpAndDrain result;
  result.startUpCycles =
      machine.dmaLatencyCycles + firstTiles + getFirstFetch();
  result.drainCycles = body.last + lastWrite - cost.cycles;
  return result;
}

StartUpAndDrain tasd::cost::computeStartUpAndDrain(const Work &work,
                                                   const Mapping &mapping,
                                                   const Machine &machine,
                                                   const Cost &cost) {
  return Schedule(work, mapping, machine, cost).compute();
}
