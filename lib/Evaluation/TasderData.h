//===- TasderData.h - The data plans are judged by --------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_TASDERDATA_H
#define TASD_LIB_EVALUATION_TASDERDATA_H

#include "tasd/Evaluation/Metric.h"
#include "tasd/Evaluation/TrialModule.h"

namespace tasd::evaluation {

/// One set of data, and the quality that models have on it.
class QualityData {
public:
  /// Reads the arguments and, unless the path is empty, the right answers.
  /// `name` is that of the set: "calibration" or "test". Errors name the file:
  /// no data, no rows, NaN or infinity among them.
  static llvm::Expected<QualityData> read(llvm::StringRef name,
                                          llvm::ArrayRef<std::string> paths,
                                          llvm::StringRef answersPath);

  llvm::StringRef getName() const { return name; }
  llvm::ArrayRef<NDArray> getInputs() const { return inputs; }
  int64_t getNumRows() const;
  /// A digest of all bytes.
  std::string getDigest() const;

  /// Checks all that can be known before a model runs.
  llvm::Error verify(const Signature &signature, const Metric &metric,
                     int64_t batch) const;

  /// The score of the dense model's outputs, with which others are compared
  /// where there are no right answers. Errors: NaN among them; those of the
  /// metric; a score that is no share of: not above 0.
  llvm::Error setDense(const Metric &metric,
                       llvm::SmallVector<NDArray> outputs);
  double getDenseScore() const { return denseScore; }

  /// The score of a model's outputs, lower than any other where there is NaN
  /// among them. Thread-safe. Errors: those of the metric.
  llvm::Expected<double> getScore(const Metric &metric,
                                  llvm::ArrayRef<NDArray> outputs) const;

private:
  std::string name;
  llvm::SmallVector<NDArray> inputs;
  /// Right answers, or once it has run the dense model's.
  Truth truth;
  double denseScore = 0;
};

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_TASDERDATA_H
