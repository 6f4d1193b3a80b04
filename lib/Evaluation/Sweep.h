//===- Sweep.h - Models, machines, strategies and budgets -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_SWEEP_H
#define TASD_LIB_EVALUATION_SWEEP_H

#include "tasd/Evaluation/TasderTool.h"
#include "tasd/Machine/Machine.h"

#include "llvm/Support/Error.h"

#include <optional>

namespace tasd::evaluation {

/// A module, and how it is planned and judged.
struct SweepModel {
  std::string name;
  /// All but what the axes of the sweep say.
  TasderOptions options;
};

struct SweepMachine {
  /// As loadMachine takes it.
  std::string nameOrPath;
  machine::Machine machine;
};

/// What a file says. Names of models and of machines are distinct, and so are
/// the values of each axis; all machines use one energy profile.
struct Sweep {
  std::vector<SweepModel> models;
  std::vector<SweepMachine> machines;
  std::vector<std::string> strategies = {"optimal"};
  /// Shares of the dense model's quality.
  std::vector<double> minQualities = {0.99};
  std::vector<int64_t> maxEvaluations = {64};
  /// Whose dense models the comparison is with; if there is none, each machine
  /// is its own.
  std::optional<SweepMachine> baseline;

  /// Reads a file. Errors have a line "file:line:column: key: message" for each
  /// mistake. Paths in the file are relative to its folder.
  static llvm::Expected<Sweep> read(llvm::StringRef path);
};

/// One search.
struct SweepTask {
  /// "model,machine,strategy,least quality,most evaluations", or
  /// "model,machine,dense" of a baseline; a word for a shell, a name for a
  /// file.
  std::string name;
  const SweepModel *model = nullptr;
  const SweepMachine *machine = nullptr;
  bool isBaseline = false;
  TasderOptions options;
};

/// The tasks of a sweep, which outlives them: model by model, the baseline
/// first, the last axis the fastest.
std::vector<SweepTask> getTasks(const Sweep &sweep);

/// Of "I/N", the tasks whose position, counted from 1, is I, I + N, I + 2 N and
/// so on. Errors: I is not from 1 to N.
llvm::Expected<std::vector<SweepTask>>
chooseShard(const std::vector<SweepTask> &tasks, llvm::StringRef shard);

/// The tasks of these names. Errors: there is none of a name.
llvm::Expected<std::vector<SweepTask>>
chooseNamed(const std::vector<SweepTask> &tasks,
            llvm::ArrayRef<std::string> names);

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_SWEEP_H
