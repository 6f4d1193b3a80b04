//===- Evaluator.h - The quality of choices, at most once -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs what measures the quality of a choice: each choice once, several at a
// time, those that a journal knows not at all.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SEARCH_EVALUATOR_H
#define TASD_SEARCH_EVALUATOR_H

#include "tasd/Search/Journal.h"
#include "tasd/Search/Problem.h"
#include "tasd/Support/Progress.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"

#include <chrono>

namespace llvm {
class ThreadPoolInterface;
} // namespace llvm

namespace tasd::search {

/// Measures the quality of the model with a choice, higher being better. May be
/// called from several threads at once.
using Evaluate = std::function<llvm::Expected<double>(const Choice &)>;

/// What the quality of a choice depends on, beside model, data and metric: for
/// each layer its name and the texts of its series.
std::string getKey(const Problem &problem, const Choice &choice);

class Evaluator {
public:
  /// Without a pool choices are evaluated one after the other; journal and
  /// progress may be null.
  Evaluator(const Problem &problem, Evaluate evaluate, int64_t maxEvaluations,
            Journal *journal = nullptr,
            llvm::ThreadPoolInterface *pool = nullptr,
            Progress *progress = nullptr);

  /// Whether the quality is known already.
  bool isKnown(const Choice &choice) const;
  /// How many more choices may be evaluated. Those from the journal count, so
  /// that a search takes the same course with it and without.
  int64_t getNumLeft() const { return maxEvaluations - numEvaluations; }

  /// The qualities of choices, of which at most getNumLeft() are not known yet.
  /// Errors: the first that an evaluation gave, in the order of the choices;
  /// the others are finished and kept.
  llvm::Expected<std::vector<double>> evaluate(llvm::ArrayRef<Choice> choices);

  /// Said to the user beside the count of evaluations.
  void setNote(std::string text) { note = std::move(text); }

private:
  struct Task {
    const Choice *choice;
    std::string key;
    std::optional<llvm::Expected<double>> quality;
  };

  std::vector<Task> createTasks(llvm::ArrayRef<Choice> choices);
  void run(Task &task);
  void runAll(llvm::MutableArrayRef<Task> tasks);
  llvm::Error collect(llvm::MutableArrayRef<Task> tasks);
  void showProgress();

  const Problem &problem;
  Evaluate callback;
  int64_t maxEvaluations;
  Journal *journal;
  llvm::ThreadPoolInterface *pool;
  Progress *progress;
  llvm::StringMap<double> known;
  int64_t numEvaluations = 0;
  std::string note;
  /// Of what workers count and show.
  std::mutex mutex;
  int64_t numRun = 0;
  std::chrono::steady_clock::time_point start;
};

} // namespace tasd::search

#endif // TASD_SEARCH_EVALUATOR_H
