//===- RunTool.h - The job of tasd-run --------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs a module on data, and beside it the same module with its plans removed;
// says what that does to the results as a whole and to each layer.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_RUNTOOL_H
#define TASD_EVALUATION_RUNTOOL_H

#include "tasd/Evaluation/Compilation.h"
#include "tasd/Report/HTMLPage.h"

#include <string>
#include <vector>

namespace tasd::evaluation {

struct RunToolOptions {
  /// Path of the module, text or bytecode; "-" is the standard input.
  std::string modulePath;
  BackendOptions backend;
  /// Name of the function; empty as for findEntry.
  std::string entry;
  /// Files of arguments, one after the other.
  std::vector<std::string> inputPaths;
  /// File of labels to count right answers with; none if empty.
  std::string labelsPath;
  /// File of the results, "result0", "result1", ... in an .npz; none if empty.
  std::string outputPath;
  /// File of the statistics in JSON; none if empty.
  std::string statsPath;
  /// File of the statistics as a page; none if empty.
  std::string reportPath;
  /// What the page is made by.
  report::Provenance provenance;
  /// File of the accelerator's timeline, in Chrome's trace format; none if
  /// empty.
  std::string tracePath;
  /// File of what the ops tasd.record measured; none if empty. The module runs
  /// once then, and is compared with nothing.
  std::string profilePath;
  /// Rows of a call where the function takes any number; 0 for all at once.
  int64_t batch = 0;
  /// Runs of which the median time is taken.
  int64_t repeat = 3;
  /// What a run is compared with: "dense", the module without its plans; on an
  /// accelerator also another one's name or file, which runs that; or "none".
  std::string baseline = "dense";
  /// Whether to simulate the accelerator for its timing alone: inputs are not
  /// needed, and there are no results.
  bool timingOnly = false;
  /// Whether to measure each layer's output error.
  bool measureLayers = false;
  /// Whether to measure how far each layer's sums are from exact ones; beyond
  /// the bound is an error.
  bool measureRounding = false;
  /// Whether the standard output gets JSON instead of text.
  bool json = false;
};

/// Does the job and prints its statistics to the standard output. Errors have
/// been reported, and no file has been written, when it fails.
mlir::LogicalResult runTool(const RunToolOptions &options);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_RUNTOOL_H
