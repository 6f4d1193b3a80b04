//===- OutputFile.cpp - Files that appear whole or not at all -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Support/OutputFile.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <csignal>

using namespace llvm;
using namespace tasd;

static Error makeWriteError(StringRef path, const Twine &reason) {
  std::string name =
      path == "-" ? "the standard output" : ("'" + path + "'").str();
  return createStringError("cannot write " + name + ": " + reason);
}

/// Whether the path names something that a rename must not replace: a device,
/// a pipe.
static bool isSpecialFile(StringRef path) {
  sys::fs::file_status status;
  if (sys::fs::status(path, status))
    return false;
  return sys::fs::exists(status) && !sys::fs::is_regular_file(status) &&
         !sys::fs::is_directory(status);
}

/// Where a link leads, which a rename would replace by a file; else `path`.
static std::string followLinks(StringRef path) {
  SmallString<128> target;
  if (sys::fs::is_symlink_file(path) && !sys::fs::real_path(path, target))
    return target.str().str();
  return path.str();
}

namespace {
/// Makes a write beyond the process's limit of file sizes an error like others,
/// where it would kill the process.
class FileSizeSignalGuard {
#ifdef SIGXFSZ
public:
  FileSizeSignalGuard() {
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGXFSZ, &ignore, &previous);
  }
  ~FileSizeSignalGuard() { ::sigaction(SIGXFSZ, &previous, nullptr); }

private:
  struct sigaction previous;
#endif
};
} // namespace

/// Emits to `os`, which reports what failed through its error code.
static Error emit(raw_fd_ostream &os, StringRef path,
                  function_ref<void(raw_ostream &)> write) {
  FileSizeSignalGuard guard;
  write(os);
  os.flush();
  if (!os.has_error())
    return Error::success();
  std::string reason = os.error().message();
  os.clear_error();
  return makeWriteError(path, reason);
}

static Error writeDirectly(StringRef path,
                           function_ref<void(raw_ostream &)> write) {
  // In one order with whatever else is printed.
  if (path == "-")
    return emit(outs(), path, write);
  std::error_code code;
  raw_fd_ostream os(path, code);
  if (code)
    return makeWriteError(path, code.message());
  return emit(os, path, write);
}

Expected<OutputFile>
OutputFile::create(StringRef path, function_ref<void(raw_ostream &)> write) {
  OutputFile file(path);
  if (path == "-" || isSpecialFile(path)) {
    if (Error error = writeDirectly(path, write))
      return std::move(error);
    return file;
  }
  file.path = followLinks(path);
  if (sys::fs::is_directory(path))
    return makeWriteError(path, "expected a file but got a directory");
  Expected<sys::fs::TempFile> temporary =
      sys::fs::TempFile::create(file.path + ".tmp-%%%%%%%%");
  if (!temporary)
    return makeWriteError(path, toString(temporary.takeError()));
  file.temporary.emplace(std::move(*temporary));
  raw_fd_ostream os(file.temporary->FD, /*shouldClose=*/false);
  if (Error error = emit(os, path, write))
    return std::move(error);
  return file;
}

OutputFile::OutputFile(OutputFile &&other)
    : path(std::move(other.path)), temporary(std::move(other.temporary)) {
  other.temporary.reset();
}

OutputFile::~OutputFile() {
  if (temporary)
    consumeError(temporary->discard());
}

Error OutputFile::keep() {
  if (!temporary)
    return Error::success();
  Error error = temporary->keep(path);
  temporary.reset();
  if (error)
    return makeWriteError(path, toString(std::move(error)));
  return Error::success();
}

Error OutputFiles::add(StringRef path,
                       function_ref<void(raw_ostream &)> write) {
  if (path.empty())
    return Error::success();
  Expected<OutputFile> file = OutputFile::create(path, write);
  if (!file)
    return file.takeError();
  files.push_back(std::move(*file));
  return Error::success();
}

void OutputFiles::add(std::vector<OutputFile> added) {
  for (OutputFile &file : added)
    files.push_back(std::move(file));
}

Error OutputFiles::keep() {
  for (OutputFile &file : files)
    if (Error error = file.keep())
      return error;
  return Error::success();
}

Error tasd::verifyDifferent(ArrayRef<OutputOption> outputs) {
  StringMap<StringRef> options;
  for (auto [option, path] : outputs) {
    if (path.empty() || (path != "-" && isSpecialFile(path)))
      continue;
    SmallString<128> name = path;
    sys::path::remove_dots(name, /*remove_dot_dot=*/false);
    auto [known, isNew] = options.try_emplace(followLinks(name), option);
    if (!isNew)
      return createStringError("expected different outputs for " +
                               known->second + " and " + option + " but got '" +
                               path + "' for both");
  }
  return Error::success();
}

Error tasd::writeOutputFile(StringRef path,
                            function_ref<void(raw_ostream &)> write) {
  Expected<OutputFile> file = OutputFile::create(path, write);
  if (!file)
    return file.takeError();
  return file->keep();
}
