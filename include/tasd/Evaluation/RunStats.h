//===- RunStats.h - What a run is beside the dense run ----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_RUNSTATS_H
#define TASD_EVALUATION_RUNSTATS_H

#include "tasd/Evaluation/Compare.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace tasd::evaluation {

/// Time and errors of a run beside those of the same module without plans.
struct RunStats {
  /// Medians.
  double timeMs = 0;
  double denseTimeMs = 0;
  /// Of the results against the dense run's.
  ErrorStats error;

  /// Dense time over time.
  double getSpeedup() const;

  /// A table for the reader of a terminal.
  void printText(llvm::raw_ostream &os) const;
  /// A JSON object with the keys time_ms, dense_time_ms, speedup,
  /// max_abs_error, rel_error and non_finite_mismatches; a number that is not
  /// finite is null.
  void printJSON(llvm::raw_ostream &os) const;
};

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_RUNSTATS_H
