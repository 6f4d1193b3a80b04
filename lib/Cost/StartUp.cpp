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
#include "RoundTrips.h"
#include "Storage.h"

#include <cmath>

using namespace tasd::cost;
using namespace tasd::machine;

namespace {
/// A temporal loop outside the accumulators, or the one over equal products.
struct OuterLoop {
  /// None for products, which share nothing.
  std::optional<Dim> dim;
  int64_t bound = 1;
  size_t level = 0;

  bool indexes(Operand operand) const {
    return !dim || isIndexedBy(operand, *dim);
  }
};

/// One execution of what stands inside some of the loops.
struct Body {
  /// Cycles if others follow, and as the last that runs.
  double steady = 0, last = 0;
  /// Of the passes alone, with nothing to wait for.
  double use = 0;
  /// Cycles of the channel, each way, that its tiles take.
  double read = 0, write = 0;
  /// How long a slot is on its way, over the slots of its ring.
  double roundTrip = 0;

  double getPeriod() const {
    return std::max({steady, read, write, roundTrip});
  }
};

/// The first time that sums are added to, and each later one, in which partial
/// sums come back.
struct Visits {
  Body first, later;
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
  bool isRevisit(size_t depth) const;
  double countSlotsOfSums() const;
  void addMoves(Body &body, size_t depth, double readBack) const;
  Visits addMoves(const Body &first, const Body &later, size_t depth) const;
  double getFirstFetch() const;
  double countPasses(bool withA) const;
  double countInside() const;
  Visits repeat(const Visits &body, size_t depth) const;

  const Work &work;
  const Mapping &mapping;
  const Machine &machine;
  const Cost &cost;
  size_t accumulators;
  /// The outermost first.
  std::vector<OuterLoop> loops;
  /// Cycles of the channel for a tile, by the loops that stand around its move.
  std::vector<double> reads;
  /// Of a tile of sums, out and back.
  double write = 0, readBack = 0;
  size_t depthOfSums = 0;
};
} // namespace

Schedule::Schedule(const Work &work, const Mapping &mapping,
                   const Machine &machine, const Cost &cost)
    : work(work), mapping(mapping), machine(machine), cost(cost),
      accumulators(getAccumulatorLevel(mapping, machine)) {
  loops.push_back({std::nullopt, work.numProducts, 0});
  for (size_t level = 0; level != accumulators; ++level)
    for (const Loop &loop : mapping.levels[level].loops)
      if (!loop.isSpatial())
        loops.push_back({loop.dim, loop.bound, level});
  reads.assign(loops.size() + 1, 0);
  addReads(Operand::A);
  addReads(Operand::B);
  addSums();
}

/// A tile moves right outside the innermost run of loops that leave it in
/// place: so many loops stand around.
size_t Schedule::getDepth(Operand operand, size_t level) const {
  size_t depth = 0;
  for (auto [index, loop] : llvm::enumerate(loops))
    if (loop.level < level && loop.bound != 1 && loop.indexes(operand))
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
    runs *= loops[index].bound;
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
  depthOfSums = getDepth(Operand::Z, accumulators);
  double words = traffic->updates / countRuns(depthOfSums);
  write = words / machine.levels[0].writeWordsPerCycle;
  if (traffic->reads > 0)
    readBack = words / machine.levels[0].readWordsPerCycle;
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
  return words / machine.levels[source].readWordsPerCycle / fetches /
         work.numProducts;
}

bool Schedule::isRevisit(size_t depth) const {
  return loops[depth].dim == Dim::K && loops[depth].bound != 1 &&
         depth < depthOfSums;
}

/// Slots that fill, are in use and drain at a time: of partial sums no more
/// than there are tiles until one comes back.
double Schedule::countSlotsOfSums() const {
  if (readBack == 0)
    return kInputSlots;
  double distance = 1;
  for (size_t depth = depthOfSums; depth-- > 0;) {
    if (isRevisit(depth))
      return std::min(kSumSlots, distance);
    distance *= loops[depth].bound;
  }
  return kSumSlots;
}

/// Adds what moves for each execution of `body`. A slot of a ring is in use,
/// then waits for the latency, then for its tile.
void Schedule::addMoves(Body &body, size_t depth, double readBack) const {
  double latency = machine.dmaLatencyCycles;
  if (reads[depth] > 0)
    body.roundTrip = (body.use + latency + reads[depth]) / kInputSlots;
  body.read += reads[depth];
  if (depth != depthOfSums)
    return;
  body.read += readBack;
  body.write += write;
  double fill = readBack > 0 ? latency + readBack : 0;
  body.roundTrip =
      std::max(body.roundTrip, (fill + body.use + write) / countSlotsOfSums());
}

Visits Schedule::addMoves(const Body &first, const Body &later,
                          size_t depth) const {
  Visits visits = {first, later};
  addMoves(visits.first, depth, work.accumulates ? readBack : 0);
  addMoves(visits.later, depth, readBack);
  return visits;
}

