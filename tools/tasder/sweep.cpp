//===- sweep.cpp - The command line of tasder sweep -----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "sweep.h"

#include "tasd/Evaluation/SweepTool.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace tasd::evaluation;

static constexpr char kOverview[] =
    "Search plans for models on machines, by strategies within budgets\n\n"
    "Each combination is a task: one search as by tasder. Tasks are run here,\n"
    "or by any number of processes on any computers that share the directory\n"
    "of results; the comparison of all has the same bytes however they ran.\n\n"
    "  tasder sweep sweep.yaml --results results --json sweep.json\n\n"
    "  tasder sweep sweep.yaml --results results --shard 1/2   # here\n"
    "  tasder sweep sweep.yaml --results results --shard 2/2   # there\n"
    "  tasder sweep sweep.yaml --results results --merge --json sweep.json\n\n"
    "A file of 2 x 2 x 2 x 2 tasks, and 2 of the dense models on tc:\n\n"
    "  models: [digits-90.mlir, digits-95.mlir]\n"
    "  machines: [ttc-vegeta-m8, ttc-stc-m8]\n"
    "  strategies: [greedy, optimal]\n"
    "  min_qualities: [0.99, 0.95]\n"
    "  baseline: tc\n"
    "  calibration: x.npy\n"
    "  labels: y.npy\n"
    "  metric: top1\n\n"
    "Paths are relative to the folder of the file.\n\n";

static std::string getOverview() {
  std::string text = kOverview;
  raw_string_ostream os(text);
  printSweepKeys(os);
  return text;
}

namespace {
/// The options of the command line.
struct Flags {
  SweepOptions options;

  cl::OptionCategory category{"tasder sweep options"};
  cl::opt<std::string, true> file{
      cl::Positional,         cl::desc("<sweep.yaml>"),
      cl::value_desc("file"), cl::Required,
      cl::cat(category),      cl::location(options.sweepPath)};
  cl::opt<std::string, true> results{
      "results",
      cl::desc("Directory of the results, which several processes may share; a "
               "task whose result is there is not run again"),
      cl::value_desc("directory"), cl::cat(category),
      cl::location(options.resultsPath)};
  cl::opt<bool, true> listTasks{
      "list-tasks",
      cl::desc(
          "Print the names of the tasks, one a line, and run nothing; with "
          "--results each with a tab and the file of its result"),
      cl::cat(category), cl::location(options.listTasks)};
  cl::list<std::string> tasks{"task",
                              cl::desc("Run this task alone; may be repeated"),
                              cl::value_desc("name"), cl::cat(category)};
  cl::opt<std::string, true> shard{
      "shard", cl::desc("Run the I-th of N shards of the tasks, I from 1 to N"),
      cl::value_desc("I/N"), cl::cat(category), cl::location(options.shard)};
  cl::opt<bool, true> merge{
      "merge",
      cl::desc("Run nothing, and compare the results, all of which have to be "
               "there"),
      cl::cat(category), cl::location(options.merge)};
  cl::opt<unsigned, true> threads{
      "threads", cl::desc("Plans run at once (default: one on each processor)"),
      cl::value_desc("count"), cl::cat(category),
      cl::location(options.numThreads)};
  cl::opt<std::string, true> json{
      "json",
      cl::desc("The comparison in JSON, with the report of each task; - is the "
               "standard output"),
      cl::value_desc("file"), cl::cat(category),
      cl::location(options.jsonPath)};
  cl::opt<std::string, true> report{
      "report",
      cl::desc("The comparison as a page for the browser; - is the standard "
               "output"),
      cl::value_desc("file"), cl::cat(category),
      cl::location(options.reportPath)};
};
} // namespace

int runSweepCommand(int argc, const char *const *argv,
                    tasd::report::Provenance provenance) {
  Flags flags;
  cl::HideUnrelatedOptions(flags.category);
  std::string overview = getOverview();
  cl::ParseCommandLineOptions(argc, argv, overview);
  flags.options.tasks.assign(flags.tasks.begin(), flags.tasks.end());
  flags.options.provenance = std::move(provenance);
  return failed(runSweep(flags.options)) ? 1 : 0;
}
