//===- tasd-run.cpp - Run a module on data --------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/RunTool.h"
#include "tasd/Support/CommandLine.h"
#include "tasd/Support/Memory.h"

#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

static constexpr char kProgram[] =
    "tasd-run " TASD_VERSION ", LLVM " LLVM_VERSION_STRING;

static constexpr char kOverview[] =
    "Run a planned module on data\n\n"
    "Compiles the module, and beside it the same module without its plans, "
    "runs\n"
    "both on the inputs, and prints their times and how far the results are\n"
    "apart; with --layers and --labels also what the plan does to each layer "
    "and\n"
    "how many rows of the inputs are classified correctly.\n\n"
    "Arguments come from the --input files in order: an .npy file is one; "
    "those\n"
    "of an .npz file come sorted by name, numbers by value (arg0, arg1, ...).\n"
    "Where the function takes a fixed number of rows B and an input has k*B,\n"
    "it is called k times and the results are joined along their first\n"
    "dimension.\n\n"
    "  tasd-run planned.mlir --backend cpu --input x.npy --output y.npy\n"
    "  tasd-opt net.mlir --tasd-plan=series=2:4 \\\n"
    "    | tasd-run - --input x.npy --labels classes.npy --layers\n"
    "  tasd-opt net.mlir --tasd-instrument=series=2:4 \\\n"
    "    | tasd-run - --input x.npy --profile profile.json\n";

/// Makes room for our option of that name: LLVM's own prints the counters of a
/// build with statistics, or says how it is linked.
static void removeLLVMOption(StringRef name) {
  auto &options = cl::getRegisteredOptions();
  auto it = options.find(name);
  if (it != options.end())
    it->second->removeArgument();
}

namespace {
/// The options of the command line.
struct Flags {
  cl::OptionCategory category{"tasd-run options"};
  cl::opt<std::string> module{cl::Positional, cl::desc("<module>"),
                              cl::value_desc("file"), cl::Required,
                              cl::cat(category)};
  cl::opt<std::string> backend{
      "backend",
      cl::desc(
          "Where the program runs: on this machine's CPU as plain loops "
          "(reference) or vectorised (cpu, the default), or on a simulated "
          "accelerator (ttc)"),
      cl::value_desc("reference|cpu|ttc"), cl::init("cpu"), cl::cat(category)};
  cl::opt<std::string> machine{
      "machine",
      cl::desc("The accelerator: one that tasd-opt --tasd-list-machines names, "
               "or a file"),
      cl::value_desc("name|file"), cl::cat(category)};
  cl::opt<cost::Objective> objective{
      "objective",
      cl::desc("What mappings minimise that the plan does not have"),
      cl::values(clEnumValN(cost::Objective::Latency, "latency", "cycles"),
                 clEnumValN(cost::Objective::Energy, "energy", "energy"),
                 clEnumValN(cost::Objective::Edp, "edp",
                            "the energy-delay product (default)")),
      cl::init(cost::Objective::Edp), cl::cat(category)};
  cl::opt<mlir::tasd::DenseKernels> dense{
      "dense", cl::desc("What multiplies the matrices of dense layers"),
      cl::values(clEnumValN(mlir::tasd::DenseKernels::Vector, "vector",
                            "vector code of the compiler's own (default)"),
                 clEnumValN(mlir::tasd::DenseKernels::BLAS, "blas",
                            "the BLAS of this build, for large layers")),
      cl::init(mlir::tasd::DenseKernels::Vector), cl::cat(category)};
  cl::opt<unsigned> threads{
      "threads",
      cl::desc("Threads that compiled code runs on; results do not depend on "
               "it (default: 1)"),
      cl::value_desc("count"), cl::init(1), cl::cat(category)};
  cl::opt<bool> timing{
      "timing",
      cl::desc("Simulate the accelerator's timing alone: inputs are not "
               "needed, and there are no results"),
      cl::cat(category)};
  cl::opt<std::string> entry{
      "entry",
      cl::desc("Function to run (default: the only public one, or main)"),
      cl::value_desc("name"), cl::cat(category)};
  cl::list<std::string> inputs{
      "input", cl::desc("Arguments, an .npy or .npz file; may be repeated"),
      cl::value_desc("file"), cl::cat(category)};
  cl::opt<std::string> labels{
      "labels",
      cl::desc("Right classes, an .npy file of integers: count how often the "
               "largest score of the first result is theirs"),
      cl::value_desc("file"), cl::cat(category)};
  cl::opt<std::string> output{
      "output",
      cl::desc("Results: an .npy file for one, or an .npz file of result0, "
               "result1, ..."),
      cl::value_desc("file"), cl::cat(category)};
  cl::opt<bool> layers{
      "layers",
      cl::desc("Print the table of the layers, with how far the plan moves the "
               "output of each, its inputs being the dense module's"),
      cl::cat(category)};
  cl::opt<bool> rounding{
      "rounding",
      cl::desc("Print how much of the bound 2 (K + 1) eps (|c| + sum |a| |b|) "
               "the sums of each layer are off; beyond it is an error"),
      cl::cat(category)};
  cl::opt<std::string> baseline{
      "baseline",
      cl::desc("What to compare with: the module without its plans (dense, the "
               "default); that on another accelerator, by name or file; or "
               "nothing (none)"),
      cl::value_desc("dense|none|name|file"), cl::init("dense"),
      cl::cat(category)};
  cl::opt<bool> json{"json", cl::desc("Print JSON instead of text"),
                     cl::cat(category)};
  cl::opt<std::string> stats{
      "stats", cl::desc("What is printed, in JSON; - is the standard output"),
      cl::value_desc("file"), cl::cat(category)};
  cl::opt<std::string> report{
      "report", cl::desc("The same as an HTML page that stands alone"),
      cl::value_desc("file"), cl::cat(category)};
  cl::opt<std::string> trace{
      "trace",
      cl::desc("Timeline of the accelerator in Chrome's trace format, which "
               "Perfetto opens"),
      cl::value_desc("file"), cl::cat(category)};
  cl::opt<std::string> profile{
      "profile",
      cl::desc("What the inputs of layers hold, measured by a module that "
               "tasd-instrument made: for tasd-profile. It runs once, and is "
               "compared with nothing"),
      cl::value_desc("file"), cl::cat(category)};
  cl::opt<int64_t> batch{
      "batch",
      cl::desc("Rows of one call where the function takes any number of rows "
               "(default: all at once)"),
      cl::value_desc("rows"), cl::init(0), cl::cat(category)};
  cl::opt<int64_t> repeat{
      "repeat", cl::desc("Runs of which the median time is taken (default: 3)"),
      cl::value_desc("count"), cl::init(3), cl::cat(category)};

