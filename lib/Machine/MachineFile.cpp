//===- MachineFile.cpp - Machines as YAML ---------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A file is read over the machine that its key `base` names, and so on down to
// one without a base; what results is validated, and each mistake reported
// where the value stands.
//
//===----------------------------------------------------------------------===//

#include "tasd/Machine/MachineFile.h"

#include "Presets.h"
#include "Schema.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace tasd;
using namespace tasd::machine;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

static bool isPath(StringRef nameOrPath) {
  return nameOrPath.contains('/') || nameOrPath.ends_with(".yaml");
}

std::string tasd::machine::resolveMachine(StringRef nameOrPath,
                                          StringRef fileName) {
  if (!isPath(nameOrPath) || llvm::sys::path::is_absolute(nameOrPath))
    return nameOrPath.str();
  llvm::SmallString<128> path = llvm::sys::path::parent_path(fileName);
  llvm::sys::path::append(path, nameOrPath);
  llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
  return isPath(path) ? path.str().str() : ("./" + path.str()).str();
}

static std::string describePresets() {
  return "one of: " + llvm::join(getPresetNames(), ", ");
}

namespace {

/// The text of a machine, and what it is called in errors.
struct Source {
  std::string fileName, text;
};

/// Reads a machine and its bases into one object.
class Loader {
public:
  explicit Loader(const tasd::sparsity::PatternRegistry &registry)
      : reader(registry) {}

  Expected<Machine> load(const Source &source);
  static Expected<Source> open(StringRef nameOrPath);

private:
  Error readOver(const Source &source);
  Error readBase(const YamlEntry &entry, StringRef fileName);
  Error takeErrors();
  void normalize();

  Reader reader;
  Machine machine;
  /// The files that are being read, each the base of the one before.
  std::vector<std::string> chain;
};

} // namespace

Expected<Source> Loader::open(StringRef nameOrPath) {
  if (!isPath(nameOrPath)) {
    if (const Preset *preset = findPreset(nameOrPath))
      return Source{("<machine " + nameOrPath + ">").str(), preset->text.str()};
    return createStringError("expected a machine, " + describePresets() +
                             ", or the path of a .yaml file, but got '" +
                             nameOrPath + "'");
  }
  auto buffer = llvm::MemoryBuffer::getFile(nameOrPath, /*IsText=*/true);
  if (!buffer)
    return createStringError("cannot open '" + nameOrPath +
                             "': " + buffer.getError().message());
  return Source{nameOrPath.str(), (*buffer)->getBuffer().str()};
}

Error Loader::takeErrors() {
  if (reader.errors.empty())
    return Error::success();
  return createStringError(llvm::join(reader.errors, "\n"));
}

Error Loader::readBase(const YamlEntry &entry, StringRef fileName) {
  if (entry.value.kind != YamlNode::Kind::Scalar) {
    reader.error(entry.value.place, kBaseKey,
                 "expected a machine but got " + entry.value.describe());
    return takeErrors();
  }
  auto source = open(resolveMachine(entry.value.text, fileName));
  if (!source) {
    reader.error(entry.value.place, kBaseKey,
                 llvm::toString(source.takeError()));
    return takeErrors();
  }
  if (llvm::is_contained(chain, source->fileName)) {
    reader.error(entry.value.place, kBaseKey,
                 "expected a machine with an end of bases but got the cycle " +
                     llvm::join(chain, " -> ") + " -> " + source->fileName);
    return takeErrors();
  }
  return readOver(*source);
}

Error Loader::readOver(const Source &source) {
  Expected<YamlNode> tree = parseYaml(source.text, source.fileName);
  if (!tree)
    return tree.takeError();
  chain.push_back(source.fileName);
  if (const YamlEntry *base = tree->lookup(kBaseKey))
    if (Error error = readBase(*base, source.fileName))
      return error;
  // Plans and tables tell machines by their names, so each file has its own.
  machine.name.clear();
  reader.setPlace("name", tree->place);
  reader.readMapping(*tree, "", getMachineSchema(), &machine);
  return takeErrors();
}

/// Energies come in the order of the levels.
void Loader::normalize() {
  for (EnergyProfile &profile : machine.energyProfiles)
    llvm::sort(profile.levels, [&](const auto &lhs, const auto &rhs) {
      return machine.findLevel(lhs.level) < machine.findLevel(rhs.level);
    });
}

Expected<Machine> Loader::load(const Source &source) {
  if (Error error = readOver(source))
    return std::move(error);
  for (const Problem &problem : validate(machine))
    reader.error(reader.getPlace(problem.path), problem.path, problem.message);
  if (Error error = takeErrors())
    return std::move(error);
  normalize();
  return std::move(machine);
}

Expected<Machine>
tasd::machine::loadMachine(StringRef nameOrPath,
                           const tasd::sparsity::PatternRegistry &registry) {
  auto source = Loader::open(nameOrPath);
  if (!source)
    return source.takeError();
  return Loader(registry).load(*source);
}

Expected<Machine>
tasd::machine::parseMachine(StringRef text, StringRef fileName,
                            const tasd::sparsity::PatternRegistry &registry) {
  return Loader(registry).load({fileName.str(), text.str()});
}

void tasd::machine::printMachine(const Machine &machine,
                                 llvm::raw_ostream &os) {
  Printer(os).printMapping(getMachineSchema(), &machine);
}
