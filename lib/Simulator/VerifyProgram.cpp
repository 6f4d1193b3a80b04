//===- VerifyProgram.cpp - Whether a machine can run a program ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The machine, arguments, rings and what levels hold; instructions are
// VerifyInstructions' part.
//
//===----------------------------------------------------------------------===//

#include "tasd/Simulator/VerifyProgram.h"

#include "Plan.h"
#include "VerifyInstructions.h"

#include "tasd/Machine/ProgramSupport.h"

#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace tasd;
using namespace tasd::simulator;
using llvm::Error;
using llvm::Twine;
using machine::Machine;
using sparsity::ElementType;

/// Rounding of shares such as 2/6 fills no level.
static constexpr double kSlack = 1e-6;

uint64_t tasd::simulator::getMachineHash(const Machine &machine) {
  return computeProgramHash(machine);
}

Error tasd::simulator::verifyMachine(const Machine &machine) {
  return checkProgramSupport(machine);
}

static bool isInRange(int64_t value, int64_t low = 1,
                      int64_t high = kMaxExtent) {
  return value >= low && value <= high;
}

/// The largest index along each dimension that the axes reach.
static bool fitsShape(const TensorArgument &argument) {
  std::vector<int64_t> reach(argument.shape.size());
  for (const Axis *axis : {&argument.batch, &argument.rows, &argument.columns})
    for (const Digit &digit : axis->digits) {
      if (digit.dimension >= reach.size() || !isInRange(digit.extent) ||
          !isInRange(digit.scale, 0))
        return false;
      reach[digit.dimension] += (digit.extent - 1) * digit.scale;
      if (reach[digit.dimension] >= argument.shape[digit.dimension])
        return false;
    }
  return true;
}

/// As if the product of the extents had no end.
static double countCoordinates(const Axis &axis) {
  double product = 1;
  for (const Digit &digit : axis.digits)
    product *= digit.extent;
  return product;
}

/// Whether places are gathered among those that there are, each once, in order.
static bool isGathered(const Axis &axis) {
  int64_t next = 0;
  for (int64_t place : axis.gathered) {
    if (place < next || place >= axis.getNumDigitValues())
      return false;
    next = place + 1;
  }
  return true;
}

/// Whether a product stays within what a tensor may have.
static bool isTensorSize(llvm::ArrayRef<int64_t> extents) {
  double product = 1;
  for (int64_t extent : extents) {
    if (!isInRange(extent))
      return false;
    product *= extent;
  }
  return product <= kMaxElements;
}

static Error verifyArgument(const TensorArgument &argument) {
  auto fail = [&](const Twine &expected) {
    return llvm::createStringError("argument '" + argument.name +
                                   "': expected " + expected);
  };
  if (argument.shape.size() > kMaxRank || !isTensorSize(argument.shape))
    return fail("a shape of at most 16 extents above 0, and 2^40 elements");
  for (const Axis *axis : {&argument.batch, &argument.rows, &argument.columns})
    if (axis->digits.size() > kMaxRank ||
        countCoordinates(*axis) > kMaxElements)
      return fail("at most 16 digits of an axis, and 2^40 coordinates");
  if (!fitsShape(argument))
    return fail("digits that stay within the shape");
  if (!argument.batch.gathered.empty())
    return fail("a batch that is not gathered");
  if (!isGathered(argument.rows) || !isGathered(argument.columns))
    return fail("gathered coordinates in ascending order, within the digits");
  bool isShare = argument.density >= 0 && argument.density <= 1;
  if (!isShare)
    return fail("a density from 0 to 1 but got " +
                llvm::formatv("{0}", argument.density).str());
  return Error::success();
}

static Error verifyArgument(const PackedArgument &argument,
                            const Machine &machine) {
  auto fail = [&](const Twine &message) {
    return llvm::createStringError("argument '" + argument.name +
                                   "': " + message);
  };
  if (!isTensorSize({argument.batch, argument.rows, argument.columns}))
    return fail("expected extents above 0, and at most 2^40 elements");
  if (Error error = verifySeries(argument.series, machine))
    return fail(llvm::toString(std::move(error)));
  return Error::success();
}

