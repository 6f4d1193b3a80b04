//===- Evaluator.cpp - The quality of choices, at most once ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Evaluator.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/raw_ostream.h"

using namespace tasd::search;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;
using llvm::MutableArrayRef;

std::string tasd::search::getKey(const Problem &problem, const Choice &choice) {
  std::string key;
  llvm::raw_string_ostream os(key);
  for (auto [layer, position] : llvm::zip(problem.layers, choice)) {
    auto [weights, activations] = layer.candidates[position].getSeriesTexts();
    // The length says where a name ends, whatever it holds.
    os << layer.name.size() << ' ' << layer.name << ' ' << weights << ' '
       << activations << '\n';
  }
  return key;
}

Evaluator::Evaluator(const Problem &problem, Evaluate evaluate,
                     int64_t maxEvaluations, Journal *journal,
                     llvm::ThreadPoolInterface *pool, Progress *progress)
    : problem(problem), callback(std::move(evaluate)),
      maxEvaluations(maxEvaluations), journal(journal), pool(pool),
      progress(progress), start(std::chrono::steady_clock::now()) {}

bool Evaluator::isKnown(const Choice &choice) const {
  return known.contains(getKey(problem, choice));
}

/// A task for each choice that neither this run nor the journal knows.
std::vector<Evaluator::Task> Evaluator::createTasks(ArrayRef<Choice> choices) {
  std::vector<Task> tasks;
  for (const Choice &choice : choices) {
    std::string key = getKey(problem, choice);
    bool isTask =
        llvm::any_of(tasks, [&](const Task &task) { return task.key == key; });
    if (isTask || known.contains(key))
      continue;
    ++numEvaluations;
    std::optional<double> quality;
    if (journal)
      quality = journal->lookup(key);
    if (quality)
      known[key] = *quality;
    else
      tasks.push_back({&choice, std::move(key), std::nullopt});
  }
  assert(getNumLeft() >= 0 && "expected no more choices than are left");
  return tasks;
}

/// Records what it finds at once, so that a run that is killed loses no more
/// than what is under way.
void Evaluator::run(Task &task) {
  task.quality.emplace(callback(*task.choice));
  Expected<double> &quality = *task.quality;
  if (quality && journal)
    journal->record(task.key, *quality);
  std::lock_guard<std::mutex> lock(mutex);
  ++numRun;
  showProgress();
}

void Evaluator::runAll(MutableArrayRef<Task> tasks) {
  if (!pool) {
    for (Task &task : tasks)
      run(task);
    return;
  }
  llvm::ThreadPoolTaskGroup group(*pool);
  for (Task &task : tasks)
    pool->async(group, [this, &task] { run(task); });
  pool->wait(group);
}

Error Evaluator::collect(MutableArrayRef<Task> tasks) {
  Error first = Error::success();
  for (Task &task : tasks) {
    if (Expected<double> &quality = *task.quality)
      known[task.key] = *quality;
    else if (first)
      llvm::consumeError(quality.takeError());
    else
      first = quality.takeError();
  }
  return first;
}

Expected<std::vector<double>> Evaluator::evaluate(ArrayRef<Choice> choices) {
  std::vector<Task> tasks = createTasks(choices);
  showProgress();
  runAll(tasks);
  if (Error error = collect(tasks))
    return std::move(error);
  std::vector<double> qualities;
  for (const Choice &choice : choices)
    qualities.push_back(known.lookup(getKey(problem, choice)));
  return qualities;
}

/// The time left is what the evaluations that are left take, if each takes as
/// long as those that were run.
void Evaluator::showProgress() {
  if (!progress)
    return;
  using Seconds = std::chrono::duration<double>;
  double elapsed = Seconds(std::chrono::steady_clock::now() - start).count();
  std::string text =
      llvm::Twine("evaluating plans: " + llvm::Twine(numEvaluations) +
                  " of at most " + llvm::Twine(maxEvaluations) + note)
          .str();
  if (numRun > 0) {
    auto left =
        static_cast<int64_t>(elapsed / double(numRun) * double(getNumLeft()));
    text += (", at most " + llvm::Twine(left) + " s left").str();
  }
  progress->show(text);
}
