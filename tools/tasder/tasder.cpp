//===- tasder.cpp - Find the plans of a module ----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "sweep.h"

#include "tasd/Evaluation/Metric.h"
#include "tasd/Evaluation/TasderTool.h"
#include "tasd/Search/Strategy.h"
#include "tasd/Sparsity/Pattern.h"
#include "tasd/Support/CommandLine.h"

#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;
using mlir::tasd::PlanSide;

static constexpr char kProgram[] =
    "tasder " TASD_VERSION ", LLVM " LLVM_VERSION_STRING;

static constexpr char kOverview[] =
    "Find series for the layers of a module, by cost and measured quality\n\n"
    "Profiles the module on calibration data, lets a strategy propose plans "
    "for\n"
    "a machine, runs the module with each on the data, and writes it with the\n"
    "best plan whose quality is at least the given share of the dense "
    "module's.\n"
    "\n"
    "  tasder net.mlirbc --machine ttc-vegeta-m8 --calibration x.npy \\\n"
    "    --metric top1 --labels y.npy --min-quality 0.99 -o planned.mlirbc\n"
    "  tasder net.mlirbc --machine ttc-vegeta-m8 --calibration x.npy \\\n"
    "    --metric cosine --explain conv1\n"
    "\n"
    "tasder sweep --help: many models, machines, strategies and budgets\n";

/// Makes room for our option of that name.
static void removeLLVMOption(StringRef name) {
  auto &options = cl::getRegisteredOptions();
  auto it = options.find(name);
  if (it != options.end())
    it->second->removeArgument();
}

static std::string describeMetrics() {
  std::string text = "What quality is:";
  for (const MetricKind &kind : getMetricKinds())
    text += "\n" + kind.syntax.str() + ": " + kind.description.str();
  return text;
}

static std::string describeStrategies() {
  std::string text =
      "Who proposes plans, beside greedy selection, which always "
      "does (default: optimal):";
  for (const search::Strategy &strategy : search::getStrategies())
    text += "\n" + strategy.name.str() + ": " + strategy.description.str();
  text += "\nOr what all layers are pruned by together, for each --sparsity a "
          "candidate:";
  for (const search::Pruning &pruning : search::getPrunings())
    text += "\n" + pruning.name.str() + ": " + pruning.description.str();
  return text;
}

namespace {
/// The options of the command line.
struct Flags {
  TasderOptions options;
  std::string metricHelp = describeMetrics();
  std::string strategyHelp = describeStrategies();

