//===- SweepTool.cpp - Many searches, on as many computers ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/SweepTool.h"

#include "SweepResults.h"

#include "tasd/Report/SweepReport.h"
#include "tasd/Support/OutputFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

static LogicalResult fail(Error error) {
  WithColor::error(errs(), "tasder") << toString(std::move(error)) << "\n";
  return failure();
}

//===----------------------------------------------------------------------===//
// Which tasks
//===----------------------------------------------------------------------===//

static Expected<std::vector<SweepTask>>
chooseTasks(const std::vector<SweepTask> &tasks, const SweepOptions &options) {
  if (!options.shard.empty())
    return chooseShard(tasks, options.shard);
  if (!options.tasks.empty())
    return chooseNamed(tasks, options.tasks);
  return tasks;
}

static Error checkOptions(const SweepOptions &options) {
  bool isPart = !options.shard.empty() || !options.tasks.empty();
  if (!options.shard.empty() + !options.tasks.empty() + options.merge > 1)
    return createStringError("expected one of --shard, --task and --merge");
  if (isPart && !(options.jsonPath.empty() && options.reportPath.empty()))
    return createStringError("--json, --report: expected all tasks, of which "
                             "--merge makes the comparison");
  if (!options.listTasks && options.resultsPath.empty())
    return createStringError("expected --results, the directory of results");
  return verifyDifferent(
      {{"--json", options.jsonPath}, {"--report", options.reportPath}});
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

namespace {
class SweepRun {
public:
  explicit SweepRun(const SweepOptions &options)
      : options(options), results(options.resultsPath) {}

  LogicalResult list(ArrayRef<SweepTask> tasks);
  LogicalResult run(ArrayRef<SweepTask> tasks);
  LogicalResult compare(const Sweep &sweep, ArrayRef<SweepTask> tasks);

private:
  bool isDone(const SweepTask &task, StringRef address);
  LogicalResult search(const SweepTask &task, StringRef address);
  LogicalResult runTask(const SweepTask &task);
  Expected<report::SweepRow> getRow(const SweepTask &task);
  Error write(const report::SweepReport &report);

  const SweepOptions &options;
  SweepResults results;
  SweepAddresses addresses;
  /// Whether a result could not be written.
  bool cannotKeep = false;
};
} // namespace

static Error inTask(const SweepTask &task, Error error) {
  return createStringError("task '" + task.name +
                           "': " + toString(std::move(error)));
}

/// A damaged result is none.
bool SweepRun::isDone(const SweepTask &task, StringRef address) {
  auto report = results.lookup(address);
  if (report)
    return report->has_value();
  WithColor::warning(errs(), "tasder")
      << "task '" << task.name << "': " << toString(report.takeError())
      << "; it is run again\n";
  return false;
}

LogicalResult SweepRun::search(const SweepTask &task, StringRef address) {
  TasderOptions searched = task.options;
  searched.numThreads = options.numThreads;
  searched.journalPath = results.getJournalPath();
  return runTasder(searched, [&](const report::SearchReport &report) {
    Error error = results.record(address, report::toJSON(report));
    cannotKeep |= bool(error);
    return error;
  });
}

LogicalResult SweepRun::runTask(const SweepTask &task) {
  Expected<std::string> address = addresses.get(task);
  if (!address)
    return fail(inTask(task, address.takeError()));
  bool done = isDone(task, *address);
  // At once, since tasks that run beside each other may share a log.
  errs() << task.name + (done ? ": there already\n" : ": running\n");
  if (done || succeeded(search(task, *address)))
    return success();
  return fail(inTask(task, createStringError("failed")));
}

/// A task that fails is no reason not to run the others, but results that
/// cannot be kept are.
LogicalResult SweepRun::run(ArrayRef<SweepTask> tasks) {
  if (Error error = results.create())
    return fail(std::move(error));
  size_t numFailed = 0;
  for (const SweepTask &task : tasks) {
    numFailed += failed(runTask(task));
    if (cannotKeep)
      return failure();
  }
  if (numFailed == 0)
    return success();
  return fail(createStringError(Twine(numFailed) + " of " +
                                Twine(tasks.size()) + " tasks failed"));
}

/// Where results are known to be kept, with the file of each.
LogicalResult SweepRun::list(ArrayRef<SweepTask> tasks) {
  std::string text;
  for (const SweepTask &task : tasks) {
    text += task.name;
    if (!options.resultsPath.empty()) {
      Expected<std::string> address = addresses.get(task);
      if (!address)
        return fail(inTask(task, address.takeError()));
      text += "\t" + results.getPath(*address);
    }
    text += "\n";
  }
  if (Error error = writeOutputFile("-", [&](raw_ostream &os) { os << text; }))
    return fail(std::move(error));
  return success();
}

//===----------------------------------------------------------------------===//
// Comparing
//===----------------------------------------------------------------------===//

Expected<report::SweepRow> SweepRun::getRow(const SweepTask &task) {
  Expected<std::string> address = addresses.get(task);
  if (!address)
    return address.takeError();
  auto kept = results.lookup(*address);
  if (!kept)
    return kept.takeError();
  if (!*kept)
    return createStringError("expected a result in '" +
                             results.getPath(*address) + "' but got none");
  report::SweepRow row;
  row.task = task.name;
  row.model = task.model->name;
  row.machine = task.machine->machine.name;
  if (!task.isBaseline)
    row.budget = {task.options.strategy, task.options.minQuality,
                  task.options.maxEvaluations};
  row.report = std::move(**kept);
  json::Path::Root root("report");
  if (!fromJSON(row.report, row.outcome, root))
    return root.getError();
  return row;
}

Error SweepRun::write(const report::SweepReport &report) {
  OutputFiles files;
  if (Error error = files.add(options.jsonPath, [&](raw_ostream &os) {
        os << formatv("{0:2}\n", report::toJSON(report));
      }))
    return error;
  if (Error error = files.add(options.reportPath, [&](raw_ostream &os) {
        report::writeHTML(os, report, options.provenance);
      }))
    return error;
  if (Error error = files.keep())
    return error;
  if (options.jsonPath == "-" || options.reportPath == "-")
    return Error::success();
  return writeOutputFile(
      "-", [&](raw_ostream &os) { report::printSweepReport(os, report); });
}

LogicalResult SweepRun::compare(const Sweep &sweep, ArrayRef<SweepTask> tasks) {
  report::SweepReport report;
  if (sweep.baseline)
    report.baseline = sweep.baseline->machine.name;
  for (const SweepTask &task : tasks) {
    Expected<report::SweepRow> row = getRow(task);
    if (!row)
      return fail(inTask(task, row.takeError()));
    report.rows.push_back(std::move(*row));
  }
  if (Error error = write(report))
    return fail(std::move(error));
  return success();
}

LogicalResult evaluation::runSweep(const SweepOptions &options) {
  if (Error error = checkOptions(options))
    return fail(std::move(error));
  Expected<Sweep> sweep = Sweep::read(options.sweepPath);
  if (!sweep)
    return fail(sweep.takeError());
  std::vector<SweepTask> all = getTasks(*sweep);
  auto tasks = chooseTasks(all, options);
  if (!tasks)
    return fail(tasks.takeError());
  SweepRun run(options);
  if (options.listTasks)
    return run.list(*tasks);
  if (!options.merge && failed(run.run(*tasks)))
    return failure();
  bool isWhole = options.shard.empty() && options.tasks.empty();
  return isWhole ? run.compare(*sweep, all) : success();
}