static Error verifyRing(const Ring &ring, const Machine &machine) {
  auto fail = [&](const Twine &expected) {
    return llvm::createStringError("ring '" + ring.name + "': expected " +
                                   expected);
  };
  size_t accumulators = machine.getAccumulatorLevel();
  if (ring.operand == Operand::Z && ring.level != accumulators)
    return fail("level " + Twine(accumulators) +
                ", the accumulators', but got " + Twine(ring.level));
  if (ring.operand != Operand::Z &&
      (ring.level == 0 || ring.level >= accumulators))
    return fail("a level between the outermost and the accumulators but got " +
                Twine(ring.level));
  if (!machine.levels[ring.level].keep.contains(ring.operand))
    return fail("a level that keeps its operand but got '" +
                machine.levels[ring.level].name + "'");
  if (ring.numSlots < 1 || ring.numSlots > 3)
    return fail("1 to 3 slots but got " + Twine(ring.numSlots));
  if (!isTensorSize({ring.rows, ring.columns}))
    return fail("tile extents above 0, and at most 2^40 elements");
  return Error::success();
}

/// What one instance of each level holds of the rings' tiles.
static Error verifyCapacities(const Program &program, const Machine &machine) {
  ProgramPlan plan(program, machine);
  std::vector<double> demand(machine.levels.size());
  for (auto [id, ring] : llvm::enumerate(program.rings)) {
    const machine::MemoryLevel &level = machine.levels[ring.level];
    double elements = plan.countElements(id) * plan.getCopies(id);
    const InputStorage &input = plan.getRingStorage(id);
    double words = ring.operand == Operand::Z ? getByteWidth(program.sumType)
                                              : input.words;
    if (level.capacityUnit == machine::CapacityUnit::Elements)
      words = 1;
    demand[ring.level] += elements * input.storage.keptShare * words;
  }
  for (auto [level, need] : llvm::enumerate(demand)) {
    const machine::MemoryLevel &memory = machine.levels[level];
    double room = double(memory.capacity) * machine.getNumInstances(level);
    if (memory.capacity != machine::kUnlimitedCapacity &&
        need > room * (1 + kSlack))
      return llvm::createStringError(
          "level '" + memory.name + "': expected tiles of at most " +
          Twine(int64_t(room)) + " in all instances but got " +
          Twine(int64_t(std::ceil(need))));
  }
  return Error::success();
}

static Error verifyHead(const Program &program, const Machine &machine) {
  if (program.machineHash != getMachineHash(machine))
    return llvm::createStringError("expected a program for machine '" +
                                   machine.name + "' but got one for '" +
                                   program.machine +
                                   "', or for another description of it");
  switch (program.sumType) {
  case ElementType::SI8:
  case ElementType::SI32:
  case ElementType::F32:
    break;
  default:
    return llvm::createStringError(
        "expected sums of si8, si32 or f32 but got " +
        getName(program.sumType));
  }
  if (program.numTokens > program.instructions.size())
    return llvm::createStringError("expected at most a token for each of " +
                                   Twine(program.instructions.size()) +
                                   " instructions but got " +
                                   Twine(program.numTokens));
  return Error::success();
}

Error tasd::simulator::verifyProgram(const Program &program,
                                     const Machine &machine) {
  if (Error error = verifyMachine(machine))
    return error;
  if (Error error = verifyHead(program, machine))
    return error;
  for (const Argument &argument : program.arguments) {
    const auto *packed = std::get_if<PackedArgument>(&argument);
    if (Error error = packed
                          ? verifyArgument(*packed, machine)
                          : verifyArgument(std::get<TensorArgument>(argument)))
      return error;
  }
  for (const Ring &ring : program.rings)
    if (Error error = verifyRing(ring, machine))
      return error;
  if (Error error = verifyInstructions(program, machine))
    return error;
  return verifyCapacities(program, machine);
}
