//===- tasd-cost.cpp - What a layer costs on a machine --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Cost/MappingSearch.h"
#include "tasd/Cost/WorkText.h"
#include "tasd/Machine/MachineFile.h"
#include "tasd/Report/CostReport.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace tasd;

static constexpr char kOverview[] =
    "What one layer costs on a machine\n\n"
    "The layer is a matrix product Z[M,N] = A[M,K] * B[K,N], or a convolution\n"
    "as such a product; A may be a series. Prints cycles, energy, and what\n"
    "each level of memory moves for each operand, with the best mapping or\n"
    "one that is given.\n\n"
    "A mapping has a line for each level, the outermost first:\n\n"
    "  DRAM: for N in [0:8)\n"
    "  SMEM: for M in [0:2) / for M in [0:4) (Spatial-Y)\n"
    "  RF: for K in [0:36) / for M in [0:16) (Spatial-Y) / for K in [0:32) "
    "(Spatial-X)\n"
    "  LRF: for N in [0:128)\n\n"
    "A level keeps what the machine says; \"SMEM keep b:\" says otherwise.\n\n"
    "  tasd-cost --machine stc --gemm 128,1024,1152 --series 2:4\n"
    "  tasd-cost --machine stc --gemm 128,1024,1152 --series 2:4 \\\n"
    "    --mapping layer.map\n";

namespace {
/// The options of the command line.
struct Flags {
  cl::OptionCategory category{"tasd-cost options"};
  cl::opt<std::string> machine{
      "machine",
      cl::desc("One that tasd-opt --tasd-list-machines names, or a file"),
      cl::value_desc("name|file"), cl::Required, cl::cat(category)};
  cl::opt<std::string> energyProfile{
      "energy-profile", cl::desc("Energies to use (default: the machine's)"),
      cl::value_desc("name"), cl::cat(category)};
  cl::opt<std::string> gemm{"gemm", cl::desc("Sizes of a matrix product"),
                            cl::value_desc("M,N,K"), cl::cat(category)};
  cl::opt<std::string> convolution{
      "conv",
      cl::desc("Sizes of a convolution: images, height, width, "
               "channels, filters, kernel, stride, padding"),
      cl::value_desc("N,H,W,C,F,KH,KW,STRIDE,PAD"), cl::cat(category)};
  cl::opt<std::string> types{
      "types", cl::desc("Element types (default: i8,i8,i8)"),
      cl::value_desc("A,B,Z"), cl::init("i8,i8,i8"), cl::cat(category)};
  cl::opt<double> densityA{"density-a",
                           cl::desc("Share of non-zeros of A (default: 1)"),
                           cl::init(1), cl::cat(category)};
  cl::opt<double> densityB{"density-b",
                           cl::desc("Share of non-zeros of B (default: 1)"),
                           cl::init(1), cl::cat(category)};
  cl::opt<std::string> seriesA{"series",
                               cl::desc("Series of A (default: dense)"),
                               cl::value_desc("series"), cl::cat(category)};
  cl::opt<std::string> seriesB{"series-b",
                               cl::desc("Series of B (default: dense)"),
                               cl::value_desc("series"), cl::cat(category)};
  cl::opt<bool> atRunTime{
      "decompose-at-run-time",
      cl::desc("TASD units extract the terms of A while the layer runs"),
      cl::cat(category)};
  cl::opt<std::string> mapping{
      "mapping", cl::desc("Loop nest, taken as it is (default: the best one)"),
      cl::value_desc("file"), cl::cat(category)};
  cl::opt<std::string> objective{
      "objective",
      cl::desc("What the best mapping minimises, one of latency, energy and\n"
               "edp, their product (default: edp)"),
      cl::value_desc("objective"), cl::init("edp"), cl::cat(category)};
  cl::opt<bool> json{"json", cl::desc("Print JSON instead of a table"),
                     cl::cat(category)};
};
} // namespace

