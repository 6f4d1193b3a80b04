//===- YamlTree.h - YAML with the places of its nodes -----------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LLVM's YAML parser yields a stream that can be walked once. Files are read
// out of order, with a place for every mistake, so the document is kept as a
// tree.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SUPPORT_YAMLTREE_H
#define TASD_SUPPORT_YAMLTREE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>
#include <vector>

namespace tasd {

/// A place in a file, both counted from 1.
struct YamlPlace {
  std::string file;
  unsigned line = 1, column = 1;
};

/// "file:line:column: message", on one line whatever the message quotes.
std::string formatMistake(const YamlPlace &place, const llvm::Twine &message);

struct YamlEntry;

struct YamlNode {
  enum class Kind { Scalar, Mapping, Sequence };

  Kind kind = Kind::Scalar;
  YamlPlace place;
  /// Of a scalar.
  std::string text;
  /// Of a sequence.
  std::vector<YamlNode> items;
  /// Of a mapping, in the order written; keys are distinct.
  std::vector<YamlEntry> entries;

  /// The entry of a mapping; null if there is none.
  const YamlEntry *lookup(llvm::StringRef key) const;
  /// "a mapping", "a sequence", "'text'".
  std::string describe() const;
};

struct YamlEntry {
  std::string key;
  YamlPlace place;
  YamlNode value;
};

/// Parses a document. Errors, one a line, with their places: syntax, more than
/// one document, aliases, tags, a key that stands twice, nesting or a text
/// beyond what anybody writes.
llvm::Expected<YamlNode> parseYaml(llvm::StringRef text,
                                   llvm::StringRef fileName);

/// What is wrong with a key that is not known, with the one that was meant, or
/// else all that there are.
std::string describeUnknownKey(llvm::StringRef key,
                               llvm::ArrayRef<llvm::StringRef> known);

} // namespace tasd

#endif // TASD_SUPPORT_YAMLTREE_H
