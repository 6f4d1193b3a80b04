//===- StartUp.cpp - What start and end add to the steady state -----------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Derives from a mapping what the bodies of a run have in common. docs/Cost.md
// has the formulas.
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/TermPasses.h"

#include "LoopNest.h"
#include "LoopNestModel.h"
#include "RoundTrips.h"
#include "RunTimeline.h"
#include "Storage.h"

#include <cmath>

using namespace tasd::cost;
using namespace tasd::machine;

/// A run of more passes than these is taken as long as its steady state.
static constexpr double kMaxPasses = 1 << 20;

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

class Schedule {
public:
  Schedule(const Work &work, const Mapping &mapping, const Machine &machine,
           const Cost &cost);
  StartUpAndDrain compute() const;

private:
  size_t getDepth(Operand operand, size_t level) const;
  size_t findKeeper(Operand operand) const;
  double countRuns(size_t depth) const;
  const OperandTraffic *findTraffic(size_t level, Operand operand) const;
  double countWords(Operand operand) const;

  TileRing getInputRing(Operand operand) const;
  void setSums(RunShape &shape) const;
  double countPortCycles(const LoopNest &nest, Operand operand,
                         const Storage &storage) const;
  double countPasses() const;
  PassShape countPass(const TermPass &pass) const;
  void setExtraction(RunShape &shape) const;
  void setPasses(RunShape &shape) const;
  RunShape getShape() const;

