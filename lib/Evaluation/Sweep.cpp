//===- Sweep.cpp - The tasks of a sweep -----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Sweep.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <charconv>

using namespace tasd;
using namespace tasd::evaluation;
using llvm::Expected;
using llvm::StringRef;

/// The shortest digits that read back as the same number.
static std::string getText(double number) {
  char digits[32];
  return {digits,
          std::to_chars(std::begin(digits), std::end(digits), number).ptr};
}

/// Nothing gets a series, so that the report has the costs of the dense model.
static SweepTask getBaselineTask(const SweepModel &model,
                                 const SweepMachine &machine) {
  SweepTask task;
  task.name = model.name + "," + machine.machine.name + ",dense";
  task.model = &model;
  task.machine = &machine;
  task.isBaseline = true;
  task.options = model.options;
  task.options.machine = machine.nameOrPath;
  task.options.layers.clear();
  task.options.skip = "*";
  task.options.series.clear();
  task.options.isCompensated = false;
  task.options.side = mlir::tasd::PlanSide::Weights;
  task.options.errorModels = {search::ErrorModel::DroppedMagnitude};
  return task;
}

static SweepTask getTask(const SweepModel &model, const SweepMachine &machine,
                         const std::string &strategy, double minQuality,
                         int64_t maxEvaluations) {
  SweepTask task;
  task.name =
      llvm::join(std::vector<std::string>{model.name, machine.machine.name,
                                          strategy, getText(minQuality),
                                          std::to_string(maxEvaluations)},
                 ",");
  task.model = &model;
  task.machine = &machine;
  task.options = model.options;
  task.options.machine = machine.nameOrPath;
  task.options.strategy = strategy;
  task.options.minQuality = minQuality;
  task.options.maxEvaluations = maxEvaluations;
  return task;
}

std::vector<SweepTask> evaluation::getTasks(const Sweep &sweep) {
  std::vector<SweepTask> tasks;
  for (const SweepModel &model : sweep.models) {
    if (sweep.baseline)
      tasks.push_back(getBaselineTask(model, *sweep.baseline));
    for (const SweepMachine &machine : sweep.machines)
      for (const std::string &strategy : sweep.strategies)
        for (double minQuality : sweep.minQualities)
          for (int64_t maxEvaluations : sweep.maxEvaluations)
            tasks.push_back(
                getTask(model, machine, strategy, minQuality, maxEvaluations));
  }
  return tasks;
}

Expected<std::vector<SweepTask>>
evaluation::chooseShard(const std::vector<SweepTask> &tasks, StringRef shard) {
  auto [first, count] = shard.split('/');
  size_t i, n;
  if (first.getAsInteger(10, i) || count.getAsInteger(10, n) || i < 1 || i > n)
    return llvm::createStringError(
        "--shard: expected I/N with I from 1 to N but got '" + shard + "'");
  std::vector<SweepTask> chosen;
  for (size_t position = i - 1; position < tasks.size(); position += n)
    chosen.push_back(tasks[position]);
  return chosen;
}

Expected<std::vector<SweepTask>>
evaluation::chooseNamed(const std::vector<SweepTask> &tasks,
                        llvm::ArrayRef<std::string> names) {
  std::vector<SweepTask> chosen;
  for (const std::string &name : names) {
    auto task = llvm::find_if(
        tasks, [&](const SweepTask &known) { return known.name == name; });
    if (task == tasks.end())
      return llvm::createStringError(
          "--task: expected a task that --list-tasks "
          "prints but got '" +
          name + "'");
    chosen.push_back(*task);
  }
  return chosen;
}