  cl::OptionCategory category{"tasder options"};
  cl::opt<std::string, true> module{
      cl::Positional, cl::desc("<module>"), cl::value_desc("file"),
      cl::Required,   cl::cat(category),    cl::location(options.modulePath)};
  cl::opt<std::string, true> machine{
      "machine",
      cl::desc(
          "The machine to plan for: one that tasd-opt --tasd-list-machines "
          "names, or a file"),
      cl::value_desc("name|file"), cl::cat(category),
      cl::location(options.machine)};
  cl::opt<std::string, true> entry{
      "entry",
      cl::desc("Function to run (default: the only public one, or main)"),
      cl::value_desc("name"), cl::cat(category), cl::location(options.entry)};
  cl::list<std::string> calibration{
      "calibration",
      cl::desc("Arguments to search with, an .npy or .npz file; may be "
               "repeated"),
      cl::value_desc("file"), cl::cat(category)};
  cl::opt<std::string, true> labels{
      "labels",
      cl::desc("Right answers for them; without, metrics compare with what the "
               "dense module gives"),
      cl::value_desc("file"), cl::cat(category),
      cl::location(options.labelsPath)};
  cl::list<std::string> test{
      "test",
      cl::desc("Arguments that the search does not see, and the result is "
               "scored on"),
      cl::value_desc("file"), cl::cat(category)};
  cl::opt<std::string, true> testLabels{
      "test-labels", cl::desc("Right answers for those"),
      cl::value_desc("file"), cl::cat(category),
      cl::location(options.testLabelsPath)};
  cl::opt<int64_t, true> batch{
      "batch",
      cl::desc("Rows of one call where the function takes any number of rows "
               "(default: all at once)"),
      cl::value_desc("rows"), cl::cat(category), cl::location(options.batch)};
  cl::opt<std::string, true> metric{
      "metric",     cl::desc(metricHelp), cl::value_desc("metric"),
      cl::Required, cl::cat(category),    cl::location(options.metric)};
  cl::opt<double, true> minQuality{
      "min-quality",
      cl::desc(
          "Least quality, as a share of the dense module's, above 0 and at "
          "most 1 (default: 0.99)"),
      cl::value_desc("share"), cl::cat(category),
      cl::location(options.minQuality)};
  cl::opt<std::string, true> strategy{"strategy", cl::desc(strategyHelp),
                                      cl::value_desc("name"), cl::cat(category),
                                      cl::location(options.strategy)};
  cl::list<double> sparsities{
      "sparsity", cl::CommaSeparated,
      cl::desc("Shares of the elements of all layers to leave out, at least 0 "
               "and below 1"),
      cl::value_desc("share,..."), cl::cat(category)};
  cl::opt<int64_t> granularity{
      "granularity",
      cl::desc("Rows of a tile (default: 128), rows and columns of a block "
               "(32), or elements of a vector (16)"),
      cl::value_desc("count"), cl::cat(category)};
  cl::opt<double, true> delta{
      "delta",
      cl::desc("Share of the elements that tiles leave out beyond the "
               "sparsity, and that is given back one by one (default: 0)"),
      cl::value_desc("share"), cl::cat(category),
      cl::location(options.pruning.delta)};
  cl::opt<std::string, true> inner{"inner",
                                   cl::desc("Pattern inside tiles, as in 2:4"),
                                   cl::value_desc("pattern"), cl::cat(category),
                                   cl::location(options.pruning.inner)};
  cl::opt<sparsity::ScoreKind, true> score{
      "score", cl::desc("What tiles score"),
      cl::values(clEnumValN(sparsity::ScoreKind::Norm, "norm",
                            "norms, over the number of columns or the width of "
                            "the tile, as published (default)"),
                 clEnumValN(sparsity::ScoreKind::RootMeanSquare, "rms",
                            "root mean squares")),
      cl::cat(category), cl::location(options.pruning.score)};
  cl::opt<std::string, true> scores{
      "scores",
      cl::desc("What to prune by in place of the weights: an .npz file with an "
               "array for each layer, by its name and of the shape of its "
               "weights"),
      cl::value_desc("file"), cl::cat(category),
      cl::location(options.scoresPath)};
  cl::list<search::ErrorModel> errorModels{
      "error-model", cl::CommaSeparated,
      cl::desc("The error whose sum the strategy bounds; it proposes by each "
               "of several "
               "(default: output-error,dropped-magnitude)"),
      cl::values(
          clEnumValN(search::ErrorModel::DroppedNonZeros, "dropped-non-zeros",
                     "share of non-zeros dropped"),
          clEnumValN(search::ErrorModel::DroppedMagnitude, "dropped-magnitude",
                     "share of magnitude dropped"),
          clEnumValN(search::ErrorModel::Frobenius, "frobenius",
                     "share of squares dropped"),
          clEnumValN(search::ErrorModel::OutputError, "output-error",
                     "share of squares dropped, weighted by what they meet")),
      cl::cat(category)};
  cl::opt<cost::Objective, true> objective{
      "objective", cl::desc("What is to be least"),
      cl::values(clEnumValN(cost::Objective::Latency, "latency", "cycles"),
                 clEnumValN(cost::Objective::Energy, "energy", "energy"),
                 clEnumValN(cost::Objective::Edp, "edp",
                            "the energy-delay product (default)")),
      cl::cat(category), cl::location(options.objective)};
  cl::list<std::string> series{
      "series",
      cl::desc("The series to choose from, as 2:4,2:4+1:8 (default: all that "
               "the machine runs)"),
      cl::value_desc("series"), cl::cat(category)};
  cl::opt<PlanSide, true> side{
      "side", cl::desc("Which operands may get a series"),
      cl::values(
          clEnumValN(PlanSide::Weights, "weights", "weights"),
          clEnumValN(PlanSide::Activations, "activations", "activations"),
          clEnumValN(PlanSide::Both, "both", "both (default)")),
      cl::cat(category), cl::location(options.side)};
  cl::opt<bool, true> compensate{
      "compensate",
      cl::desc("Let the weights that series keep make up for those they drop, "
               "by second moments of the activations: time and memory for "
               "profiles, and other constants in the module"),
      cl::cat(category), cl::location(options.isCompensated)};
  cl::opt<std::string, true> layers{
      "layers", cl::desc("Layers to plan, as enc*.{k,v} (default: all)"),
      cl::value_desc("glob"), cl::cat(category), cl::location(options.layers)};
  cl::opt<std::string, true> skip{"skip", cl::desc("Layers to leave dense"),
                                  cl::value_desc("glob"), cl::cat(category),
                                  cl::location(options.skip)};
  cl::opt<int64_t, true> dynamicExtent{
      "dynamic-extent",
      cl::desc("What dynamic extents, as the number of rows, count as on the "
               "machine (default: 1)"),
      cl::value_desc("extent"), cl::cat(category),
      cl::location(options.dynamicExtent)};
  cl::opt<int64_t, true> maxEvaluations{
      "max-evaluations",
      cl::desc("Most plans that the module is run with, at least 2 (default: "
               "64)"),
      cl::value_desc("count"), cl::cat(category),
      cl::location(options.maxEvaluations)};
  cl::opt<double> timeLimit{
      "time-limit",
      cl::desc("Seconds after which the optimal strategy proposes the best it "
               "has, with its gap (default: none; with one, results may depend "
               "on time)"),
      cl::value_desc("seconds"), cl::init(0), cl::cat(category)};
  cl::opt<unsigned, true> threads{
      "threads",
      cl::desc("Plans run at once (default: 0, one on each processor)"),
      cl::value_desc("count"), cl::cat(category),
      cl::location(options.numThreads)};
  cl::opt<mlir::tasd::DenseKernels, true> dense{
      "dense",
      cl::desc("What multiplies the matrices of dense layers where the module "
               "is run"),
      cl::values(clEnumValN(mlir::tasd::DenseKernels::Vector, "vector",
                            "vector code of the compiler's own (default)"),
                 clEnumValN(mlir::tasd::DenseKernels::BLAS, "blas",
                            "the BLAS of this build, for large layers")),
      cl::cat(category), cl::location(options.dense)};
  cl::opt<std::string, true> journal{
      "journal",
      cl::desc("Directory that keeps what was measured: a search that was "
               "killed goes on from there"),
      cl::value_desc("directory"), cl::cat(category),
      cl::location(options.journalPath)};
  cl::opt<std::string, true> output{
      "o",
      cl::desc("The planned module, in bytecode if the name ends in .mlirbc"),
      cl::value_desc("file"), cl::cat(category),
      cl::location(options.outputPath)};
  cl::opt<std::string, true> json{
      "json", cl::desc("The report in JSON; - is the standard output"),
      cl::value_desc("file"), cl::cat(category),
      cl::location(options.jsonPath)};
  cl::opt<std::string, true> report{
      "report",
      cl::desc(
          "The report as an HTML page that stands alone; - is the standard "
          "output"),
      cl::value_desc("file"), cl::cat(category),
      cl::location(options.reportPath)};
  cl::list<std::string> explain{
      "explain",
      cl::desc("Layers of which to print all candidates, and why they were not "
               "chosen, as conv*; may be repeated"),
      cl::value_desc("glob"), cl::cat(category)};

