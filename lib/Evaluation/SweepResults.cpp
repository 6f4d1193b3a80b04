//===- SweepResults.cpp - What tasks found, in a directory ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A result is JSON: the report, a digest of it, and the address. Reading one is
// writing it anew from the report and comparing, so there is one definition of
// the format.
//
//===----------------------------------------------------------------------===//

#include "SweepResults.h"

#include "tasd/Support/Digest.h"
#include "tasd/Support/OutputFile.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace tasd;
using namespace tasd::evaluation;
using llvm::Expected;
using llvm::formatv;
using llvm::StringRef;

static std::string printResult(StringRef address,
                               const llvm::json::Value &report) {
  llvm::json::Object result{{"address", address},
                            {"digest", getDigest(formatv("{0}", report).str())},
                            {"report", report}};
  return formatv("{0:2}\n", llvm::json::Value(std::move(result))).str();
}

/// The report in the text of a result; none if the text is not one.
static std::optional<llvm::json::Value> parseResult(StringRef text,
                                                    StringRef address) {
  Expected<llvm::json::Value> parsed = llvm::json::parse(text);
  if (!parsed) {
    llvm::consumeError(parsed.takeError());
    return std::nullopt;
  }
  const llvm::json::Object *object = parsed->getAsObject();
  const llvm::json::Value *report = object ? object->get("report") : nullptr;
  if (!report || printResult(address, *report) != text)
    return std::nullopt;
  return *report;
}

static std::string join(StringRef directory, StringRef name) {
  llvm::SmallString<128> path = directory;
  llvm::sys::path::append(path, name);
  return path.str().str();
}

std::string SweepResults::getJournalPath() const {
  return join(directory, "evaluations");
}

std::string SweepResults::getPath(StringRef address) const {
  return join(directory, (address + ".json").str());
}

llvm::Error SweepResults::create() const {
  if (std::error_code code = llvm::sys::fs::create_directories(directory))
    return llvm::createStringError("cannot create '" + directory +
                                   "': " + code.message());
  return llvm::Error::success();
}

Expected<std::optional<llvm::json::Value>>
SweepResults::lookup(StringRef address) const {
  std::string path = getPath(address);
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer && buffer.getError() == std::errc::no_such_file_or_directory)
    return std::nullopt;
  if (!buffer)
    return llvm::createStringError("cannot read '" + path +
                                   "': " + buffer.getError().message());
  std::optional<llvm::json::Value> report =
      parseResult((*buffer)->getBuffer(), address);
  if (!report)
    return llvm::createStringError("expected a result in '" + path +
                                   "' but got other content");
  return report;
}

/// What is kept is what reading gives back: JSON has one 0, C++ has two.
llvm::Error SweepResults::record(StringRef address,
                                 const llvm::json::Value &report) const {
  auto readBack = llvm::json::parse(formatv("{0}", report).str());
  if (!readBack)
    return readBack.takeError();
  return writeOutputFile(getPath(address), [&](llvm::raw_ostream &os) {
    os << printResult(address, *readBack);
  });
}
