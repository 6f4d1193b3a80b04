//===- ProgramFor.cpp - Programs by the rules, without a compiler ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProgramFor.h"

#include "tasd/Cost/TermPasses.h"
#include "tasd/Machine/ProgramSupport.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace tasd;
using namespace tasd::simulator;
using cost::Dim;
using cost::isIndexedBy;
using sparsity::ElementType;

namespace {
/// A temporal loop outside the accumulators.
struct OuterLoop {
  Dim dim;
  int64_t bound;
  uint32_t level;
  /// Of its dimension, in elements.
  int64_t stride;
};

class Generator {
public:
  Generator(const cost::Work &work, const cost::Mapping &mapping,
            const machine::Machine &machine);
  Program generate();

private:
  using List = std::vector<Instruction>;

  void collectLoops();
  TensorArgument getInput(Operand operand) const;
  void addArguments();
  void addRings();
  void addRing(Operand operand, uint32_t level, std::optional<RingId> source);
  void addSums();
  void addTokens(size_t revisit, size_t depth);
  void addDecompose();
  void addMultiplies();
  void assemble();

  /// Right outside the innermost run of loops of levels before `level` that do
  /// not index `operand`: so many loops stand around that.
  size_t getDepth(Operand operand, uint32_t level) const;
  /// The sum of loops of levels [from, to) along `dim`.
  Offset getOffset(Dim dim, uint32_t from, uint32_t to) const;
  TileOrigin getOrigin(Operand operand, uint32_t from, uint32_t to) const;
  /// What level `level` and those inside it run over, with all instances.
  int64_t getTileExtent(Dim dim, uint32_t level) const;
  InputSource getSource(Operand operand) const;

  const cost::Work &work;
  const cost::Mapping &mapping;
  const machine::Machine &machine;
  uint32_t accumulators;
  std::vector<OuterLoop> loops;
  machine::Extents inner;
  std::array<std::optional<RingId>, 2> innermost;
  RingId sums = 0;
  Program program;
  /// By depth: what stands before and behind the loops inside.
  List prolog;
  std::vector<List> before, behind;
};
} // namespace

static constexpr ArgumentId kA = 0, kB = 1, kZ = 2;
/// The loop of the prolog is the first.
static constexpr LoopId kProlog = 1;

static std::pair<Dim, Dim> getDims(Operand operand) {
  return operand == Operand::A   ? std::pair(Dim::M, Dim::K)
         : operand == Operand::B ? std::pair(Dim::N, Dim::K)
                                 : std::pair(Dim::M, Dim::N);
}

static ElementType getType(llvm::StringRef name) {
  return llvm::StringSwitch<ElementType>(name)
      .Case("i8", ElementType::SI8)
      .Case("i32", ElementType::SI32)
      .Case("f16", ElementType::F16)
      .Case("bf16", ElementType::BF16)
      .Case("f8E4M3FN", ElementType::F8E4M3FN)
      .Default(ElementType::F32);
}

Generator::Generator(const cost::Work &work, const cost::Mapping &mapping,
                     const machine::Machine &machine)
    : work(work), mapping(mapping), machine(machine),
      accumulators(cost::getAccumulatorLevel(mapping, machine)) {
  collectLoops();
  before.resize(loops.size() + 1);
  behind.resize(loops.size() + 1);
}

/// All spatial loops stand inside all temporal ones, so that the instances'
/// tiles stand beside each other.
void Generator::collectLoops() {
  for (auto [level, nest] : llvm::enumerate(mapping.levels))
    for (const cost::Loop &loop : nest.loops) {
      if (level < accumulators && !loop.isSpatial()) {
        if (loop.bound != 1)
          loops.push_back({loop.dim, loop.bound, uint32_t(level), 1});
      } else {
        getExtent(inner, loop.dim) *= loop.bound;
      }
    }
  machine::Extents extents = inner;
  for (OuterLoop &loop : llvm::reverse(loops)) {
    loop.stride = getExtent(extents, loop.dim);
    getExtent(extents, loop.dim) *= loop.bound;
  }
}

int64_t Generator::getTileExtent(Dim dim, uint32_t level) const {
  int64_t extent = getExtent(inner, dim);
  for (const OuterLoop &loop : loops)
    if (loop.level >= level && loop.dim == dim)
      extent *= loop.bound;
  return extent;
}

size_t Generator::getDepth(Operand operand, uint32_t level) const {
  size_t depth = 0;
  for (auto [index, loop] : llvm::enumerate(loops))
    if (loop.level < level && isIndexedBy(operand, loop.dim))
      depth = index + 1;
  return depth;
}

Offset Generator::getOffset(Dim dim, uint32_t from, uint32_t to) const {
  Offset offset;
  for (auto [index, loop] : llvm::enumerate(loops))
    if (loop.dim == dim && loop.level >= from && loop.level < to)
      offset.summands.push_back({LoopId(index) + kProlog, loop.stride});
  return offset;
}