/// Says which option an error is about.
static Error inOption(StringRef option, Error error) {
  if (!error)
    return error;
  return createStringError("--" + option + ": " + toString(std::move(error)));
}

static Error parseSizes(const Flags &flags, cost::Work &work) {
  if (flags.gemm.empty() == flags.convolution.empty())
    return createStringError("expected one of --gemm and --conv");
  if (!flags.gemm.empty())
    return inOption("gemm", cost::parseGemm(flags.gemm, work));
  return inOption("conv", cost::parseConvolution(flags.convolution, work));
}

static Error parseSeries(const std::string &text, StringRef option,
                         cost::Input &input) {
  if (text.empty())
    return Error::success();
  auto series =
      sparsity::PatternRegistry::createWithBuiltins().parseSeries(text);
  if (!series)
    return inOption(option, series.takeError());
  input.series = std::move(*series);
  return Error::success();
}

static Expected<cost::Work> parseWork(const Flags &flags) {
  cost::Work work;
  work.a.density = flags.densityA;
  work.b.density = flags.densityB;
  work.a.decomposedAtRunTime = flags.atRunTime;
  if (Error error = parseSizes(flags, work))
    return std::move(error);
  if (Error error = inOption("types", cost::parseTypes(flags.types, work)))
    return std::move(error);
  if (Error error = parseSeries(flags.seriesA, "series", work.a))
    return std::move(error);
  if (Error error = parseSeries(flags.seriesB, "series-b", work.b))
    return std::move(error);
  return work;
}

static Expected<machine::Machine> loadMachine(const Flags &flags) {
  auto machine = machine::loadMachine(flags.machine);
  if (machine && !flags.energyProfile.empty())
    if (Error error = selectEnergyProfile(*machine, flags.energyProfile))
      return inOption("energy-profile", std::move(error));
  return machine;
}

static Expected<cost::MappedCost> findMapping(const Flags &flags,
                                              const cost::Work &work,
                                              const machine::Machine &machine) {
  auto objective = cost::parseObjective(flags.objective);
  if (!objective)
    return createStringError(
        "--objective: expected latency, energy or edp but got '" +
        flags.objective + "'");
  auto resolved = cost::getObjective(machine, *objective);
  if (!resolved)
    return inOption("objective", resolved.takeError());
  return cost::findBestMapping(work, machine, *resolved);
}

static Expected<cost::MappedCost> readMapping(const Flags &flags,
                                              const cost::Work &work,
                                              const machine::Machine &machine) {
  auto mapping = cost::readMappingFile(flags.mapping);
  if (!mapping)
    return mapping.takeError();
  auto cost = cost::computeCost(work, *mapping, machine);
  if (!cost)
    return cost.takeError();
  return cost::MappedCost{std::move(*mapping), std::move(*cost)};
}

static void print(const Flags &flags, const cost::MappedCost &mapped) {
  if (flags.json)
    return report::printCostJson(mapped, outs());
  report::printCostTable(mapped.cost, outs());
  if (!flags.mapping.empty() || mapped.mapping.levels.empty())
    return;
  outs() << "\n";
  cost::printMapping(mapped.mapping, outs());
}

static Error run(const Flags &flags) {
  auto machine = loadMachine(flags);
  if (!machine)
    return machine.takeError();
  auto work = parseWork(flags);
  if (!work)
    return work.takeError();
  auto mapped = flags.mapping.empty() ? findMapping(flags, *work, *machine)
                                      : readMapping(flags, *work, *machine);
  if (!mapped)
    return mapped.takeError();
  print(flags, *mapped);
  return Error::success();
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::SetVersionPrinter(
      [](raw_ostream &os) { os << "tasd-cost " TASD_VERSION "\n"; });
  Flags flags;
  cl::HideUnrelatedOptions(flags.category);
  cl::ParseCommandLineOptions(argc, argv, kOverview);
  if (Error error = run(flags)) {
    WithColor::error(errs(), "tasd-cost") << toString(std::move(error)) << "\n";
    return 1;
  }
  return 0;
}
