//===- Journal.h - Evaluations that outlive a process -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the quality of a choice was found to be, kept under a key of all that it
// depends on. A search that was killed takes its answers from there when it is
// run again.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SEARCH_JOURNAL_H
#define TASD_SEARCH_JOURNAL_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace tasd::search {

/// All functions may be called from several threads at once.
class Journal {
public:
  virtual ~Journal();

  /// The quality recorded under a key, if there is one.
  virtual std::optional<double> lookup(llvm::StringRef key) = 0;
  /// Keeps a quality. What cannot be kept is not an error: it will be computed
  /// again.
  virtual void record(llvm::StringRef key, double quality) = 0;
};

/// A journal in a directory, one file for each key. A file appears whole or not
/// at all, so that neither an interrupt nor another process that writes there
/// spoils it; one that is damaged all the same is passed over with a warning.
class DirectoryJournal final : public Journal {
public:
  using Warn = std::function<void(const std::string &)>;

  /// Creates the directory if there is none. `context` stands for all that
  /// qualities depend on beside the key: the model, the data, the metric.
  /// Errors: the directory cannot be created.
  static llvm::Expected<std::unique_ptr<DirectoryJournal>>
  open(llvm::StringRef directory, llvm::StringRef context, Warn warn);

  std::optional<double> lookup(llvm::StringRef key) override;
  void record(llvm::StringRef key, double quality) override;

private:
  DirectoryJournal(llvm::StringRef directory, llvm::StringRef context,
                   Warn warn)
      : directory(directory), context(context), warn(std::move(warn)) {}

  /// The name of a key's file: a digest of context and key.
  std::string getName(llvm::StringRef key) const;
  std::string getPath(llvm::StringRef name) const;
  void report(const std::string &message);

  std::string directory, context;
  Warn warn;
  std::mutex mutex;
};

} // namespace tasd::search

#endif // TASD_SEARCH_JOURNAL_H
