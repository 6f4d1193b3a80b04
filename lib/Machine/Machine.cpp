//===- Machine.cpp - What follows from a machine's description ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Derived facts, and the questions whether a machine runs a series and whether
// two machines' energies can be compared.
//
//===----------------------------------------------------------------------===//

#include "tasd/Machine/Machine.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <cassert>
#include <tuple>

using namespace tasd::machine;
namespace sparsity = tasd::sparsity;
using llvm::createStringError;
using llvm::Error;
using llvm::StringRef;
using llvm::Twine;

bool OperandSet::contains(Operand operand) const {
  return operand == Operand::A ? a : operand == Operand::B ? b : z;
}

bool OperandSet::operator==(const OperandSet &other) const {
  return std::tie(a, b, z) == std::tie(other.a, other.b, other.z);
}

bool Extents::operator==(const Extents &other) const {
  return std::tie(m, n, k) == std::tie(other.m, other.n, other.k);
}

template <typename Profiles>
static auto findProfile(Profiles &profiles, StringRef name) {
  return llvm::find_if(profiles,
                       [&](const auto &each) { return each.name == name; });
}

const EnergyProfile &Machine::getEnergy() const {
  auto found = findProfile(energyProfiles, energyProfile);
  assert(found != energyProfiles.end() && "a valid machine has its profile");
  return *found;
}

const MacEnergy *Machine::getMacEnergy(StringRef type) const {
  for (const MacEnergy &mac : getEnergy().macs)
    if (mac.type == type)
      return &mac;
  return nullptr;
}

const OperandSupport &Machine::getSupport(Operand operand) const {
  assert(operand != Operand::Z && "results are dense");
  return operand == Operand::A ? a : b;
}

int64_t Machine::getNumInstances(size_t level) const {
  switch (levels[level].placement) {
  case Placement::Machine:
    return 1;
  case Placement::SubPartition:
    return array.subPartitions.getNumElements();
  case Placement::Lane:
    return array.getNumMacs();
  }
  llvm_unreachable("unknown placement");
}

Extents Machine::getFanout(size_t level) const {
  Placement here = levels[level].placement;
  Placement below =
      level + 1 < levels.size() ? levels[level + 1].placement : Placement::Lane;
  auto splits = [&](Placement inner) { return here < inner && inner <= below; };
  Extents fanout;
  for (auto [inner, extents] :
       {std::pair(Placement::SubPartition, array.subPartitions),
        std::pair(Placement::Lane, array.lanes)})
    if (splits(inner))
      fanout = {fanout.m * extents.m, fanout.n * extents.n,
                fanout.k * extents.k};
  return fanout;
}

size_t Machine::getAccumulatorLevel() const {
  for (size_t level = levels.size(); level-- > 0;)
    if (levels[level].keep.z)
      return level;
  llvm_unreachable("the outermost level of a valid machine keeps Z");
}

std::optional<size_t> Machine::findLevel(StringRef name) const {
  for (auto [index, level] : llvm::enumerate(levels))
    if (level.name == name)
      return index;
  return std::nullopt;
}

double Machine::getAreaUm2() const {
  double area = array.areaUm2 * double(array.getNumMacs()) +
                tasdUnits.areaUm2 * double(tasdUnits.count);
  for (auto [index, level] : llvm::enumerate(levels))
    area += level.areaUm2 * double(getNumInstances(index));
  return area;
}

std::optional<double> tasd::machine::getElementWords(StringRef type) {
  unsigned bits = llvm::StringSwitch<unsigned>(type)
                      .Case("i4", 4)
                      .Cases({"i8", "f8E4M3FN", "f8E5M2"}, 8)
                      .Cases({"i16", "f16", "bf16"}, 16)
                      .Cases({"i32", "f32"}, 32)
                      .Cases({"i64", "f64"}, 64)
                      .Default(0);
  return bits ? std::optional<double>(bits / 8.0) : std::nullopt;
}

Error tasd::machine::selectEnergyProfile(Machine &machine, StringRef name) {
  auto getName = [](const EnergyProfile &profile) { return profile.name; };
  if (findProfile(machine.energyProfiles, name) == machine.energyProfiles.end())
    return createStringError(
        "expected an energy profile of machine '" + machine.name +
        "', one of: " +
        llvm::join(llvm::map_range(machine.energyProfiles, getName), ", ") +
        ", but got '" + name + "'");
  machine.energyProfile = name.str();
  return Error::success();
}

Error tasd::machine::checkComparable(const Machine &first,
                                     const Machine &second) {
  if (first.energyProfile == second.energyProfile)
    return Error::success();
  return createStringError(
      "expected machines with the same energy profile but got '" + first.name +
      "' with '" + first.energyProfile + "' and '" + second.name + "' with '" +
      second.energyProfile + "'");
}

static Error checkPattern(const Machine &machine, const OperandSupport &support,
                          const std::string &text) {
  std::vector<std::string> known;
  for (const auto &pattern : support.patterns)
    known.push_back(pattern->getText());
  if (llvm::is_contained(known, text))
    return Error::success();
  if (known.empty())
    return createStringError("expected a dense operand on machine '" +
                             machine.name + "' but got '" + text + "'");
  return createStringError("expected a pattern that machine '" + machine.name +
                           "' runs, one of: " + llvm::join(known, ", ") +
                           ", but got '" + text + "'");
}

Error tasd::machine::checkSeries(const Machine &machine, Operand operand,
                                 const sparsity::Series &series) {
  for (const auto &pattern : series.getPatterns())
    if (Error error = checkPattern(machine, machine.getSupport(operand),
                                   pattern->getText()))
      return error;
  int64_t maxTerms = machine.series.maxTerms;
  if (int64_t(series.size()) <= maxTerms)
    return Error::success();
  return createStringError("expected at most " + Twine(maxTerms) +
                           (maxTerms == 1 ? " term" : " terms") +
                           " on machine '" + machine.name + "' but got " +
                           Twine(series.size()));
}

bool tasd::machine::runsInParts(const sparsity::Series &series) {
  return series.size() == 1 &&
         series.getPatterns().front()->getPartPattern().has_value();
}

bool tasd::machine::mayDrop(const Machine &machine,
                            const sparsity::Series &series) {
  return machine.series.lossy || runsInParts(series);
}

static bool hasParts(const sparsity::PatternRef &pattern) {
  return pattern->getPartPattern().has_value();
}

Error tasd::machine::checkPlannedSeries(const Machine &machine,
                                        const sparsity::Series &series) {
  if (llvm::none_of(series.getPatterns(), hasParts))
    return checkSeries(machine, Operand::A, series);
  if (series.size() != 1)
    return createStringError("expected a term that is run in parts to be the "
                             "only one, on machine '" +
                             machine.name + "', but got '" + series.getText() +
                             "'");
  sparsity::PatternRef parts = *series.getPatterns().front()->getPartPattern();
  Error error =
      parts ? checkSeries(machine, Operand::A, sparsity::Series({parts}))
            : Error::success();
  if (!error)
    return Error::success();
  return createStringError("the parts of '" + series.getText() +
                           "': " + llvm::toString(std::move(error)));
}
