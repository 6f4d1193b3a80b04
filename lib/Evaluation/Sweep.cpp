//===- Sweep.cpp - The tasks of a sweep -----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Sweep.h"

#include "llvm/ADT/StringExtras.h"

#include <charconv>

using namespace tasd;
using namespace tasd::evaluation;

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
