//===- TasderRequest.h - What options of tasder name ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_TASDERREQUEST_H
#define TASD_LIB_EVALUATION_TASDERREQUEST_H

#include "TasderJob.h"

namespace tasd::evaluation {

/// Everything the options name but the module, read and verified.
struct TasderRequest {
  static llvm::Expected<TasderRequest> read(const TasderOptions &options);

  /// Opens the journal of a module with these bytes; null if none is asked for.
  llvm::Expected<std::unique_ptr<search::DirectoryJournal>>
  openJournal(const TasderOptions &options, llvm::StringRef moduleBytes) const;

  std::shared_ptr<const mlir::tasd::CostModel> model;
  std::unique_ptr<Metric> metric;
  std::unique_ptr<Backend> backend;
  const search::Strategy *strategy = nullptr;
  /// Null if candidates are not pruned.
  const search::Pruning *pruning = nullptr;
  std::optional<QualityData> calibration, test;
  std::optional<llvm::GlobPattern> layers, skip;
  std::vector<llvm::GlobPattern> explained;
};

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_TASDERREQUEST_H
