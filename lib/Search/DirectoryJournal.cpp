//===- DirectoryJournal.cpp - A journal in a directory --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A file has a line with the format's version, the digest of its key, the bits
// of the quality, and a digest of those lines. Reading one is writing it anew
// from its quality and comparing, so there is one definition of the format.
//
//===----------------------------------------------------------------------===//

#include "tasd/Search/Journal.h"

#include "tasd/Support/Digest.h"
#include "tasd/Support/OutputFile.h"

#include "llvm/ADT/bit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace tasd;
using namespace tasd::search;
using llvm::StringRef;

static constexpr StringRef kVersion = "tasd evaluation 1\n";

Journal::~Journal() = default;

/// The text of an entry.
static std::string printEntry(StringRef name, double quality) {
  std::string text = llvm::formatv("{0}key {1}\nquality {2:x-16}\n", kVersion,
                                   name, llvm::bit_cast<uint64_t>(quality));
  return text + "digest " + getDigest(text) + "\n";
}

/// The quality in an entry; none if the text is not that of an entry.
static std::optional<double> parseEntry(StringRef text, StringRef name) {
  StringRef bits = text.split("\nquality ").second.split('\n').first;
  uint64_t value;
  if (bits.getAsInteger(16, value))
    return std::nullopt;
  auto quality = llvm::bit_cast<double>(value);
  if (printEntry(name, quality) != text)
    return std::nullopt;
  return quality;
}

llvm::Expected<std::unique_ptr<DirectoryJournal>>
DirectoryJournal::open(StringRef directory, StringRef context, Warn warn) {
  if (std::error_code code = llvm::sys::fs::create_directories(directory))
    return llvm::createStringError("cannot create '" + directory +
                                   "': " + code.message());
  if (!llvm::sys::fs::is_directory(directory))
    return llvm::createStringError("expected a directory but got the file '" +
                                   directory + "'");
  return std::unique_ptr<DirectoryJournal>(
      new DirectoryJournal(directory, context, std::move(warn)));
}

std::string DirectoryJournal::getName(StringRef key) const {
  // The digest of the context is of one length, so no two pairs read the same.
  return getDigest(getDigest(context) + key.str());
}

std::string DirectoryJournal::getPath(StringRef name) const {
  llvm::SmallString<128> path(directory);
  llvm::sys::path::append(path, name);
  return path.str().str();
}

void DirectoryJournal::report(const std::string &message) {
  std::lock_guard<std::mutex> lock(mutex);
  warn(message);
}

std::optional<double> DirectoryJournal::lookup(StringRef key) {
  std::string name = getName(key);
  std::string path = getPath(name);
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer) {
    if (buffer.getError() != std::errc::no_such_file_or_directory)
      report("cannot read '" + path + "': " + buffer.getError().message());
    return std::nullopt;
  }
  std::optional<double> quality = parseEntry((*buffer)->getBuffer(), name);
  if (!quality)
    report("expected an evaluation in '" + path +
           "' but got other content; it is computed again");
  return quality;
}

void DirectoryJournal::record(StringRef key, double quality) {
  std::string name = getName(key);
  auto write = [&](llvm::raw_ostream &os) { os << printEntry(name, quality); };
  if (llvm::Error error = writeOutputFile(getPath(name), write))
    report(llvm::toString(std::move(error)));
}
