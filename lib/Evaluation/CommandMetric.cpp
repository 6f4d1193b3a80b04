//===- CommandMetric.cpp - The number that a program prints ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MetricKinds.h"

#include "tasd/Evaluation/NumpyIO.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/StringSaver.h"

#include <cmath>

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

namespace {
class CommandMetric final : public Metric {
public:
  CommandMetric(StringRef text, std::vector<std::string> words)
      : text(text), words(std::move(words)) {}

  Error verify(const Signature &signature, const Truth *answers) const override;
  Expected<double> getScore(ArrayRef<NDArray> outputs,
                            const Truth &truth) const override;
  std::string getName() const override { return "command:" + text; }
  std::string getIdentity() const override;

private:
  Error makeError(const Twine &message) const {
    return createStringError("metric command '" + text + "': " + message);
  }
  bool wantsTruth() const;
  Expected<double> run(StringRef outputsPath, StringRef truthPath) const;

  std::string text;
  /// The program, found, and its arguments.
  std::vector<std::string> words;
};

/// A file that is removed when this goes.
struct ScratchFile {
  static Expected<ScratchFile> create(StringRef suffix) {
    ScratchFile file;
    if (std::error_code code =
            sys::fs::createTemporaryFile("tasd-metric", suffix, file.path))
      return createStringError("cannot create a temporary file: " +
                               code.message());
    file.remover = std::make_unique<FileRemover>(file.path);
    return file;
  }

  /// The content, without white space around it, in as much as a message can
  /// hold.
  std::string read() const {
    auto buffer = MemoryBuffer::getFile(path, /*IsText=*/true);
    StringRef text = buffer ? (*buffer)->getBuffer().trim() : "";
    constexpr size_t kMaxLength = 1000;
    return text.size() > kMaxLength ? ("..." + text.take_back(kMaxLength)).str()
                                    : text.str();
  }

  SmallString<128> path;
  /// Held by pointer: a copy would remove the file with each.
  std::unique_ptr<FileRemover> remover;
};
} // namespace

/// Stands for the path of the truth in the words of a command.
static constexpr StringLiteral kTruth = "{truth}";

bool CommandMetric::wantsTruth() const {
  return any_of(words, [](StringRef word) { return word.contains(kTruth); });
}

Error CommandMetric::verify(const Signature &signature,
                            const Truth *answers) const {
  if (answers && !wantsTruth())
    return makeError("expected {truth} in the command, which stands for the "
                     "labels '" +
                     answers->path + "'");
  if (signature.results.empty())
    return makeError("expected a function with results");
  return Error::success();
}

/// What a program said: on its error output, else on its standard output.
static std::string quoteOutput(const ScratchFile &out, const ScratchFile &err) {
  std::string said = err.read();
  if (said.empty())
    said = out.read();
  return said.empty() ? "and printed nothing" : "and printed '" + said + "'";
}

/// The words with a path in place of the truth.
static std::vector<std::string> fillIn(std::vector<std::string> words,
                                       StringRef truthPath) {
  for (std::string &word : words)
    for (size_t at = 0; (at = word.find(kTruth, at)) != std::string::npos;
         at += truthPath.size())
      word.replace(at, kTruth.size(), truthPath.str());
  return words;
}

Expected<double> CommandMetric::run(StringRef outputsPath,
                                    StringRef truthPath) const {
  Expected<ScratchFile> out = ScratchFile::create("out"),
                        err = ScratchFile::create("err");
  if (!out || !err)
    return joinErrors(out.takeError(), err.takeError());
  std::vector<std::string> filled = fillIn(words, truthPath);
  SmallVector<StringRef> arguments(filled.begin(), filled.end());
  arguments.push_back(outputsPath);
  std::string failure;
  bool hasFailed = false;
  int code = sys::ExecuteAndWait(
      words.front(), arguments, /*Env=*/std::nullopt,
      {StringRef(""), StringRef(out->path), StringRef(err->path)},
      /*SecondsToWait=*/0, /*MemoryLimit=*/0, &failure, &hasFailed);
  if (hasFailed || code < 0)
    return makeError(failure + " " + quoteOutput(*out, *err));
  if (code != 0)
    return makeError("expected exit code 0 but got " + Twine(code) + " " +
                     quoteOutput(*out, *err));
  std::string printed = out->read();
  double score = 0;
  // No text at all is 0 to LLVM.
  if (printed.empty() || !to_float(StringRef(printed), score) ||
      !std::isfinite(score))
    return makeError("expected it to print one finite number but got '" +
                     printed + "'");
  return score;
}

/// Writes the results of a function to a file for a program.
static Expected<ScratchFile> writeResults(ArrayRef<NDArray> results) {
  Expected<ScratchFile> file =
      ScratchFile::create(results.size() == 1 ? "npy" : "npz");
  if (!file)
    return file;
  std::vector<NamedArray> arrays;
  for (auto [i, result] : enumerate(results))
    arrays.push_back({"result" + std::to_string(i), result});
  if (Error error = writeArrays(file->path, arrays))
    return std::move(error);
  return file;
}

Expected<double> CommandMetric::getScore(ArrayRef<NDArray> outputs,
                                         const Truth &truth) const {
  Expected<ScratchFile> file = writeResults(outputs);
  if (!file)
    return file.takeError();
  if (!wantsTruth() || !truth.isDense())
    return run(file->path, truth.path);
  Expected<ScratchFile> dense = writeResults(truth.arrays);
  if (!dense)
    return dense.takeError();
  return run(file->path, dense->path);
}

std::string CommandMetric::getIdentity() const {
  std::string identity = getName();
  for (const std::string &word : words)
    if (sys::fs::is_regular_file(word))
      if (auto buffer = MemoryBuffer::getFile(word))
        identity +=
            "\n" +
            toHex(SHA256::hash(arrayRefFromStringRef((*buffer)->getBuffer())));
  return identity;
}

CreatedMetric evaluation::createCommandMetric(StringRef text) {
  if (!text.consume_front("command:"))
    return nullptr;
  BumpPtrAllocator allocator;
  StringSaver saver(allocator);
  SmallVector<const char *> arguments;
  cl::TokenizeGNUCommandLine(text, saver, arguments);
  std::vector<std::string> words(arguments.begin(), arguments.end());
  if (words.empty())
    return createStringError("metric command: expected a program");
  ErrorOr<std::string> program = sys::findProgramByName(words.front());
  if (!program)
    return createStringError("metric command '" + text +
                             "': cannot find program '" + words.front() +
                             "': " + program.getError().message());
  words.front() = *program;
  return std::make_unique<CommandMetric>(text, std::move(words));
}
