//===- SweepFile.cpp - Sweeps as YAML -------------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A key of a model that stands beside the axes holds for all models that do not
// say otherwise. All mistakes are reported, each where it stands.
//
//===----------------------------------------------------------------------===//

#include "SweepModels.h"

#include "tasd/Evaluation/SweepTool.h"
#include "tasd/Machine/MachineFile.h"
#include "tasd/Runtime/Runtime.h"
#include "tasd/Search/Strategy.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

namespace {
class SweepReader {
public:
  explicit SweepReader(StringRef path)
      : path(path), models(values, sys::path::parent_path(path)) {}

  Expected<Sweep> read();

  // What the keys of the axes read.
  void readModels(const YamlNode &node);
  void readMachines(const YamlNode &node);
  void readStrategies(const YamlNode &node);
  void readMinQualities(const YamlNode &node);
  void readMaxEvaluations(const YamlNode &node);
  void readBaseline(const YamlNode &node);

private:
  void readAll(const YamlNode &tree);
  std::string readMachine(StringRef text, SweepMachine &machine);
  std::string addMachine(StringRef text);

  StringRef path;
  SweepValues values;
  SweepModelReader models;
  Sweep sweep;
};

/// A key beside those that hold for models.
struct Axis {
  StringLiteral name, doc;
  void (SweepReader::*read)(const YamlNode &node);
};
} // namespace

/// In the order in which they are read.
static constexpr Axis kAxes[] = {
    {"models",
     "list of modules: their files, or mappings of the keys below and 'name'",
     &SweepReader::readModels},
    {"machines", "list of machines to plan for, names or files",
     &SweepReader::readMachines},
    {"strategies", "list of who proposes plans (default: optimal)",
     &SweepReader::readStrategies},
    {"min_qualities",
     "list of least shares of the dense model's quality (default: 0.99)",
     &SweepReader::readMinQualities},
    {"max_evaluations",
     "list of the most plans a model is run with (default: 64)",
     &SweepReader::readMaxEvaluations},
    {"baseline",
     "machine whose dense models all is compared with (default: each its own)",
     &SweepReader::readBaseline},
};

void evaluation::printSweepKeys(raw_ostream &os) {
  auto print = [&](StringRef name, StringRef doc) {
    os << formatv("  {0,-15}  {1}\n", name, doc);
  };
  os << "Keys of the file:\n";
  for (const Axis &axis : kAxes)
    print(axis.name, axis.doc);
  os << "Keys of a model, or of all where they stand beside the others:\n";
  for (const SweepKey &key : getSweepKeys())
    print(key.name, key.doc);
}

//===----------------------------------------------------------------------===//
// Machines
//===----------------------------------------------------------------------===//

std::string SweepReader::readMachine(StringRef text, SweepMachine &machine) {
  machine.nameOrPath = machine::resolveMachine(text, path);
  auto loaded =
      machine::loadMachine(machine.nameOrPath, runtime::getPatternRegistry());
  if (!loaded)
    return toString(loaded.takeError());
  machine.machine = std::move(*loaded);
  return "";
}

std::string SweepReader::addMachine(StringRef text) {
  SweepMachine machine;
  if (std::string message = readMachine(text, machine); !message.empty())
    return message;
  StringRef name = machine.machine.name;
  for (const SweepMachine &known : sweep.machines) {
    if (known.machine.name == name)
      return ("expected machines of different names but got '" + name +
              "' again")
          .str();
    if (Error error = checkComparable(known.machine, machine.machine))
      return toString(std::move(error));
  }
  sweep.machines.push_back(std::move(machine));
  return "";
}

void SweepReader::readMachines(const YamlNode &node) {
  values.readList(node, "machines",
                  [&](StringRef text) { return addMachine(text); });
}

/// After the machines.
void SweepReader::readBaseline(const YamlNode &node) {
  values.readOne(node, "baseline", [&](StringRef text) -> std::string {
    SweepMachine machine;
    if (std::string message = readMachine(text, machine); !message.empty())
      return message;
    if (!sweep.machines.empty())
      if (Error error =
              checkComparable(sweep.machines.front().machine, machine.machine))
        return toString(std::move(error));
    sweep.baseline = std::move(machine);
    return "";
  });
}

//===----------------------------------------------------------------------===//
// The other axes
//===----------------------------------------------------------------------===//

void SweepReader::readModels(const YamlNode &node) {
  sweep.models = models.readModels(node);
}

void SweepReader::readStrategies(const YamlNode &node) {
  values.readDistinct(node, "strategies", sweep.strategies,
                      [](StringRef text, std::string &value) {
                        value = text.str();
                        return getMessage(search::getStrategy(text));
                      });
}

void SweepReader::readMinQualities(const YamlNode &node) {
  values.readDistinct(node, "min_qualities", sweep.minQualities, parseShare);
}

void SweepReader::readMaxEvaluations(const YamlNode &node) {
  values.readDistinct(node, "max_evaluations", sweep.maxEvaluations,
                      [](StringRef text, int64_t &value) {
                        return parseInteger(text, 2, value);
                      });
}

//===----------------------------------------------------------------------===//
// The file
//===----------------------------------------------------------------------===//

static bool isAxis(StringRef key) {
  return any_of(kAxes, [&](const Axis &axis) { return axis.name == key; });
}

static std::string describeUnknown(StringRef key) {
  SmallVector<StringRef> known;
  for (const Axis &axis : kAxes)
    known.push_back(axis.name);
  for (const SweepKey &option : getSweepKeys())
    known.push_back(option.name);
  return describeUnknownKey(key, known);
}

/// What holds for all models comes first, wherever it stands.
void SweepReader::readAll(const YamlNode &tree) {
  for (const YamlEntry &entry : tree.entries) {
    if (const SweepKey *option = findSweepKey(entry.key))
      models.readDefault(*option, entry);
    else if (!isAxis(entry.key))
      values.fail(entry.place, entry.key, describeUnknown(entry.key));
  }
  for (const Axis &axis : kAxes)
    if (const YamlEntry *entry = tree.lookup(axis.name))
      (this->*axis.read)(entry->value);
  for (StringRef key : {"models", "machines"})
    if (!tree.lookup(key))
      values.fail(tree.place, key, "expected this key");
}

Expected<Sweep> SweepReader::read() {
  auto buffer = MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return createStringError("cannot open '" + path +
                             "': " + buffer.getError().message());
  Expected<YamlNode> tree = parseYaml((*buffer)->getBuffer(), path);
  if (!tree)
    return tree.takeError();
  if (tree->kind != YamlNode::Kind::Mapping)
    return createStringError(formatMistake(
        tree->place, "expected a mapping but got " + tree->describe()));
  readAll(*tree);
  if (Error error = values.takeErrors())
    return std::move(error);
  return std::move(sweep);
}

Expected<Sweep> Sweep::read(StringRef path) { return SweepReader(path).read(); }
