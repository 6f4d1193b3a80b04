//===- YamlFile.h - Structures from YAML files ------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_PUBLISHED_YAMLFILE_H
#define TASD_BENCHMARKS_PUBLISHED_YAMLFILE_H

#include "llvm/Support/Error.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"

namespace tasd::published {

/// Appends "file:line:column: what" to the text at `context`.
inline void appendMistake(const llvm::SMDiagnostic &diagnostic, void *context) {
  std::string &text = *static_cast<std::string *>(context);
  if (!text.empty())
    text += "\n";
  text +=
      (diagnostic.getFilename() + ":" + llvm::Twine(diagnostic.getLineNo()) +
       ":" + llvm::Twine(diagnostic.getColumnNo() + 1) + ": " +
       diagnostic.getMessage())
          .str();
}

/// Reads what llvm::yaml::MappingTraits describe. Errors: the file cannot be
/// read; "file:line:column: what" for each mistake.
template <typename T> llvm::Expected<T> readYamlFile(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer)
    return llvm::createStringError("cannot read '" + path +
                                   "': " + buffer.getError().message());
  std::string mistakes;
  llvm::yaml::Input input((*buffer)->getMemBufferRef(), nullptr, appendMistake,
                          &mistakes);
  T value;
  input >> value;
  if (input.error())
    return llvm::createStringError(mistakes);
  return value;
}

} // namespace tasd::published

#endif // TASD_BENCHMARKS_PUBLISHED_YAMLFILE_H
