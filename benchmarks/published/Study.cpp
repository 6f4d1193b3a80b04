//===- Study.cpp - What is compared, and what is varied -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Study.h"

#include "YamlFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

using namespace tasd::published;
using llvm::Error;

namespace {
struct MachineEntry {
  std::string name;
  bool hasLossyTerm = false;
};

struct StudyFile {
  std::vector<std::string> networks;
  std::vector<MachineEntry> machines;
  double publishedBest = 0, publishedMean = 0;
  std::vector<Setting> settings;
};
} // namespace

LLVM_YAML_IS_SEQUENCE_VECTOR(MachineEntry)
LLVM_YAML_IS_SEQUENCE_VECTOR(ReluDensity)
LLVM_YAML_IS_SEQUENCE_VECTOR(Setting)

namespace llvm::yaml {
template <> struct MappingTraits<MachineEntry> {
  static void mapping(IO &io, MachineEntry &entry) {
    io.mapRequired("name", entry.name);
    io.mapOptional("lossy_term", entry.hasLossyTerm);
  }
};

template <> struct MappingTraits<ReluDensity> {
  static void mapping(IO &io, ReluDensity &replaced) {
    io.mapRequired("network", replaced.network);
    io.mapRequired("density", replaced.density);
  }
};

template <> struct MappingTraits<Setting> {
  static void mapping(IO &io, Setting &setting) {
    io.mapRequired("name", setting.name);
    io.mapRequired("max_dropped_magnitude", setting.maxDropped);
    io.mapOptional("on_average", setting.isOnAverage);
    io.mapOptional("strategy", setting.strategy);
    io.mapOptional("equal_scales", setting.weights.hasEqualScales);
    io.mapOptional("row_spread", setting.weights.rowSpread);
    io.mapOptional("activation_density_factor",
                   setting.activations.densityFactor);
    io.mapOptional("uneven_rows", setting.activations.hasUnevenRows);
    io.mapOptional("relu_densities", setting.reluDensities);
    io.mapOptional("buffer_rate_factor", setting.bufferRateFactor);
    io.mapOptional("bills_outer_metadata", setting.billsOuterMetadata);
    io.mapOptional("batch", setting.batch);
    io.mapOptional("machines", setting.machines);
  }
};

template <> struct MappingTraits<StudyFile> {
  static void mapping(IO &io, StudyFile &file) {
    io.mapRequired("networks", file.networks);
    io.mapRequired("machines", file.machines);
    io.mapRequired("published_best_reduction", file.publishedBest);
    io.mapRequired("published_mean_reduction", file.publishedMean);
    io.mapRequired("settings", file.settings);
  }
};
} // namespace llvm::yaml

static Error failIn(const Setting &setting, const llvm::Twine &message) {
  return llvm::createStringError("setting '" + setting.name + "': " + message);
}

static Error checkReluDensities(const Setting &setting,
                                llvm::ArrayRef<Network> networks) {
  for (const ReluDensity &replaced : setting.reluDensities) {
    if (llvm::none_of(networks, [&](const Network &network) {
          return network.name == replaced.network;
        }))
      return failIn(setting, "there is no network '" + replaced.network + "'");
    if (!(replaced.density >= 0 && replaced.density <= 1))
      return failIn(setting, "expected a density from 0 to 1");
  }
  return Error::success();
}

static Error checkSetting(const Setting &setting,
                          llvm::ArrayRef<ComparedMachine> machines) {
  if (!(setting.maxDropped >= 0 && setting.maxDropped <= 1))
    return failIn(setting, "expected a max_dropped_magnitude from 0 to 1");
  if (!(setting.weights.rowSpread >= 0 && setting.weights.rowSpread <= 2))
    return failIn(setting, "expected a row_spread from 0 to 2");
  if (!(setting.activations.densityFactor >= 0))
    return failIn(setting, "expected an activation_density_factor of at least "
                           "0");
  if (!(setting.bufferRateFactor > 0))
    return failIn(setting, "expected a buffer_rate_factor above 0");
  if (setting.batch < 1 || setting.batch > 1024)
    return failIn(setting, "expected a batch from 1 to 1024");
  for (const std::string &label : setting.machines)
    if (llvm::none_of(machines, [&](const ComparedMachine &compared) {
          return compared.label == label;
        }))
      return failIn(setting, "there is no machine '" + label + "'");
  if (!setting.machines.empty() &&
      !llvm::is_contained(setting.machines, machines.front().label))
    return failIn(setting, "expected the baseline among its machines");
  return Error::success();
}

/// The path of what a study names: relative to the study's.
static std::string resolve(llvm::StringRef name, llvm::StringRef path) {
  if (llvm::sys::path::is_absolute(name))
    return name.str();
  llvm::SmallString<128> resolved(path);
  llvm::sys::path::remove_filename(resolved);
  llvm::sys::path::append(resolved, name);
  return resolved.str().str();
}

static Error failTwice(llvm::StringRef what, llvm::StringRef name) {
  return llvm::createStringError("expected each " + what + " once but got '" +
                                 name + "' twice");
}

static Error addNetworks(const StudyFile &file, llvm::StringRef path,
                         Study &study) {
  for (const std::string &name : file.networks) {
    auto network = readNetwork(resolve(name, path));
    if (!network)
      return network.takeError();
    if (llvm::any_of(study.networks, [&](const Network &known) {
          return known.name == network->name;
        }))
      return failTwice("network", network->name);
    study.networks.push_back(std::move(*network));
  }
  return Error::success();
}

static Error addMachines(const StudyFile &file, Study &study) {
  for (const MachineEntry &entry : file.machines) {
    auto machine = loadComparedMachine(entry.name, entry.hasLossyTerm);
    if (!machine)
      return machine.takeError();
    if (llvm::any_of(study.machines, [&](const ComparedMachine &known) {
          return known.label == machine->label;
        }))
      return failTwice("machine", machine->label);
    study.machines.push_back(std::move(*machine));
  }
  for (const ComparedMachine &compared : study.machines)
    if (Error error =
            checkComparable(study.machines.front().machine, compared.machine))
      return error;
  return Error::success();
}

llvm::Expected<Study> tasd::published::readStudy(llvm::StringRef path) {
  auto file = readYamlFile<StudyFile>(path);
  if (!file)
    return file.takeError();
  if (file->machines.empty() || file->settings.empty())
    return llvm::createStringError(path + ": expected a machine and a setting");
  Study study;
  study.publishedBest = file->publishedBest;
  study.publishedMean = file->publishedMean;
  study.settings = file->settings;
  if (Error error = addNetworks(*file, path, study))
    return std::move(error);
  if (Error error = addMachines(*file, study))
    return std::move(error);
  for (const Setting &setting : study.settings) {
    if (Error error = checkSetting(setting, study.machines))
      return std::move(error);
    if (Error error = checkReluDensities(setting, study.networks))
      return std::move(error);
  }
  return study;
}
