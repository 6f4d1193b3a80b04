//===- Validation.cpp - What is wrong with a machine ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// First each value alone, by the schema; then what must hold between them.
//
//===----------------------------------------------------------------------===//

#include "Fields.h"

using namespace tasd::machine;
using llvm::StringRef;
using llvm::Twine;

/// More lanes than any machine has, so that products stay far from overflow.
static constexpr int64_t maxMacs = int64_t(1) << 30;

namespace {

/// What must hold between the values of a machine.
class Validator {
public:
  explicit Validator(const Machine &machine) : machine(machine) {}

  std::vector<Problem> run();

private:
  void fail(const Twine &path, const Twine &message) {
    problems.push_back({path.str(), message.str()});
  }
  void failLevel(const MemoryLevel &level, StringRef key,
                 const Twine &message) {
    fail("levels." + level.name + "." + key, message);
  }

  void checkArray();
  void checkLevels();
  void checkOutermostLevel();
  void checkResidency(const MemoryLevel &level);
  void checkCapacity(size_t index);
  void checkMetadata(const MemoryLevel &level);
  void checkOperand(StringRef key, const OperandSupport &support);
  void checkTasdUnits();
  void checkProfiles();
  void checkProfileLevels(const EnergyProfile &profile);
  void checkProfileTypes(const EnergyProfile &profile);
  void checkMeasured();

  const Machine &machine;
  std::vector<Problem> problems;
};

} // namespace

void Validator::checkArray() {
  double numMacs = 1;
  for (const Extents &extents :
       {machine.array.subPartitions, machine.array.lanes})
    numMacs *= double(extents.m) * double(extents.n) * double(extents.k);
  if (numMacs > double(maxMacs))
    fail("array", "expected at most " + Twine(maxMacs) + " lanes");
}

/// Data starts and ends outside: there, everything has room.
void Validator::checkOutermostLevel() {
  const MemoryLevel &level = machine.levels.front();
  if (!(level.keep == OperandSet{true, true, true}))
    failLevel(level, "keep", "expected the outermost level to keep a, b and z");
  if (!(level.mayBypass == OperandSet{}))
    failLevel(level, "may_bypass",
              "expected the outermost level to keep every operand");
  if (level.capacity != kUnlimitedCapacity)
    failLevel(level, "capacity",
              "expected 'unlimited' at the outermost level but got " +
                  Twine(level.capacity));
  if (level.placement != Placement::Machine)
    failLevel(level, "placement",
              "expected 'machine' at the outermost level but got '" +
                  Codec<Placement>::print(level.placement) + "'");
}

void Validator::checkResidency(const MemoryLevel &level) {
  for (Operand operand : {Operand::A, Operand::B, Operand::Z})
    if (level.mayBypass.contains(operand) && !level.keep.contains(operand))
      failLevel(level, "may_bypass",
                "expected operands of 'keep' but got '" +
                    Codec<Operand>::print(operand) + "'");
}

/// A mapping fills the lanes: what all lanes below an instance work on at one
/// time needs room in it. Elements take a word at least in one type.
void Validator::checkCapacity(size_t index) {
  const MemoryLevel &level = machine.levels[index];
  Extents below;
  for (size_t inner = index; inner < machine.levels.size(); ++inner) {
    Extents fanout = machine.getFanout(inner);
    below = {below.m * fanout.m, below.n * fanout.n, below.k * fanout.k};
  }
  auto holds = [&](Operand operand) {
    return level.keep.contains(operand) && !level.mayBypass.contains(operand);
  };
  int64_t least = holds(Operand::A) * below.m * below.k +
                  holds(Operand::B) * below.k * below.n +
                  holds(Operand::Z) * below.m * below.n;
  if (level.capacity < least)
    failLevel(level, "capacity",
              "expected at least " + Twine(least) +
                  ", for mappings that fill the lanes, but got " +
                  Twine(level.capacity));
}

void Validator::checkMetadata(const MemoryLevel &level) {
  const MetadataStore &store = level.metadata;
  if ((store.widthBits == 0) != (store.capacity == 0))
    return failLevel(
        level, "metadata",
        "expected both 'width_bits' and 'capacity' above 0, or neither");
  for (Operand operand : {Operand::A, Operand::B}) {
    MetadataFormat format = machine.getSupport(operand).format;
    if (level.keep.contains(operand) && format != MetadataFormat::None &&
        store.widthBits == 0)
      failLevel(level, "metadata",
                "expected a store for what tells the places of " +
                    Codec<Operand>::print(operand));
  }
}

