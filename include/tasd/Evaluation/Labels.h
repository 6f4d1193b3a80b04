//===- Labels.h - The right answers for a model's inputs --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_LABELS_H
#define TASD_EVALUATION_LABELS_H

#include "tasd/Evaluation/Compare.h"
#include "tasd/Evaluation/Signature.h"

namespace tasd::evaluation {

/// Checks that the first result may be scores, rows x classes.
llvm::Error verifyScores(const Signature &signature);

/// The class of each row of a classifier's inputs, an array of integers in a
/// file of its own. All errors name the file.
class Labels {
public:
  static llvm::Expected<Labels> read(llvm::StringRef path);
  Labels(std::string path, NDArray classes)
      : path(std::move(path)), classes(std::move(classes)) {}

  /// Checks all that can be known before the function runs: that the labels are
  /// integers and that the first result may be scores, rows x classes.
  llvm::Error verify(const Signature &signature) const;

  /// Top-1 accuracy of scores, as getTopAccuracy; NaN among them is an error.
  llvm::Expected<Accuracy> getAccuracy(const NDArray &scores) const;

private:
  llvm::Error makeError(const llvm::Twine &message) const;

  std::string path;
  NDArray classes;
};

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_LABELS_H
