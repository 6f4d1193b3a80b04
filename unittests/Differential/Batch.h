//===- Batch.h - Many programs, compiled at once ----------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Plans programs, compiles all of them as one module, runs them, and compares
// them with the oracle: the dense op on the composed operand.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_UNITTESTS_DIFFERENTIAL_BATCH_H
#define TASD_UNITTESTS_DIFFERENTIAL_BATCH_H

#include "Program.h"

namespace tasd::differential {

struct RunOptions {
  /// Stop after the conversion to tasd: nothing is compiled or run.
  bool planOnly = false;
  /// LLVM's optimisation level.
  unsigned optLevel = 0;
  /// Width of the vectors of the fast pipeline.
  unsigned vectorBits = 256;
  /// The machine of the accelerator; whether it takes one term at a time.
  unsigned machine = 0;
  bool termsApart = false;
  /// Print every program and its plan to the standard output.
  bool print = false;
};

/// What became of a program.
struct Outcome {
  Program program;
  /// Whether every layer that must be planned became a tasd.contract.
  bool isRewritten = false;
  /// Whether every layer ran on the accelerator.
  bool isAccelerated = false;
  /// Whether the accelerator extracted terms of activations.
  bool isExtracted = false;
  /// What is wrong, a line each.
  std::vector<std::string> failures;
};

/// Runs the programs of the seeds, in order.
std::vector<Outcome> runBatch(llvm::ArrayRef<uint64_t> seeds,
                              const RunOptions &options);

} // namespace tasd::differential

#endif // TASD_UNITTESTS_DIFFERENTIAL_BATCH_H
