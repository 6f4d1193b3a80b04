//===- SweepValues.h - The values in a sweep's file -------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_EVALUATION_SWEEPVALUES_H
#define TASD_LIB_EVALUATION_SWEEPVALUES_H

#include "tasd/Support/YamlTree.h"

#include "llvm/ADT/STLExtras.h"

namespace tasd::evaluation {

/// Reads values and keeps what is wrong with them. Functions that parse one
/// scalar return what is wrong with its text, and nothing if it is right.
class SweepValues {
public:
  void fail(const YamlPlace &place, llvm::StringRef key,
            const llvm::Twine &message);
  /// The same, unless the message is empty.
  void failIf(const std::string &message, const YamlPlace &place,
              llvm::StringRef key);
  /// All mistakes, one a line.
  llvm::Error takeErrors();

  /// The entries of a list, of which there has to be one; a value stands for a
  /// list of itself.
  llvm::ArrayRef<YamlNode> getItems(const YamlNode &node, llvm::StringRef key);

  using Parse = llvm::function_ref<std::string(llvm::StringRef text)>;
  void readOne(const YamlNode &node, llvm::StringRef key, Parse parse);
  void readList(const YamlNode &node, llvm::StringRef key, Parse parse);

  /// Reads values that are distinct.
  template <typename T, typename ParseValue>
  void readDistinct(const YamlNode &node, llvm::StringRef key,
                    std::vector<T> &values, ParseValue parse) {
    values.clear();
    readList(node, key, [&](llvm::StringRef text) -> std::string {
      T value{};
      if (std::string message = parse(text, value); !message.empty())
        return message;
      if (llvm::is_contained(values, value))
        return ("expected values that differ but got '" + text + "' again")
            .str();
      values.push_back(std::move(value));
      return "";
    });
  }

private:
  std::vector<std::string> mistakes;
};

/// "expected `what` but got 'text'".
std::string describeMismatch(llvm::StringRef what, llvm::StringRef text);

std::string parseInteger(llvm::StringRef text, int64_t least, int64_t &value);
/// Above 0 and at most 1.
std::string parseShare(llvm::StringRef text, double &value);

/// A path in a file of that folder, seen from where the tool runs.
std::string resolvePath(llvm::StringRef path, llvm::StringRef folder);

/// The message of a value's error; empty if it has none.
template <typename T> std::string getMessage(llvm::Expected<T> value) {
  return value ? "" : llvm::toString(value.takeError());
}

} // namespace tasd::evaluation

#endif // TASD_LIB_EVALUATION_SWEEPVALUES_H