TileOrigin Generator::getOrigin(Operand operand, uint32_t from,
                                uint32_t to) const {
  auto [rows, columns] = getDims(operand);
  return {{}, getOffset(rows, from, to), getOffset(columns, from, to)};
}

static Axis getAxis(int64_t extent, uint32_t dimension) {
  return {{{extent, dimension, 1}}, {}};
}

/// [image, row, column, ..., channel], with the padding that the windows reach.
static TensorArgument getImage(const cost::Window &window, int64_t numPixels) {
  TensorArgument image;
  int64_t images = numPixels;
  for (const cost::WindowDim &dim : window.dims)
    images /= dim.output;
  image.shape.push_back(images);
  image.rows.digits.push_back({images, 0, 1});
  for (auto [index, dim] : llvm::enumerate(window.dims)) {
    image.shape.push_back((dim.output - 1) * dim.stride +
                          (dim.kernel - 1) * dim.dilation + 1);
    image.rows.digits.push_back({dim.output, uint32_t(index + 1), dim.stride});
    image.columns.digits.push_back(
        {dim.kernel, uint32_t(index + 1), dim.dilation});
  }
  uint32_t channel = image.shape.size();
  image.shape.push_back(window.channels);
  image.columns.digits.push_back({window.channels, channel, 1});
  return image;
}

TensorArgument Generator::getInput(Operand operand) const {
  auto [rows, columns] = getDims(operand);
  int64_t numRows = getExtent(work.extents, rows), k = work.extents.k;
  TensorArgument argument;
  if (work.window && work.window->image == operand) {
    argument = getImage(*work.window, numRows);
  } else {
    bool turned = operand == Operand::B;
    argument.shape = {turned ? k : numRows, turned ? numRows : k};
    argument.rows = getAxis(numRows, turned);
    argument.columns = getAxis(k, !turned);
  }
  argument.name = cost::getName(operand).str();
  argument.type = getType(work.getInput(operand).type);
  argument.density = work.getInput(operand).density;
  return argument;
}

/// Gathers all coordinates: the lists take what lists take.
static void gatherAll(Axis &axis) {
  for (int64_t place = 0, end = axis.getExtent(); place != end; ++place)
    axis.gathered.push_back(place);
}

void Generator::addArguments() {
  auto [m, n, k] = work.extents;
  if (work.a.series.size() != 0 && !work.a.decomposedAtRunTime)
    program.arguments.push_back(PackedArgument{
        "a", getType(work.a.type), work.a.series.getText(), 1, m, k});
  else
    program.arguments.push_back(getInput(Operand::A));
  TensorArgument b = getInput(Operand::B);
  if (work.gathersB)
    gatherAll(b.columns);
  program.arguments.push_back(b);
  program.sumType = getType(work.resultType);
  TensorArgument z{"z",           program.sumType, {m, n}, {},
                   getAxis(m, 0), getAxis(n, 1),   1};
  if (work.scattersZ)
    gatherAll(z.rows);
  program.arguments.push_back(z);
}

void Generator::addRing(Operand operand, uint32_t level,
                        std::optional<RingId> source) {
  auto [rows, columns] = getDims(operand);
  RingId id = program.rings.size();
  Ring ring;
  ring.name = (cost::getName(operand) + llvm::Twine(level)).str();
  ring.level = level;
  ring.operand = operand;
  ring.numSlots = machine.levels[level].doubleBuffered ? 2 : 1;
  ring.rows = getTileExtent(rows, level);
  ring.columns = getTileExtent(columns, level);
  program.rings.push_back(ring);
  size_t depth = getDepth(operand, level);
  Load load;
  load.ring = id;
  load.argument = operand == Operand::A ? kA : kB;
  load.source = source;
  load.origin =
      getOrigin(operand, source ? program.rings[*source].level : 0, level);
  if (source) {
    size_t outside = getDepth(operand, program.rings[*source].level);
    before[outside].push_back(Acquire{*source, id});
    behind[outside].insert(behind[outside].begin(), Release{*source, id});
  }
  before[depth].push_back(load);
}

void Generator::addRings() {
  for (Operand operand : {Operand::A, Operand::B}) {
    std::optional<RingId> ring;
    for (uint32_t level = 1; level < accumulators; ++level)
      if (getKeeps(mapping, machine, level).contains(operand)) {
        RingId id = program.rings.size();
        addRing(operand, level, ring);
        ring = id;
      }
    innermost[size_t(operand)] = ring;
    if (!ring)
      continue;
    size_t depth = getDepth(operand, program.rings[*ring].level);
    before[depth].push_back(Acquire{*ring, std::nullopt});
    behind[depth].insert(behind[depth].begin(), Release{*ring, std::nullopt});
  }
}

/// A tile comes back no sooner than the loops inside the innermost loop along K
/// have run: a load may run ahead of the store by so many tiles. The channel
/// gives itself that many tokens before it begins.
void Generator::addTokens(size_t revisit, size_t depth) {
  int64_t distance = 1;
  for (size_t index = revisit + 1; index < depth; ++index)
    distance *= loops[index].bound;
  prolog = {LoopBegin{distance}, Signal{0, sums}, LoopEnd{}};
}

