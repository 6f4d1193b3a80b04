//===- SweepResults.h - What tasks found, in a directory --------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The directory of a sweep has a file for each result, named by a digest of all
// that the result depends on: another module, machine or option is another
// name. A file appears whole or not at all, and whoever writes it writes the
// same bytes, so that any number of processes may share the directory.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_SWEEPRESULTS_H
#define TASD_LIB_EVALUATION_SWEEPRESULTS_H

#include "Sweep.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/JSON.h"

namespace tasd::evaluation {

/// Gives tasks the names of their results. Each file is read once.
class SweepAddresses {
public:
  /// A digest of the contents of module, machine and data, of the options, and
  /// of the versions of the tool and of the format. Errors: a file cannot be
  /// read.
  llvm::Expected<std::string> get(const SweepTask &task);

private:
  llvm::Expected<std::string> getFileDigest(llvm::StringRef path);
  llvm::Error addFiles(llvm::json::Object &object, llvm::StringRef key,
                       llvm::ArrayRef<std::string> paths);

  llvm::StringMap<std::string> digests;
};

class SweepResults {
public:
  explicit SweepResults(llvm::StringRef directory) : directory(directory) {}

  /// Makes the directory if there is none.
  llvm::Error create() const;

  /// Where searches keep what they evaluated.
  std::string getJournalPath() const;
  std::string getPath(llvm::StringRef address) const;

  /// The report that is kept under an address; none if there is no file.
  /// Errors: it cannot be read, it is damaged.
  llvm::Expected<std::optional<llvm::json::Value>>
  lookup(llvm::StringRef address) const;
  /// Keeps a report. Errors: it cannot be written.
  llvm::Error record(llvm::StringRef address,
                     const llvm::json::Value &report) const;

private:
  std::string directory;
};

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_SWEEPRESULTS_H
