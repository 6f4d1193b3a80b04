//===- Study.h - What is compared, and what is varied -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_PUBLISHED_STUDY_H
#define TASD_BENCHMARKS_PUBLISHED_STUDY_H

#include "Comparison.h"

namespace tasd::published {

struct Study {
  std::vector<Network> networks;
  /// The baseline first.
  std::vector<ComparedMachine> machines;
  /// Of the energy-delay product, as published.
  double publishedBest = 0, publishedMean = 0;
  /// The headline first.
  std::vector<Setting> settings;
};

/// Reads a study and the networks it names, whose paths are relative to it.
/// Errors: "file:line:column: what", or what is wrong in which file.
llvm::Expected<Study> readStudy(llvm::StringRef path);

} // namespace tasd::published

#endif // TASD_BENCHMARKS_PUBLISHED_STUDY_H
