//===- OutputFile.h - Files that appear whole or not at all -----*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tool writes its output beside the destination and renames it when all of it
// is on disk: a failure or an interrupt leaves the destination as it was.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SUPPORT_OUTPUTFILE_H
#define TASD_SUPPORT_OUTPUTFILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace tasd {

/// An output written to a temporary file and not yet in its place. One that is
/// destroyed without `keep` leaves nothing behind.
class OutputFile {
public:
  /// Writes what `write` emits. "-" is the standard output; it, and a path that
  /// names a device or pipe, is written directly. Errors name the path.
  static llvm::Expected<OutputFile>
  create(llvm::StringRef path,
         llvm::function_ref<void(llvm::raw_ostream &)> write);

  OutputFile(OutputFile &&other);
  OutputFile &operator=(OutputFile &&) = delete;
  ~OutputFile();

  /// Puts the file into its place, over what may be there.
  llvm::Error keep();

private:
  explicit OutputFile(llvm::StringRef path) : path(path.str()) {}

  std::string path;
  std::optional<llvm::sys::fs::TempFile> temporary;
};

/// Files that are all on disk before the first takes its place.
class OutputFiles {
public:
  /// Adds a file, unless the path is empty. Errors as OutputFile::create.
  llvm::Error add(llvm::StringRef path,
                  llvm::function_ref<void(llvm::raw_ostream &)> write);
  /// Adds files that were created already.
  void add(std::vector<OutputFile> added);
  llvm::Error keep();

private:
  std::vector<OutputFile> files;
};

/// The option that asks for an output, and its path; empty if it does not.
using OutputOption = std::pair<llvm::StringRef, llvm::StringRef>;

/// Verifies that no output would replace another one, before there are any. A
/// device may take several.
llvm::Error verifyDifferent(llvm::ArrayRef<OutputOption> outputs);

/// Creates and keeps one output.
llvm::Error
writeOutputFile(llvm::StringRef path,
                llvm::function_ref<void(llvm::raw_ostream &)> write);

} // namespace tasd

#endif // TASD_SUPPORT_OUTPUTFILE_H
