//===- tasd-published.cpp - The published comparison ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComparisonReport.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;
using namespace tasd::published;

static constexpr char kOverview[] =
    "Networks with generated weights on machines, beside published figures\n\n"
    "Reads what is compared, and under which settings, from a file of YAML, "
    "as\n"
    "benchmarks/published/comparison.yaml. docs/Published.md explains it.\n";

namespace {
/// The options of the command line.
struct Flags {
  cl::OptionCategory category{"tasd-published options"};
  cl::opt<std::string> study{cl::Positional, cl::desc("<file>"), cl::Required,
                             cl::cat(category)};
  cl::list<std::string> networks{
      "network", cl::desc("Compare only this network, by its name"),
      cl::value_desc("name"), cl::cat(category)};
  cl::opt<bool> headlineOnly{"headline-only",
                             cl::desc("Leave out all settings but the first"),
                             cl::cat(category)};
  cl::opt<unsigned> threads{"max-threads",
                            cl::desc("Threads to use (default: all)"),
                            cl::init(0), cl::cat(category)};
  cl::opt<bool> json{"json", cl::desc("Print JSON instead of tables"),
                     cl::cat(category)};
};
} // namespace

/// Leaves what the options ask for. Errors: there is no such network.
static Error select(const Flags &flags, Study &study) {
  for (const std::string &name : flags.networks)
    if (none_of(study.networks,
                [&](const Network &network) { return network.name == name; }))
      return createStringError("--network: there is none called '" + name +
                               "'");
  if (!flags.networks.empty())
    erase_if(study.networks, [&](const Network &network) {
      return !is_contained(flags.networks, network.name);
    });
  if (flags.headlineOnly)
    study.settings.resize(1);
  return Error::success();
}

static Error run(const Flags &flags) {
  auto study = readStudy(flags.study);
  if (!study)
    return study.takeError();
  if (Error error = select(flags, *study))
    return error;
  DefaultThreadPool pool(hardware_concurrency(flags.threads));
  Comparison comparison(study->networks, study->machines, pool);
  std::vector<SettingResults> results;
  for (const Setting &setting : study->settings) {
    auto variants = comparison.run(setting);
    if (!variants)
      return variants.takeError();
    results.push_back({setting, std::move(*variants)});
  }
  (flags.json ? printJson : printText)(*study, results, outs());
  return Error::success();
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::SetVersionPrinter(
      [](raw_ostream &os) { os << "tasd-published " TASD_VERSION "\n"; });
  Flags flags;
  cl::HideUnrelatedOptions(flags.category);
  cl::ParseCommandLineOptions(argc, argv, kOverview);
  if (Error error = run(flags)) {
    WithColor::error(errs(), "tasd-published")
        << toString(std::move(error)) << "\n";
    return 1;
  }
  return 0;
}
