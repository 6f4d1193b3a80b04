//===- Metric.h - How good the outputs of a model are -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The quality of a model is one number that its user cares for, higher being
// better. Each metric is made by a line of the table in Metric.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_METRIC_H
#define TASD_EVALUATION_METRIC_H

#include "tasd/Evaluation/Signature.h"

#include <memory>

namespace tasd::evaluation {

/// What outputs are compared with.
struct Truth {
  std::vector<NDArray> arrays;
  /// The file of the arrays; empty where they are the outputs of the dense
  /// model.
  std::string path;

  /// Reads a file of right answers. Errors name it.
  static llvm::Expected<Truth> read(llvm::StringRef path);

  bool isDense() const { return path.empty(); }
  /// An error that names the file, if there is one.
  llvm::Error makeError(const llvm::Twine &message) const;
};

/// All functions may be called from several threads at once.
class Metric {
public:
  virtual ~Metric();

  /// Checks all that can be known before the model runs: that its results have
  /// a score. `answers` is the file of right answers; null if there is none.
  virtual llvm::Error verify(const Signature &signature,
                             const Truth *answers) const = 0;

  /// The score of outputs, which hold no NaN. Errors: outputs of other shapes
  /// than the truth asks for, no finite score.
  virtual llvm::Expected<double> getScore(llvm::ArrayRef<NDArray> outputs,
                                          const Truth &truth) const = 0;

  /// As the user wrote it.
  virtual std::string getName() const = 0;
  /// All that scores depend on beside outputs and truth.
  virtual std::string getIdentity() const = 0;
};

/// A line of the table of metrics.
struct MetricKind {
  /// As it is written on a command line: "topK".
  llvm::StringLiteral syntax;
  llvm::StringLiteral description;
  /// Null where the text names no metric of this kind.
  llvm::Expected<std::unique_ptr<Metric>> (*create)(llvm::StringRef text);
};

llvm::ArrayRef<MetricKind> getMetricKinds();

/// The metric that `text` names, as in "top1" or "command:python3 score.py".
/// Errors: there is none of that name, with those that there are; a program
/// that cannot be found.
llvm::Expected<std::unique_ptr<Metric>> createMetric(llvm::StringRef text);

/// Checks that outputs hold no NaN. Errors name the result and its element.
llvm::Error verifyNoNaN(llvm::ArrayRef<NDArray> outputs);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_METRIC_H