  const Work &work;
  const Mapping &mapping;
  const Machine &machine;
  const Cost &cost;
  size_t accumulators;
  /// The outermost first.
  std::vector<OuterLoop> loops;
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

/// The first level inside the outermost that keeps an input, or that of the
/// accumulators where it passes by.
size_t Schedule::findKeeper(Operand operand) const {
  size_t level = 1;
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

/// Words that the outermost level gives of an input.
double Schedule::countWords(Operand operand) const {
  const OperandTraffic *traffic = findTraffic(0, operand);
  return traffic ? traffic->reads + traffic->metadataReadBits / 8 : 0;
}

TileRing Schedule::getInputRing(Operand operand) const {
  size_t level = findKeeper(operand);
  if (level == accumulators)
    return {};
  double tiles = countRuns(getDepth(operand, level));
  TileRing ring;
  ring.span = countRuns(loops.size()) / tiles;
  ring.slots = machine.levels[level].doubleBuffered ? kInputSlots : 1;
  ring.loadCycles =
      countWords(operand) / machine.levels[0].readWordsPerCycle / tiles;
  return ring;
}

void Schedule::setSums(RunShape &shape) const {
  size_t depth = getDepth(Operand::Z, accumulators);
  double tiles = countRuns(depth);
  bool revisits = false;
  for (const OuterLoop &loop : llvm::ArrayRef(loops).take_front(depth)) {
    if (loop.bound == 1)
      continue;
    shape.sumLoops.push_back({loop.bound, loop.dim == Dim::K});
    revisits |= loop.dim == Dim::K;
  }
  const OperandTraffic *traffic = findTraffic(0, Operand::Z);
  double words = traffic ? traffic->updates / tiles : 0;
  bool isLoaded = revisits || work.accumulates;
  shape.accumulates = work.accumulates;
  shape.z.span = countRuns(loops.size()) / tiles;
  shape.z.loadCycles = words / machine.levels[0].readWordsPerCycle;
  shape.z.slots = !machine.levels[accumulators].doubleBuffered ? 1
                  : isLoaded                                   ? kSumSlots
                                                               : kInputSlots;
  shape.storeCycles = words / machine.levels[0].writeWordsPerCycle;
}

/// Cycles of the port that the lanes read an input through, in all passes of a
/// term; none where it comes from the outermost level.
double Schedule::countPortCycles(const LoopNest &nest, Operand operand,
                                 const Storage &storage) const {
  size_t level = findKeeper(operand);
  if (level == accumulators)
    return 0;
  size_t next = accumulators;
  while (next != machine.levels.size() &&
         !getKeeps(mapping, machine, next).contains(operand))
    ++next;
  double words = storage.keptShare * work.getElementWords(operand) +
                 storage.metadataBits / 8;
  return nest.countDepartures(operand, level, next) * words /
         machine.levels[level].readWordsPerCycle;
}

/// Lines are spread over the banks: a read takes a line of each at least.
static double roundToBanks(double cycles, const MemoryLevel &level) {
  double turn = level.lineWords * level.banks / level.readWordsPerCycle;
  return turn > 0 ? std::ceil(cycles / turn - 1e-9) * turn : cycles;
}

double Schedule::countPasses() const {
  double passes = 0;
  for (const TermPass &pass : getTermPasses(work, mapping, machine)) {
    LoopNest nest(work, pass.mapping, accumulators);
    passes += nest.countSteps() / nest.countStationarySteps(Operand::A);
  }
  return passes * work.numProducts;
}

PassShape Schedule::countPass(const TermPass &pass) const {
  LoopNest nest(work, pass.mapping, accumulators);
  double steps = nest.countSteps();
  PassShape cycles;
  cycles.steps = nest.countStationarySteps(Operand::A);
  double passes = steps / cycles.steps;
  cycles.count =
      std::llround(passes * work.numProducts / countRuns(loops.size()));
  double share = pass.filledShare / passes;
  Storage storageB = sumStorages(getStorages(machine, Operand::B, work));
  cycles.readA = share * countPortCycles(nest, Operand::A, pass.storage);
  cycles.readB = share * countPortCycles(nest, Operand::B, storageB);
  cycles.endB =
      roundToBanks(cycles.readB, machine.levels[findKeeper(Operand::B)]);
  if (machine.array.dataflow == Dataflow::Systolic)
    cycles.steps += 2 * machine.array.lanes.k + machine.array.lanes.m - 2;
  return cycles;
}

/// A round is a block for each unit, and reads a line of each bank at least.
void Schedule::setExtraction(RunShape &shape) const {
  size_t level = findKeeper(Operand::A);
  double extractions = static_cast<double>(shape.numBodies) / shape.fetchSpan;
  double rounds = cost.decompose.blocks / machine.tasdUnits.count / extractions;
  const OperandTraffic *traffic = findTraffic(level, Operand::A);
  if (level != accumulators && traffic) {
    const MemoryLevel &memory = machine.levels[level];
    double words = traffic->reads / extractions;
    rounds = std::min(rounds, words / (memory.lineWords * memory.banks));
    shape.extractReadCycles = words / memory.readWordsPerCycle;
  }
  shape.extractWorkCycles = cost.decompose.cycles / extractions;
  shape.roundReadCycles =
      shape.extractReadCycles / std::max(1.0, std::ceil(rounds));
}

void Schedule::setPasses(RunShape &shape) const {
  double steps = 0;
  int64_t numPasses = 0;
  for (const TermPass &pass : getTermPasses(work, mapping, machine)) {
    const PassShape &passes = shape.passes.emplace_back(countPass(pass));
    numPasses += passes.count;
    steps += passes.count * passes.steps;
  }
  // Registers and accumulators may be slower than the steps.
  double slowest = 1;
  for (const LevelCost &level : llvm::drop_begin(cost.levels, accumulators))
    slowest = std::max(slowest, level.getCycles() / (steps * shape.numBodies));
  for (PassShape &pass : shape.passes)
    pass.steps *= slowest;
  shape.sharesPort = findKeeper(Operand::A) == findKeeper(Operand::B);
  if (numPasses == 1)
    shape.fetchSpan =
        shape.numBodies / countRuns(getDepth(Operand::A, accumulators));
  if (work.a.decomposedAtRunTime)
    setExtraction(shape);
}

RunShape Schedule::getShape() const {
  RunShape shape;
  shape.numBodies = countRuns(loops.size());
  shape.latency = machine.dmaLatencyCycles;
  shape.a = getInputRing(Operand::A);
  shape.b = getInputRing(Operand::B);
  setSums(shape);
  setPasses(shape);
  double streamed = 0;
  for (Operand operand : {Operand::A, Operand::B})
    if (findKeeper(operand) == accumulators)
      streamed += countWords(operand);
  shape.streamCycles =
      streamed / machine.levels[0].readWordsPerCycle / shape.numBodies;
  return shape;
}

StartUpAndDrain Schedule::compute() const {
  double latency = machine.dmaLatencyCycles;
  if (countPasses() > kMaxPasses)
    return {latency, 0};
  RunTimes times = computeRun(getShape());
  return {times.firstBody, times.end - times.firstBody - cost.cycles};
}

StartUpAndDrain LoopNestModel::computeStartUpAndDrain(const Work &work,
                                                      const Mapping &mapping,
                                                      const Machine &machine,
                                                      const Cost &cost) const {
  if (getAccumulatorLevel(mapping, machine) == 0)
    return {};
  return Schedule(work, mapping, machine, cost).compute();
}