/// `count` times `body` behind `first`: the tiles of an iteration move during
/// the one before, and nothing moves during the last.
static Body repeatBody(const Body &first, const Body &body, double count) {
  const Body &last = count > 0 ? body : first;
  double time = first.getPeriod() + count * body.getPeriod();
  Body loop;
  loop.steady = time;
  loop.last = time - last.getPeriod() + last.last;
  loop.use = first.use + count * body.use;
  loop.read = first.read + count * body.read;
  loop.write = first.write + count * body.write;
  return loop;
}

/// What the first of several bodies has room for of what the next ones wait
/// for: as many tiles as the ring of partial sums has slots for.
static double getHeadStart(const Visits &body, double slots) {
  double room = body.first.getPeriod() - body.first.read;
  const Body &later = body.later;
  double waits =
      later.read - std::max({later.steady, later.write, later.roundTrip});
  return std::max(0.0, std::min({room, waits, slots}));
}

/// The loop at `depth` over `body`; one along K outside the sums visits them
/// again.
Visits Schedule::repeat(const Visits &body, size_t depth) const {
  bool revisits = isRevisit(depth);
  double others = loops[depth].bound - 1;
  Body first =
      repeatBody(body.first, revisits ? body.later : body.first, others);
  if (revisits && !work.accumulates) {
    double headStart = getHeadStart(body, countSlotsOfSums() * readBack);
    first.steady -= headStart;
    first.last -= headStart;
  }
  return addMoves(first, repeatBody(body.later, body.later, others), depth);
}

/// Cycles of all passes, each term as slow as its steps or its reads: those of
/// B, and those of A that go beside them into the lanes for the pass behind.
double Schedule::countPasses(bool withA) const {
  auto passes = getTermPasses(work, mapping, machine);
  Storage storageB = sumStorages(getStorages(machine, Operand::B, work));
  double cycles = 0;
  for (const TermPass &pass : passes) {
    LoopNest nest(work, pass.mapping, accumulators);
    std::vector<double> words(machine.levels.size());
    auto add = [&](Operand operand, const Storage &storage) {
      size_t level = findKeeper(operand, 1);
      if (level == accumulators)
        return;
      size_t next = accumulators;
      while (next != machine.levels.size() &&
             !getKeeps(mapping, machine, next).contains(operand))
        ++next;
      double elements = nest.countDepartures(operand, level, next);
      words[level] += elements * pass.filledShare *
                      (storage.keptShare * work.getElementWords(operand) +
                       storage.metadataBits / 8);
    };
    if (withA && !work.a.decomposedAtRunTime)
      add(Operand::A, pass.storage);
    add(Operand::B, storageB);
    double slowest = nest.countSteps();
    for (auto [level, count] : llvm::enumerate(words))
      slowest =
          std::max(slowest, count / machine.levels[level].readWordsPerCycle);
    cycles += slowest;
  }
  return cycles * work.numProducts;
}

/// Cycles of all multiplications, with what moves inside the outermost level.
double Schedule::countInside() const {
  double inside = std::max({cost.compute.cycles, cost.decompose.cycles,
                            countPasses(/*withA=*/true)});
  for (const LevelCost &level : llvm::drop_begin(cost.levels))
    inside = std::max(inside, level.getCycles());
  return inside;
}

StartUpAndDrain Schedule::compute() const {
  Body innermost;
  double runs = countRuns(loops.size());
  innermost.steady = countInside() / runs;
  innermost.use = countPasses(/*withA=*/false) / runs;
  // When the last begins, all reads of TASD units are done. Within a tile of
  // A's ring they are ahead by two.
  innermost.last =
      std::max(countPasses(/*withA=*/true), cost.decompose.cycles) / runs;
  if (work.a.decomposedAtRunTime &&
      getDepth(Operand::A, findKeeper(Operand::A, 1)) < loops.size())
    innermost.last -= innermost.steady - innermost.last;
  Visits body = addMoves(innermost, innermost, loops.size());
  for (size_t depth = loops.size(); depth-- > 0;)
    body = repeat(body, depth);
  double firstTiles = work.accumulates ? readBack : 0;
  for (double read : reads)
    firstTiles += read;
  StartUpAndDrain result;
  result.startUpCycles =
      machine.dmaLatencyCycles + firstTiles + getFirstFetch();
  result.drainCycles = body.first.last + write - cost.cycles;
  return result;
}

StartUpAndDrain tasd::cost::computeStartUpAndDrain(const Work &work,
                                                   const Mapping &mapping,
                                                   const Machine &machine,
                                                   const Cost &cost) {
  if (getAccumulatorLevel(mapping, machine) == 0)
    return {};
  return Schedule(work, mapping, machine, cost).compute();
}