  /// Prints what is wrong with a number; true if nothing is.
  bool verify() const;
  RunToolOptions getOptions() const;
};
} // namespace

bool Flags::verify() const {
  for (auto [option, value, least] :
       {std::tuple("--repeat", repeat.getValue(), 1),
        std::tuple("--batch", batch.getValue(), 0),
        std::tuple("--threads", int64_t(threads), 1)}) {
    if (value >= least)
      continue;
    WithColor::error(errs(), "tasd-run")
        << option << ": expected at least " << least << " but got " << value
        << "\n";
    return false;
  }
  return true;
}

RunToolOptions Flags::getOptions() const {
  RunToolOptions options;
  options.modulePath = module;
  options.backend = {backend, machine, objective, {dense, threads}};
  options.entry = entry;
  options.inputPaths.assign(inputs.begin(), inputs.end());
  options.labelsPath = labels;
  options.outputPath = output;
  options.statsPath = stats;
  options.reportPath = report;
  options.tracePath = trace;
  options.profilePath = profile;
  options.timingOnly = timing;
  options.batch = batch;
  options.repeat = repeat;
  options.baseline = baseline;
  options.measureLayers = layers;
  options.measureRounding = rounding;
  options.json = json;
  return options;
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  keepFreedMemory();
  cl::SetVersionPrinter([](raw_ostream &os) { os << kProgram << "\n"; });
  removeLLVMOption("stats");
  removeLLVMOption("threads");
  Flags flags;
  cl::HideUnrelatedOptions(flags.category);
  cl::ParseCommandLineOptions(argc, argv, kOverview);
  if (!flags.verify())
    return 1;
  RunToolOptions options = flags.getOptions();
  options.provenance = {formatCommandLine(argc, argv), kProgram};
  return mlir::failed(runTool(options)) ? 1 : 0;
}
