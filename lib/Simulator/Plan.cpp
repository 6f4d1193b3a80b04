//===- Plan.cpp - What a program asks of a machine ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Plan.h"

#include "SeriesText.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace tasd;
using namespace tasd::simulator;
using tasd::machine::Machine;
using tasd::machine::Storage;
using tasd::sparsity::ElementType;
using tasd::sparsity::Series;

llvm::StringRef tasd::simulator::getMachineType(ElementType type) {
  switch (type) {
  case ElementType::SI8:
  case ElementType::UI8:
    return "i8";
  case ElementType::SI32:
  case ElementType::UI32:
    return "i32";
  default:
    return sparsity::getName(type);
  }
}

static std::vector<Storage> getTerms(const Machine &machine,
                                     const Series &series) {
  std::vector<Storage> terms;
  for (const sparsity::PatternRef &pattern : series.getPatterns())
    terms.push_back(
        tasd::machine::getTermStorage(machine, Operand::A, *pattern));
  return terms;
}

static InputStorage getStorage(const Argument &argument, Operand operand,
                               const Machine &machine) {
  if (const auto *packed = std::get_if<PackedArgument>(&argument))
    return {tasd::machine::sumStorages(
                getTerms(machine, getSeries(packed->series))),
            double(getByteWidth(packed->type))};
  const auto &tensor = std::get<TensorArgument>(argument);
  double words = getByteWidth(tensor.type);
  if (operand == Operand::Z)
    return {{}, words};
  return {tasd::machine::getUnstructuredStorage(
              machine, operand, tensor.density, tensor.columns.getExtent()),
          words};
}

ProgramPlan::ProgramPlan(const Program &program, const Machine &machine)
    : program(program), machine(machine), passes(program.instructions.size()),
      decomposes(program.instructions.size()) {
  static const TensorArgument none;
  for (const Argument &argument : program.arguments) {
    const auto *tensor = std::get_if<TensorArgument>(&argument);
    footprints.emplace_back(tensor ? *tensor : none);
  }
  planStorages();
  planInstances();
  for (auto [place, instruction] : llvm::enumerate(program.instructions))
    if (const auto *multiply = std::get_if<Multiply>(&instruction)) {
      InputStorage a = getTermStorage(*multiply);
      double sumWords = getByteWidth(program.sumType);
      uint32_t level = program.rings[multiply->accumulators].level;
      passes[place] = planPasses(*multiply, a, getStorage(multiply->b),
                                 sumWords, level, machine);
      if (multiply->term != 0)
        passes[place].denseMacs = 0;
    }
  for (auto [place, instruction] : llvm::enumerate(program.instructions))
    if (const auto *decompose = std::get_if<Decompose>(&instruction))
      planDecompose(place, *decompose);
}

/// Arguments say for which operand they are by who reads them.
void ProgramPlan::planStorages() {
  std::vector<Operand> operands(program.arguments.size(), Operand::Z);
  auto note = [&](const InputSource &source, Operand operand) {
    if (!source.ring)
      operands[source.argument] = operand;
  };
  for (const Instruction &instruction : program.instructions) {
    if (const auto *load = std::get_if<Load>(&instruction);
        load && !load->source)
      operands[load->argument] = program.rings[load->ring].operand;
    if (const auto *decompose = std::get_if<Decompose>(&instruction))
      note(decompose->a, Operand::A);
    if (const auto *multiply = std::get_if<Multiply>(&instruction)) {
      note(multiply->a, Operand::A);
      note(multiply->b, Operand::B);
    }
  }
  for (auto [argument, operand] : llvm::zip(program.arguments, operands))
    arguments.push_back(::getStorage(argument, operand, machine));
  rings.resize(program.rings.size());
  contents.resize(program.rings.size());
  for (const Instruction &instruction : program.instructions)
    if (const auto *load = std::get_if<Load>(&instruction)) {
      rings[load->ring] =
          load->source ? rings[*load->source] : arguments[load->argument];
      rings[load->ring].level = program.rings[load->ring].level;
      contents[load->ring] =
          load->source ? contents[*load->source] : load->argument;
    }
}

