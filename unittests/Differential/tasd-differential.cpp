//===- tasd-differential.cpp - The differential test ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs random linalg programs, planned, through all pipelines and holds their
// results against the dense op on the composed operand. Fails when a result is
// wrong, or when too little was rewritten.
//
//===----------------------------------------------------------------------===//

#include "Accelerator.h"
#include "Batch.h"
#include "Coverage.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/ThreadPool.h"

using namespace tasd::differential;

namespace cl = llvm::cl;

static cl::OptionCategory category("Options of tasd-differential");
static cl::opt<uint64_t> firstSeed("seed",
                                   cl::desc("Seed of the first program."),
                                   cl::init(0), cl::cat(category));
static cl::opt<unsigned>
    count("count",
          cl::desc("Number of programs; their seeds follow the first."),
          cl::init(200), cl::cat(category));
static cl::opt<int64_t>
    only("only",
         cl::desc("Seed of a single program: print its MLIR and run it."),
         cl::init(-1), cl::cat(category));
static cl::opt<unsigned> numThreads("jobs",
                                    cl::desc("Number of threads; 0 for all."),
                                    cl::init(0), cl::cat(category));
static cl::opt<unsigned>
    batchSize("batch", cl::desc("Number of programs compiled as one module."),
              cl::init(24), cl::cat(category));
static cl::opt<unsigned> optLevel("opt-level",
                                  cl::desc("Optimisation level of LLVM, 0-3."),
                                  cl::init(0), cl::cat(category));
static cl::opt<bool>
    planOnly("plan-only",
             cl::desc("Stop once programs are planned and converted."),
             cl::cat(category));
static cl::opt<bool>
    markdown("markdown",
             cl::desc("Print docs/Coverage.md instead of the counts."),
             cl::cat(category));

static RunOptions getRunOptions(uint64_t seed) {
  RunOptions options;
  options.planOnly = planOnly;
  options.optLevel = optLevel;
  options.vectorBits = seed / batchSize % 2 ? 512 : 256;
  options.machine = seed / batchSize % Accelerator::kNumMachines;
  options.termsApart = seed / batchSize % 3 == 0;
  return options;
}

/// Runs all programs, batches in parallel; outcomes are in the order of seeds.
static std::vector<Outcome> runAll() {
  std::vector<std::vector<uint64_t>> batches;
  for (unsigned i = 0; i < count; ++i) {
    // Wherever the seeds begin, one is run with the same options: see `only`.
    if (i == 0 || (firstSeed + i) % batchSize == 0)
      batches.emplace_back();
    batches.back().push_back(firstSeed + i);
  }
  std::vector<std::vector<Outcome>> outcomes(batches.size());
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(numThreads));
  for (size_t i = 0; i < batches.size(); ++i)
    pool.async([&, i] {
      outcomes[i] = runBatch(batches[i], getRunOptions(batches[i].front()));
    });
  pool.wait();
  std::vector<Outcome> all;
  for (std::vector<Outcome> &batch : outcomes)
    std::move(batch.begin(), batch.end(), std::back_inserter(all));
  return all;
}

static std::vector<Outcome> runOnly() {
  RunOptions options = getRunOptions(only);
  options.print = true;
  return runBatch({uint64_t(only)}, options);
}

/// Prints what failed to the standard error; returns how many programs did.
static int reportFailures(llvm::ArrayRef<Outcome> outcomes) {
  int numFailed = 0;
  for (const Outcome &outcome : outcomes) {
    numFailed += !outcome.failures.empty();
    for (const std::string &failure : outcome.failures)
      llvm::errs() << "seed " << outcome.program.seed << " ("
                   << outcome.program.traits.kind.op << ", series "
                   << outcome.program.series << "): " << failure << "\n";
  }
  return numFailed;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(
      argc, argv, "tasd-differential: random programs against the oracle\n");
  std::vector<Outcome> outcomes = only >= 0 ? runOnly() : runAll();
  Coverage coverage;
  for (const Outcome &outcome : outcomes)
    coverage.add(outcome);
  int numFailed = reportFailures(outcomes);
  if (only >= 0)
    return numFailed != 0;
  if (markdown)
    coverage.printMarkdown(llvm::outs());
  else
    coverage.print(llvm::outs());
  std::vector<std::string> gaps = coverage.findGaps();
  if (!planOnly)
    llvm::append_range(gaps, coverage.findAcceleratorGaps());
  for (const std::string &gap : gaps)
    llvm::errs() << gap << "\n";
  llvm::errs() << "seeds " << firstSeed << " to " << firstSeed + count - 1
               << ": " << numFailed << " of " << count << " programs failed\n";
  return numFailed != 0 || !gaps.empty();
}