  /// What is wrong with a number; empty if nothing is.
  std::string findViolation() const;
  TasderOptions getOptions() const;
};
} // namespace

std::string Flags::findViolation() const {
  if (options.batch < 0)
    return "--batch: expected at least 0 but got " +
           std::to_string(options.batch);
  if (options.minQuality <= 0 || options.minQuality > 1 ||
      std::isnan(options.minQuality))
    return "--min-quality: expected a share above 0, of at most 1, but got " +
           formatv("{0}", options.minQuality).str();
  if (options.maxEvaluations < 2)
    return "--max-evaluations: expected at least 2 but got " +
           std::to_string(options.maxEvaluations);
  if (options.dynamicExtent < 1)
    return "--dynamic-extent: expected at least 1 but got " +
           std::to_string(options.dynamicExtent);
  if (timeLimit < 0 || timeLimit >= 1e9 || std::isnan(timeLimit))
    return "--time-limit: expected at least 0 seconds but got " +
           formatv("{0}", double(timeLimit)).str();
  return "";
}

TasderOptions Flags::getOptions() const {
  TasderOptions result = options;
  result.calibrationPaths.assign(calibration.begin(), calibration.end());
  result.testPaths.assign(test.begin(), test.end());
  for (const std::string &list : series)
    for (StringRef text : sparsity::splitSeriesList(list))
      result.series.push_back(text.str());
  result.sparsities.assign(sparsities.begin(), sparsities.end());
  if (granularity.getNumOccurrences() > 0)
    result.pruning.granularity = granularity;
  if (!errorModels.empty())
    result.errorModels.assign(errorModels.begin(), errorModels.end());
  result.explained.assign(explain.begin(), explain.end());
  if (timeLimit > 0)
    result.timeLimit =
        std::chrono::milliseconds(static_cast<int64_t>(timeLimit * 1000));
  return result;
}

static int runSearchCommand(int argc, char **argv) {
  Flags flags;
  cl::HideUnrelatedOptions(flags.category);
  cl::ParseCommandLineOptions(argc, argv, kOverview);
  if (std::string violation = flags.findViolation(); !violation.empty()) {
    WithColor::error(errs(), "tasder") << violation << "\n";
    return 1;
  }
  TasderOptions options = flags.getOptions();
  options.provenance = {formatCommandLine(argc, argv), kProgram};
  return mlir::failed(runTasder(options)) ? 1 : 0;
}

/// The arguments of `tasder sweep`, which stands in usage and errors as the
/// program.
static int dispatchSweep(int argc, char **argv) {
  std::string program = std::string(argv[0]) + " sweep";
  SmallVector<const char *> arguments = {program.c_str()};
  arguments.append(argv + 2, argv + argc);
  return runSweepCommand(arguments.size(), arguments.data(),
                         {formatCommandLine(argc, argv), kProgram});
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::SetVersionPrinter([](raw_ostream &os) { os << kProgram << "\n"; });
  removeLLVMOption("threads");
  if (argc > 1 && StringRef(argv[1]) == "sweep")
    return dispatchSweep(argc, argv);
  return runSearchCommand(argc, argv);
}