void Validator::checkLevels() {
  checkOutermostLevel();
  const MemoryLevel *outer = nullptr;
  for (auto [index, level] : llvm::enumerate(machine.levels)) {
    if (outer && level.placement < outer->placement)
      failLevel(level, "placement",
                "expected '" + Codec<Placement>::print(outer->placement) +
                    "' or below, as of level '" + outer->name + "', but got '" +
                    Codec<Placement>::print(level.placement) + "'");
    outer = &level;
    checkResidency(level);
    if (index > 0)
      checkCapacity(index);
    checkMetadata(level);
  }
}

void Validator::checkOperand(StringRef key, const OperandSupport &support) {
  bool needsFormat =
      !support.patterns.empty() || support.zeros != ZeroSupport::Stored;
  if (needsFormat && support.format == MetadataFormat::None)
    fail(key + ".format", "expected a format for patterns or compressed zeros "
                          "but got 'none'");
  llvm::StringMap<bool> seen;
  for (const auto &pattern : support.patterns)
    if (!seen.try_emplace(pattern->getText()).second)
      fail(key + ".patterns", "expected distinct patterns but got '" +
                                  pattern->getText() + "' twice");
}

/// Extracting terms at run time drops what they do not cover.
void Validator::checkTasdUnits() {
  if (machine.tasdUnits.count > 0 && machine.a.patterns.empty())
    fail("tasd_units.count",
         "expected 0 for a machine without patterns of a but got " +
             Twine(machine.tasdUnits.count));
  if (machine.tasdUnits.count > maxMacs)
    fail("tasd_units.count", "expected at most " + Twine(maxMacs) +
                                 " but got " + Twine(machine.tasdUnits.count));
}

void Validator::checkProfileLevels(const EnergyProfile &profile) {
  std::string path = "energy_profiles." + profile.name + ".levels";
  for (const LevelEnergy &energy : profile.levels)
    if (!machine.findLevel(energy.level))
      fail(path + "." + energy.level + ".level",
           "expected the name of a level but got '" + energy.level + "'");
  for (const MemoryLevel &level : machine.levels)
    if (llvm::none_of(profile.levels, [&](const LevelEnergy &energy) {
          return energy.level == level.name;
        }))
      fail(path, "expected an entry for level '" + level.name + "'");
}

/// All profiles know the same types, so that choosing one changes figures
/// alone.
void Validator::checkProfileTypes(const EnergyProfile &profile) {
  std::string path = "energy_profiles." + profile.name + ".macs";
  for (const MacEnergy &mac : profile.macs)
    if (!getElementWords(mac.type))
      fail(path + "." + mac.type + ".type",
           "expected an element type, as in i8 or bf16, but got '" + mac.type +
               "'");
  for (const MacEnergy &mac : machine.energyProfiles.front().macs)
    if (llvm::none_of(profile.macs, [&](const MacEnergy &other) {
          return other.type == mac.type;
        }))
      fail(path, "expected an entry for type '" + mac.type +
                     "', which profile '" +
                     machine.energyProfiles.front().name + "' has");
}

void Validator::checkProfiles() {
  if (llvm::none_of(machine.energyProfiles, [&](const EnergyProfile &profile) {
        return profile.name == machine.energyProfile;
      }))
    fail("energy_profile", "expected the name of one of 'energy_profiles' but "
                           "got '" +
                               machine.energyProfile + "'");
  for (const EnergyProfile &profile : machine.energyProfiles) {
    checkProfileLevels(profile);
    checkProfileTypes(profile);
  }
}

void Validator::checkMeasured() {
  if (!machine.measured)
    return;
  const std::vector<MeasuredKernel> &kernels = machine.measured->kernels;
  if (llvm::none_of(kernels, [](const MeasuredKernel &kernel) {
        return kernel.form == KernelForm::Dense && !kernel.readsWindows;
      }))
    fail("measured.kernels", "expected one that is dense and reads no windows");
  for (const MeasuredKernel &kernel : kernels)
    if (!getElementWords(kernel.type))
      fail("measured.kernels." + kernel.name + ".type",
           "expected an element type, as in i8 or bf16, but got '" +
               kernel.type + "'");
}

std::vector<Problem> Validator::run() {
  getMachineSchema().check(&machine, "", problems);
  if (!problems.empty())
    return std::move(problems);
  checkArray();
  if (!problems.empty())
    return std::move(problems);
  checkLevels();
  checkOperand("a", machine.a);
  checkOperand("b", machine.b);
  checkTasdUnits();
  checkProfiles();
  checkMeasured();
  return std::move(problems);
}

std::vector<Problem> tasd::machine::validate(const Machine &machine) {
  return Validator(machine).run();
}
