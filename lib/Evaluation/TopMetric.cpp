//===- TopMetric.cpp - Right classes among the largest scores -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MetricKinds.h"

#include "tasd/Evaluation/Labels.h"

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

namespace {
class TopMetric final : public Metric {
public:
  explicit TopMetric(int64_t count) : count(count) {}

  Error verify(const Signature &signature, const Truth *answers) const override;
  Expected<double> getScore(ArrayRef<NDArray> outputs,
                            const Truth &truth) const override;
  std::string getName() const override { return "top" + std::to_string(count); }
  std::string getIdentity() const override { return getName(); }

private:
  int64_t count;
};
} // namespace

Error TopMetric::verify(const Signature &signature,
                        const Truth *answers) const {
  if (!answers)
    return verifyScores(signature);
  if (answers->arrays.size() != 1)
    return answers->makeError("expected 1 array but got " +
                              Twine(answers->arrays.size()));
  return Labels(answers->path, answers->arrays.front()).verify(signature);
}

Expected<double> TopMetric::getScore(ArrayRef<NDArray> outputs,
                                     const Truth &truth) const {
  const NDArray &scores = outputs.front();
  if (scores.getRank() >= 2 && scores.shape[1] < count)
    return createStringError("metric 'top" + Twine(count) +
                             "': expected at least " + Twine(count) +
                             " classes but got " + Twine(scores.shape[1]));
  Expected<NDArray> classes = truth.isDense()
                                  ? getTopClasses(truth.arrays.front())
                                  : truth.arrays.front();
  if (!classes)
    return classes.takeError();
  Expected<Accuracy> accuracy = getTopAccuracy(scores, *classes, count);
  if (!accuracy)
    return truth.makeError(toString(accuracy.takeError()));
  return accuracy->getShare();
}

CreatedMetric evaluation::createTopMetric(StringRef text) {
  int64_t count = 0;
  if (!text.consume_front("top") || text.getAsInteger(10, count) || count < 1)
    return nullptr;
  return std::make_unique<TopMetric>(count);
}