/// Partial sums that leave the accumulators come back where a loop along K
/// outside the begin is not at its start.
void Generator::addSums() {
  size_t depth = getDepth(Operand::Z, accumulators);
  llvm::SmallVector<LoopId, 2> revisits;
  for (size_t index = 0; index != depth; ++index)
    if (loops[index].dim == Dim::K)
      revisits.push_back(index + kProlog);
  sums = program.rings.size();
  program.rings.push_back({"z", accumulators, Operand::Z,
                           revisits.empty() && !work.accumulates ? 2u : 3u,
                           getTileExtent(Dim::M, accumulators),
                           getTileExtent(Dim::N, accumulators)});
  TileOrigin origin = getOrigin(Operand::Z, 0, accumulators);
  List close = {End{sums}, Store{sums, kZ, origin}};
  if (!revisits.empty()) {
    program.numTokens = 1;
    before[depth].push_back(Wait{0, sums, {}});
    close.push_back(Signal{0, std::nullopt});
    addTokens(revisits.back() - kProlog, depth);
  }
  // What the result's memory holds is loaded at every visit.
  if (work.accumulates)
    revisits.clear();
  if (work.accumulates || !revisits.empty())
    before[depth].push_back(Load{sums, kZ, std::nullopt, origin, revisits});
  before[depth].push_back(Begin{sums, revisits, work.accumulates});
  behind[depth].insert(behind[depth].begin(), close.begin(), close.end());
}

InputSource Generator::getSource(Operand operand) const {
  std::optional<RingId> ring = innermost[size_t(operand)];
  uint32_t from = ring ? program.rings[*ring].level : 0;
  return {ring, operand == Operand::A ? kA : kB,
          getOrigin(operand, from, accumulators)};
}

/// Terms are extracted as often as the lanes load A: for each multiplication,
/// unless a single pass leaves A in place over the loops outside it.
void Generator::addDecompose() {
  if (!work.a.decomposedAtRunTime || work.a.series.size() == 0)
    return;
  bool stays = true;
  for (const cost::LevelNest &nest :
       llvm::drop_begin(mapping.levels, accumulators))
    for (const cost::Loop &loop : nest.loops)
      stays &= loop.isSpatial() || loop.bound == 1 ||
               !isIndexedBy(Operand::A, loop.dim);
  size_t depth = stays ? getDepth(Operand::A, accumulators) : loops.size();
  before[depth].push_back(Decompose{getSource(Operand::A), inner.m, inner.k,
                                    work.a.series.getText()});
}

static MicroLoop getMicroLoop(const cost::Loop &loop, uint32_t level) {
  return {uint8_t(loop.dim), loop.bound, MicroLoopKind(loop.kind), level};
}

void Generator::addMultiplies() {
  auto passes = cost::getTermPasses(work, mapping, machine);
  for (auto [term, pass] : llvm::enumerate(passes)) {
    Multiply multiply;
    multiply.a = getSource(Operand::A);
    multiply.b = getSource(Operand::B);
    multiply.accumulators = sums;
    if (work.a.series.size() != 0)
      multiply.pattern = work.a.series.getPatterns()[term]->getText();
    multiply.term = term;
    multiply.decomposed =
        work.a.decomposedAtRunTime && work.a.series.size() != 0;
    for (auto [level, nest] : llvm::enumerate(pass.mapping.levels))
      for (const cost::Loop &loop : nest.loops)
        if (level >= accumulators || loop.isSpatial())
          multiply.nest.push_back(getMicroLoop(loop, level));
    multiply.m = inner.m;
    multiply.n = inner.n;
    multiply.k = inner.k;
    before.back().push_back(multiply);
  }
}

void Generator::assemble() {
  auto append = [&](const List &list) {
    program.instructions.insert(program.instructions.end(), list.begin(),
                                list.end());
  };
  append(prolog.empty() ? List{LoopBegin{1}, LoopEnd{}} : prolog);
  for (size_t depth = 0; depth <= loops.size(); ++depth) {
    append(before[depth]);
    if (depth != loops.size())
      program.instructions.push_back(LoopBegin{loops[depth].bound});
  }
  for (size_t depth = loops.size() + 1; depth-- > 0;) {
    append(behind[depth]);
    if (depth)
      program.instructions.push_back(LoopEnd{});
  }
}

Program Generator::generate() {
  program.name = "test";
  program.machine = machine.name;
  program.machineHash = machine::computeProgramHash(machine);
  addArguments();
  addRings();
  addSums();
  addDecompose();
  addMultiplies();
  assemble();
  return std::move(program);
}

Program tasd::simulator::test::getProgramFor(const cost::Work &work,
                                             const cost::Mapping &mapping,
                                             const machine::Machine &machine) {
  return Generator(work, mapping, machine).generate();
}