void ProgramPlan::planInstances() {
  instances.assign(machine.levels.size(), 1);
  copies.assign(program.rings.size(), 1);
  auto note = [&](RingId ring, llvm::ArrayRef<MicroLoop> nest) {
    copies[ring] = countCopies(nest, program.rings[ring].operand,
                               program.rings[ring].level);
  };
  for (const Instruction &instruction : program.instructions) {
    const auto *multiply = std::get_if<Multiply>(&instruction);
    if (!multiply)
      continue;
    for (auto [level, count] : llvm::enumerate(instances))
      count = std::max(count,
                       std::min<double>(countInstances(multiply->nest, level),
                                        machine.getNumInstances(level)));
    note(multiply->accumulators, multiply->nest);
    for (const InputSource *source : {&multiply->a, &multiply->b})
      if (source->ring)
        note(*source->ring, multiply->nest);
  }
}

const InputStorage &ProgramPlan::getStorage(const InputSource &source) const {
  return source.ring ? rings[*source.ring] : arguments[source.argument];
}

/// How the lanes take the term of A.
InputStorage ProgramPlan::getTermStorage(const Multiply &multiply) const {
  InputStorage input = getStorage(multiply.a);
  input.decomposed = multiply.decomposed;
  if (!multiply.pattern.empty())
    input.storage = getTerms(machine, getSeries(multiply.pattern)).front();
  return input;
}

/// The first term's reads pass through the units.
void ProgramPlan::planDecompose(size_t place, const Decompose &decompose) {
  DecomposePlan &plan = decomposes[place];
  plan.source = getStorage(decompose.a);
  Series series = getSeries(decompose.series);
  double elements = double(decompose.rows) * decompose.columns;
  for (size_t at = place; at != program.instructions.size(); ++at) {
    const auto *multiply = std::get_if<Multiply>(&program.instructions[at]);
    if (!multiply || !multiply->decomposed)
      continue;
    elements = passes[at].elementsOfA;
    break;
  }
  plan.amount = {elements * plan.source.words, 0};
  int64_t blockSize = series.getBlockSize().value_or(1);
  double kept = tasd::machine::sumStorages(getTerms(machine, series)).keptShare;
  plan.count = {elements / blockSize, elements * kept, plan.source.words};
  // A read takes a line of each bank at least.
  const tasd::machine::MemoryLevel &level = machine.levels[plan.source.level];
  double lines = plan.amount.words / (level.lineWords * level.banks);
  double rounds = plan.count.blocks / machine.tasdUnits.count;
  plan.numRounds = std::max<int64_t>(1, std::ceil(std::min(rounds, lines)));
  plan.workOfRound =
      toTicks(rounds * machine.tasdUnits.cyclesPerBlock / plan.numRounds);
}

double ProgramPlan::getPlaceWords(ArgumentId argument, RingId ring) const {
  const auto *tensor =
      std::get_if<TensorArgument>(&program.arguments[argument]);
  if (!tensor)
    return 0;
  const Ring &tile = program.rings[ring];
  double places = 0;
  if (!tensor->rows.gathered.empty())
    places += tile.rows;
  if (!tensor->columns.gathered.empty())
    places += tile.columns;
  return places * tasd::machine::kWordsOfPlace;
}

Amount ProgramPlan::getTile(const Load &load, int64_t row, int64_t column) {
  const Ring &tile = program.rings[load.ring];
  if (tile.operand == Operand::Z)
    return {getSumWords(load.ring), 0};
  double elements = double(tile.rows) * tile.columns;
  if (!load.source)
    elements = footprints[load.argument].countElements({row, tile.rows},
                                                       {column, tile.columns});
  const InputStorage &input = rings[load.ring];
  return {elements * input.storage.keptShare * input.words,
          elements * input.storage.metadataBits};
}

double ProgramPlan::countElements(RingId ring) {
  const Ring &tile = program.rings[ring];
  if (tile.operand == Operand::Z)
    return double(tile.rows) * tile.columns;
  return footprints[contents[ring]].countElements({0, tile.rows},
                                                  {0, tile.columns});
}

double ProgramPlan::getSumWords(RingId ring) const {
  const Ring &tile = program.rings[ring];
  return double(tile.rows) * tile.columns * getByteWidth(program.sumType);
}
