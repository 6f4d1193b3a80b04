//===- ExportProgram.cpp - Programs out of IR -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Target/TTC/Translation.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::ttc;

// The dialect's enumerations are in the order of the simulator's.
static_assert(int(Operand::A) == int(simulator::Operand::A));
static_assert(int(Operand::B) == int(simulator::Operand::B));
static_assert(int(Operand::Z) == int(simulator::Operand::Z));
static_assert(int(MicroLoopKind::Temporal) ==
              int(simulator::MicroLoopKind::Temporal));
static_assert(int(MicroLoopKind::SpatialX) ==
              int(simulator::MicroLoopKind::SpatialX));
static_assert(int(MicroLoopKind::SpatialY) ==
              int(simulator::MicroLoopKind::SpatialY));

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

static simulator::Axis exportAxis(ArrayRef<DigitAttr> digits,
                                  DenseI64ArrayAttr gathered = nullptr) {
  simulator::Axis axis;
  if (gathered)
    axis.gathered = gathered.asArrayRef().vec();
  for (DigitAttr digit : digits)
    axis.digits.push_back({digit.getExtent(),
                           static_cast<uint32_t>(digit.getDimension()),
                           digit.getScale()});
  return axis;
}

static simulator::Argument exportArgument(ArgumentOp op) {
  if (auto type = dyn_cast<PackedArgumentType>(op.getType()))
    return simulator::PackedArgument{
        op.getName().str(),         *getElementType(type.getElementType()),
        type.getSeries().getText(), type.getShape()[0],
        type.getShape()[1],         type.getShape()[2]};
  auto type = cast<TensorArgumentType>(op.getType());
  simulator::TensorArgument argument;
  argument.name = op.getName().str();
  argument.type = *getElementType(type.getElementType());
  argument.shape.assign(type.getShape().begin(), type.getShape().end());
  AxesAttr axes = op.getAxesAttr();
  argument.batch = exportAxis(axes.getBatch());
  argument.rows = exportAxis(axes.getRows(), axes.getGatheredRows());
  argument.columns = exportAxis(axes.getColumns(), axes.getGatheredColumns());
  argument.density = op.getDensity().convertToDouble();
  return argument;
}

static simulator::Ring exportRing(RingOp op) {
  RingType type = op.getType();
  return {op.getName().str(),
          static_cast<uint32_t>(op.getLevel()),
          static_cast<simulator::Operand>(type.getOperand()),
          static_cast<uint32_t>(op.getSlots()),
          type.getRows(),
          type.getColumns()};
}

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

namespace {
/// Appends the instructions of blocks to a program.
class Exporter {
public:
  explicit Exporter(simulator::Program &program) : program(program) {}

  void exportBlock(Block &block) {
    for (Operation &op : block)
      exportOp(op);
  }

private:
  void exportOp(Operation &op);
  void add(simulator::Instruction instruction) {
    program.instructions.push_back(std::move(instruction));
  }

  // Declarations get the next number of their kind.
  void visit(ArgumentOp op) {
    ids[op] = program.arguments.size();
    program.arguments.push_back(exportArgument(op));
  }
  void visit(RingOp op) {
    ids[op] = program.rings.size();
    program.rings.push_back(exportRing(op));
  }
  void visit(TokenOp op) { ids[op] = program.numTokens++; }

  void visit(LoopOp op);
  void visit(LoadOp op);
  void visit(AcquireOp op);
  void visit(ReleaseOp op);
  void visit(BeginOp op);
  void visit(EndOp op);
  void visit(DecomposeOp op);
  void visit(MmaOp op);
  void visit(StoreOp op);
  void visit(SignalOp op);
  void visit(WaitOp op);

  /// The number of what a value of an optional operand is.
  std::optional<uint32_t> findId(Value value) const {
    return value ? std::optional(ids.at(value)) : std::nullopt;
  }
  simulator::RingId getRing(Value tile) const {
    return ids.at(tile.getDefiningOp<AcquireOp>().getRing());
  }
  simulator::RingId getAccumulatorRing(Value accumulators) const {
    return ids.at(accumulators.getDefiningOp<BeginOp>().getRing());
  }
  SmallVector<simulator::LoopId, 2> getLoops(ValueRange counters) const {
    return llvm::map_to_vector<2>(
        counters, [&](Value counter) { return ids.at(counter); });
  }
  SmallVector<simulator::Offset, 3> getOffsets(AffineMap map,
                                               ValueRange counters) const;
  simulator::TileOrigin getOrigin(AffineMap map, ValueRange counters) const;
  simulator::InputSource getInput(Value value, AffineMap map,
                                  ValueRange counters) const;

  simulator::Program &program;
  /// The numbers of arguments, rings, tokens and loops, each among its kind.
  DenseMap<Value, uint32_t> ids;
  /// What each ring holds tiles of, be it by way of other rings.
  DenseMap<simulator::RingId, simulator::ArgumentId> loaded;
  uint32_t numLoops = 0;
};
} // namespace

void Exporter::exportOp(Operation &op) {
  llvm::TypeSwitch<Operation &>(op)
      .Case<ArgumentOp, RingOp, TokenOp, LoopOp, LoadOp, AcquireOp, ReleaseOp,
            BeginOp, EndOp, DecomposeOp, MmaOp, StoreOp, SignalOp, WaitOp>(
          [&](auto concrete) { visit(concrete); });
}

