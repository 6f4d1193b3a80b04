//===- ProfileFile.cpp - Files of profiles --------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/ProfileFile.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace tasd;
using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;
namespace path = llvm::sys::path;

static Expected<std::unique_ptr<llvm::MemoryBuffer>> readFile(StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer)
    return createStringError("cannot read '" + path +
                             "': " + buffer.getError().message());
  return std::move(*buffer);
}

static Error addFileName(StringRef path, Error error) {
  return createStringError(path + ": " + llvm::toString(std::move(error)));
}

/// Makes the names of matrices, which stand beside the file, paths.
static void resolveMatrixPaths(StringRef file, Profile &profile) {
  for (auto &[layer, inputs] : profile.layers)
    for (auto &[input, operand] : inputs) {
      if (operand.matrixPath.empty())
        continue;
      llvm::SmallString<128> resolved(path::parent_path(file));
      path::append(resolved, operand.matrixPath);
      operand.matrixPath = resolved.str().str();
    }
}

Expected<Profile>
tasd::sparsity::readProfileFile(StringRef path,
                                const PatternRegistry &registry) {
  auto buffer = readFile(path);
  if (!buffer)
    return buffer.takeError();
  Expected<Profile> profile = parseProfile((*buffer)->getBuffer(), registry);
  if (!profile)
    return addFileName(path, profile.takeError());
  resolveMatrixPaths(path, *profile);
  return profile;
}

Expected<Profile>
tasd::sparsity::readProfileFiles(ArrayRef<std::string> paths,
                                 const PatternRegistry &registry) {
  Profile merged;
  for (const std::string &path : paths) {
    Expected<Profile> profile = readProfileFile(path, registry);
    if (!profile)
      return profile.takeError();
    if (Error error = merged.merge(*profile))
      return addFileName(path, std::move(error));
  }
  return merged;
}

/// Writes the matrix beside the profile's file and names it in the profile.
static Error writeMatrix(StringRef path, OperandProfile &operand,
                         std::vector<OutputFile> &files) {
  operand.matrixPath.clear();
  if (!operand.matrix)
    return Error::success();
  std::string name = (path + "." + Twine(files.size()) + ".npy").str();
  auto file = OutputFile::create(
      name, [&](llvm::raw_ostream &os) { operand.matrix->writeNpy(os); });
  if (!file)
    return file.takeError();
  files.push_back(std::move(*file));
  operand.matrixPath = path::filename(name).str();
  return Error::success();
}

Expected<std::vector<OutputFile>>
tasd::sparsity::createProfileFiles(StringRef path, Profile profile) {
  std::vector<OutputFile> files;
  for (auto &layer : profile.layers)
    for (auto &operand : layer.second)
      if (Error error = writeMatrix(path, operand.second, files))
        return std::move(error);
  auto file = OutputFile::create(
      path, [&](llvm::raw_ostream &os) { printProfile(os, profile); });
  if (!file)
    return file.takeError();
  files.push_back(std::move(*file));
  return files;
}

Error tasd::sparsity::writeProfileFile(StringRef path, Profile profile) {
  auto files = createProfileFiles(path, std::move(profile));
  if (!files)
    return files.takeError();
  for (OutputFile &file : *files)
    if (Error error = file.keep())
      return error;
  return Error::success();
}

Expected<std::vector<double>>
tasd::sparsity::readSecondMoments(const OperandProfile &profile) {
  if (profile.matrixPath.empty())
    return createStringError("expected a profile with full second moments");
  auto buffer = readFile(profile.matrixPath);
  if (!buffer)
    return buffer.takeError();
  auto moments = parseSecondMoments((*buffer)->getBuffer(), profile.numColumns);
  if (!moments)
    return addFileName(profile.matrixPath, moments.takeError());
  return moments;
}
