//===- SweepTool.h - Many searches, on as many computers --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A sweep is a file that names models, machines, strategies and budgets. Each
// combination is a task of its own: one search as by runTasder. Whoever runs
// tasks, in any order, keeps their results in one directory; from all of them
// comes one comparison, whose bytes do not depend on who ran what.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_SWEEPTOOL_H
#define TASD_EVALUATION_SWEEPTOOL_H

#include "tasd/Report/HTMLPage.h"

#include "llvm/Support/LogicalResult.h"

#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace tasd::evaluation {

struct SweepOptions {
  /// Path of the file that describes the sweep.
  std::string sweepPath;
  /// Directory of the results; made if there is none.
  std::string resultsPath;
  /// Print the names of the tasks and run nothing. Where a directory of results
  /// is given, each is followed by a tab and the file of its result.
  bool listTasks = false;
  /// Run nothing: every result has to be there.
  bool merge = false;
  /// "I/N": of N shards of the tasks only the I-th, counted from 1; all if
  /// empty.
  std::string shard;
  /// Names of the tasks to run; all if there are none.
  std::vector<std::string> tasks;
  /// Of evaluations at once; 0 for one on each processor.
  unsigned numThreads = 0;
  /// File of the comparison in JSON, and of a page that shows it; none if
  /// empty.
  std::string jsonPath, reportPath;
  /// What the page is made by.
  report::Provenance provenance;
};

/// Runs the tasks whose results are not there. Of a whole sweep the comparison
/// is printed to the standard output, and written as the options say. Errors
/// have been reported when it fails: of the sweep, of tasks, after which others
/// still run, of results that are missing or damaged.
llvm::LogicalResult runSweep(const SweepOptions &options);

/// Prints the keys of the file with what they mean, one a line.
void printSweepKeys(llvm::raw_ostream &os);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_SWEEPTOOL_H