SmallVector<simulator::Offset, 3>
Exporter::getOffsets(AffineMap map, ValueRange counters) const {
  SmallVector<simulator::Offset, 3> offsets;
  for (const Coordinate &coordinate : getCoordinates(map, counters)) {
    simulator::Offset &offset = offsets.emplace_back();
    for (Summand summand : coordinate)
      offset.summands.push_back({ids.at(summand.counter), summand.stride});
  }
  return offsets;
}

/// Of a place in a tile, the batch is 0.
simulator::TileOrigin Exporter::getOrigin(AffineMap map,
                                          ValueRange counters) const {
  SmallVector<simulator::Offset, 3> offsets = getOffsets(map, counters);
  if (offsets.size() == 2)
    return {simulator::Offset(), offsets[0], offsets[1]};
  return {offsets[0], offsets[1], offsets[2]};
}

simulator::InputSource Exporter::getInput(Value value, AffineMap map,
                                          ValueRange counters) const {
  simulator::InputSource source;
  source.origin = getOrigin(map, counters);
  if (isa<TileType>(value.getType()))
    source.ring = getRing(value);
  else
    source.argument = ids.at(value);
  return source;
}

void Exporter::visit(LoopOp op) {
  ids[op.getCounter()] = numLoops++;
  add(simulator::LoopBegin{static_cast<int64_t>(op.getBound())});
  exportBlock(op.getBody().front());
  add(simulator::LoopEnd{});
}

void Exporter::visit(LoadOp op) {
  simulator::Load load;
  load.ring = ids.at(op.getRing());
  if (isa<TileType>(op.getSource().getType())) {
    load.source = getRing(op.getSource());
    load.argument = loaded.lookup(*load.source);
  } else {
    load.argument = ids.at(op.getSource());
  }
  loaded[load.ring] = load.argument;
  load.origin = getOrigin(op.getPlace(), op.getCounters());
  load.revisits = getLoops(op.getRevisits());
  add(load);
}

void Exporter::visit(AcquireOp op) {
  add(simulator::Acquire{ids.at(op.getRing()), findId(op.getReader())});
}

void Exporter::visit(ReleaseOp op) {
  auto acquire = op.getTile().getDefiningOp<AcquireOp>();
  add(simulator::Release{ids.at(acquire.getRing()),
                         findId(acquire.getReader())});
}

void Exporter::visit(BeginOp op) {
  add(simulator::Begin{ids.at(op.getRing()), getLoops(op.getRevisits()),
                       op.getAccumulates()});
}

void Exporter::visit(EndOp op) {
  add(simulator::End{getAccumulatorRing(op.getAccumulators())});
}

void Exporter::visit(DecomposeOp op) {
  TermsType terms = op.getType();
  add(simulator::Decompose{getInput(op.getA(), op.getPlace(), op.getCounters()),
                           terms.getRows(), terms.getColumns(),
                           op.getSeries().getText()});
}

static simulator::MicroLoop exportMicroLoop(MicroLoopAttr loop) {
  return {static_cast<uint8_t>(loop.getDimension()), loop.getBound(),
          static_cast<simulator::MicroLoopKind>(loop.getKind()),
          static_cast<uint32_t>(loop.getLevel())};
}

void Exporter::visit(MmaOp op) {
  simulator::Multiply multiply;
  // Terms are those of what was decomposed last, and have its source.
  Value a = op.getA();
  if (auto decompose = a.getDefiningOp<DecomposeOp>()) {
    multiply.decomposed = true;
    multiply.a = getInput(decompose.getA(), decompose.getPlace(),
                          decompose.getCounters());
  } else {
    multiply.a = getInput(a, op.getAPlace(), op.getACounters());
  }
  multiply.b = getInput(op.getB(), op.getBPlace(), op.getBCounters());
  multiply.accumulators = getAccumulatorRing(op.getAccumulators());
  SmallVector<simulator::Offset, 3> offsets =
      getOffsets(op.getZPlace(), op.getZCounters());
  multiply.row = offsets[0];
  multiply.column = offsets[1];
  if (std::optional<mlir::tasd::SeriesAttr> pattern = op.getPattern())
    multiply.pattern = pattern->getText();
  multiply.term = static_cast<uint32_t>(op.getTerm());
  multiply.zeroPointB = static_cast<int64_t>(op.getZeroPoint());
  for (MicroLoopAttr loop : op.getNest().getLoops())
    multiply.nest.push_back(exportMicroLoop(loop));
  multiply.m = op.getCovers()[0];
  multiply.n = op.getCovers()[1];
  multiply.k = op.getCovers()[2];
  add(multiply);
}

void Exporter::visit(StoreOp op) {
  add(simulator::Store{ids.at(op.getRing()), ids.at(op.getDestination()),
                       getOrigin(op.getPlace(), op.getCounters())});
}

void Exporter::visit(SignalOp op) {
  add(simulator::Signal{ids.at(op.getToken()), findId(op.getUnit())});
}

void Exporter::visit(WaitOp op) {
  add(simulator::Wait{ids.at(op.getToken()), findId(op.getUnit()),
                      getLoops(op.getRevisits())});
}

simulator::Program mlir::ttc::exportProgram(ProgramOp op) {
  simulator::Program program;
  program.name = op.getSymName().str();
  program.machine = op.getMachine().str();
  program.machineHash = static_cast<uint64_t>(op.getMachineHash());
  program.sumType = *getElementType(op.getSumType());
  Exporter(program).exportBlock(op.getBody().front());
  return program;
}
