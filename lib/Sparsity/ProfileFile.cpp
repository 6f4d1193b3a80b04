//===- ProfileFile.cpp - Files of profiles --------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/ProfileFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SHA256.h"

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

static Expected<Profile> parseFile(StringRef path, StringRef text,
                                   const PatternRegistry &registry) {
  Expected<Profile> profile = parseProfile(text, registry);
  if (!profile)
    return addFileName(path, profile.takeError());
  resolveMatrixPaths(path, *profile);
  return profile;
}

Expected<Profile>
tasd::sparsity::readProfileFile(StringRef path,
                                const PatternRegistry &registry) {
  auto buffer = readFile(path);
  if (!buffer)
    return buffer.takeError();
  return parseFile(path, (*buffer)->getBuffer(), registry);
}

Expected<Profile>
tasd::sparsity::readProfileFiles(ArrayRef<std::string> paths,
                                 const PatternRegistry &registry) {
  Profile merged;
  std::map<std::string, StringRef> pathByDigest;
  for (const std::string &path : paths) {
    auto buffer = readFile(path);
    if (!buffer)
      return buffer.takeError();
    StringRef text = (*buffer)->getBuffer();
    auto [known, isNew] = pathByDigest.try_emplace(
        llvm::toHex(llvm::SHA256::hash(llvm::arrayRefFromStringRef(text))),
        path);
    if (!isNew)
      return createStringError(path +
                               ": expected a profile of other data than '" +
                               known->second + "', which would count twice");
    Expected<Profile> profile = parseFile(path, text, registry);
    if (!profile)
      return profile.takeError();
    if (Error error = merged.merge(*profile))
      return addFileName(path, std::move(error));
  }
  return merged;
}

/// Adds the matrix, which stands beside the profile's file, and names it in the
/// profile. `number` counts the matrices.
static Error addMatrix(StringRef path, OperandProfile &operand, int64_t &number,
                       OutputFiles &files) {
  operand.matrixPath.clear();
  if (!operand.matrix)
    return Error::success();
  std::string name = (path + "." + Twine(number++) + ".npy").str();
  operand.matrixPath = path::filename(name).str();
  return files.add(
      name, [&](llvm::raw_ostream &os) { operand.matrix->writeNpy(os); });
}

Error tasd::sparsity::addProfileFiles(StringRef path, Profile profile,
                                      OutputFiles &files) {
  int64_t numMatrices = 0;
  for (auto &layer : profile.layers)
    for (auto &operand : layer.second)
      if (Error error = addMatrix(path, operand.second, numMatrices, files))
        return error;
  return files.add(path,
                   [&](llvm::raw_ostream &os) { printProfile(os, profile); });
}

Error tasd::sparsity::writeProfileFile(StringRef path, Profile profile) {
  OutputFiles files;
  if (Error error = addProfileFiles(path, std::move(profile), files))
    return error;
  return files.keep();
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
