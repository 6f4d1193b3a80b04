//===- YamlTree.cpp - YAML with the places of its nodes -------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Support/YamlTree.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

using namespace tasd;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

/// Deeper than anybody writes, and shallow enough for the parser's recursion.
static constexpr unsigned maxDepth = 16;

/// Longer than any file that was written by hand.
static constexpr size_t maxBytes = 1 << 18;

std::string tasd::formatMistake(const YamlPlace &place, const Twine &message) {
  std::string line =
      (place.file + ":" + Twine(place.line) + ":" + Twine(place.column) + ": ")
          .str();
  for (char character : message.str())
    if (llvm::isPrint(character) || (character & 0x80))
      line += character;
    else
      line += "\\x" + llvm::toHex(StringRef(&character, 1));
  return line;
}

const YamlEntry *YamlNode::lookup(StringRef key) const {
  for (const YamlEntry &entry : entries)
    if (entry.key == key)
      return &entry;
  return nullptr;
}

static std::string abbreviate(StringRef text) {
  constexpr size_t length = 40;
  return text.take_front(length).str() + (text.size() > length ? "..." : "");
}

std::string YamlNode::describe() const {
  switch (kind) {
  case Kind::Scalar:
    return "'" + abbreviate(text) + "'";
  case Kind::Mapping:
    return "a mapping";
  case Kind::Sequence:
    return "a sequence";
  }
  llvm_unreachable("unknown kind");
}

namespace {

/// Turns the parser's nodes into ours; stops at the first mistake.
class TreeBuilder {
public:
  TreeBuilder(StringRef text, StringRef fileName)
      : text(text), fileName(fileName) {
    sources.setDiagHandler(handleDiagnostic, this);
    lineStarts.push_back(text.begin());
    for (const char &character : text)
      if (character == '\n')
        lineStarts.push_back(&character + 1);
  }

  Expected<YamlNode> build();

private:
  static void handleDiagnostic(const llvm::SMDiagnostic &diagnostic,
                               void *context);
  bool isInText(const char *pointer) const;
  YamlPlace getPlace(llvm::SMLoc location) const;
  YamlPlace getPlace(llvm::yaml::Node &node) const;
  void fail(const YamlPlace &place, const Twine &message);
  bool checkSize();
  bool checkNesting();

  YamlNode convertDocument(llvm::yaml::Stream &stream);
  YamlNode convert(llvm::yaml::Node *node, const YamlPlace &parent,
                   unsigned depth);
  void convertMapping(llvm::yaml::MappingNode &node, YamlNode &tree,
                      unsigned depth);
  std::string convertKey(llvm::yaml::Node *node, YamlPlace &place);

  StringRef text, fileName;
  llvm::SourceMgr sources;
  std::vector<const char *> lineStarts;
  std::string error;
};

} // namespace

void TreeBuilder::handleDiagnostic(const llvm::SMDiagnostic &diagnostic,
                                   void *context) {
  auto &self = *static_cast<TreeBuilder *>(context);
  unsigned line = std::max(diagnostic.getLineNo(), 1);
  unsigned column = std::max(diagnostic.getColumnNo(), 0) + 1;
  // What the parser says starts with a capital, ours does not.
  std::string message = diagnostic.getMessage().str();
  if (!message.empty())
    message.front() = llvm::toLower(message.front());
  self.fail({self.fileName.str(), line, column},
            StringRef(message).rtrim(". !\n"));
}

/// After a mistake the parser makes nodes that stand nowhere.
bool TreeBuilder::isInText(const char *pointer) const {
  return pointer && pointer >= text.begin() && pointer <= text.end();
}

YamlPlace TreeBuilder::getPlace(llvm::SMLoc location) const {
  const char *pointer = location.getPointer();
  if (!isInText(pointer))
    return {fileName.str(), 1, 1};
  auto next = llvm::upper_bound(lineStarts, pointer);
  return {fileName.str(), unsigned(next - lineStarts.begin()),
          unsigned(pointer - *std::prev(next)) + 1};
}

/// The parser lets collections in brackets start behind the bracket.
YamlPlace TreeBuilder::getPlace(llvm::yaml::Node &node) const {
  const char *start = node.getSourceRange().Start.getPointer();
  if (isInText(start) &&
      llvm::isa<llvm::yaml::MappingNode, llvm::yaml::SequenceNode>(node)) {
    StringRef before(text.begin(), start - text.begin());
    before = before.rtrim();
    if (before.ends_with("[") || before.ends_with("{"))
      start = before.end() - 1;
  }
  return getPlace(llvm::SMLoc::getFromPointer(start));
}

/// The first mistake counts: the parser follows it by others that are none.
void TreeBuilder::fail(const YamlPlace &place, const Twine &message) {
  if (error.empty())
    error = formatMistake(place, message);
}

bool TreeBuilder::checkSize() {
  if (text.size() > maxBytes)
    fail({fileName.str(), 1, 1}, "expected at most " + Twine(maxBytes) +
                                     " bytes but got " + Twine(text.size()));
  return error.empty();
}

/// The parser calls itself for every bracket, and must not see too many.
bool TreeBuilder::checkNesting() {
  unsigned depth = 0;
  for (const char &character : text) {
    depth += StringRef("[{").contains(character);
    depth -= depth && StringRef("]}").contains(character);
    if (depth <= maxDepth)
      continue;
    fail(getPlace(llvm::SMLoc::getFromPointer(&character)),
         "expected at most " + Twine(maxDepth) + " nested brackets");
    return false;
  }
  return true;
}

std::string TreeBuilder::convertKey(llvm::yaml::Node *node, YamlPlace &place) {
  auto *scalar = llvm::dyn_cast_or_null<llvm::yaml::ScalarNode>(node);
  if (!scalar) {
    fail(node ? getPlace(*node) : place, "expected a key");
    return "";
  }
  place = getPlace(*scalar);
  llvm::SmallString<32> storage;
  return scalar->getValue(storage).str();
}

void TreeBuilder::convertMapping(llvm::yaml::MappingNode &node, YamlNode &tree,
                                 unsigned depth) {
  for (llvm::yaml::KeyValueNode &pair : node) {
    YamlEntry entry;
    entry.place = tree.place;
    entry.key = convertKey(pair.getKey(), entry.place);
    if (!error.empty())
      return;
    entry.value = convert(pair.getValue(), entry.place, depth + 1);
    if (!error.empty())
      return;
    if (const YamlEntry *first = tree.lookup(entry.key))
      return fail(entry.place, "key '" + entry.key + "' stands in line " +
                                   Twine(first->place.line) + " already");
    tree.entries.push_back(std::move(entry));
  }
}

YamlNode TreeBuilder::convert(llvm::yaml::Node *node, const YamlPlace &parent,
                              unsigned depth) {
  YamlNode tree;
  tree.place = parent;
  if (!node)
    return tree;
  if (node->getSourceRange().isValid())
    tree.place = getPlace(*node);
  if (depth > maxDepth)
    fail(tree.place, "expected at most " + Twine(maxDepth) + " levels");
  else if (llvm::isa<llvm::yaml::AliasNode>(node))
    fail(parent, "expected a value but got an alias");
  else if (!node->getRawTag().empty())
    fail(parent, "expected a value without a tag");
  else if (auto *mapping = llvm::dyn_cast<llvm::yaml::MappingNode>(node)) {
    tree.kind = YamlNode::Kind::Mapping;
    convertMapping(*mapping, tree, depth);
  } else if (auto *sequence = llvm::dyn_cast<llvm::yaml::SequenceNode>(node)) {
    tree.kind = YamlNode::Kind::Sequence;
    for (llvm::yaml::Node &item : *sequence) {
      tree.items.push_back(convert(&item, tree.place, depth + 1));
      // The parser would walk through all that it has not shown yet.
      if (!error.empty())
        break;
    }
  } else if (auto *block = llvm::dyn_cast<llvm::yaml::BlockScalarNode>(node)) {
    tree.text = block->getValue().str();
  } else if (auto *scalar = llvm::dyn_cast<llvm::yaml::ScalarNode>(node)) {
    llvm::SmallString<64> storage;
    tree.text = scalar->getValue(storage).str();
  }
  return tree;
}

YamlNode TreeBuilder::convertDocument(llvm::yaml::Stream &stream) {
  YamlNode tree;
  tree.place = {fileName.str(), 1, 1};
  auto document = stream.begin();
  if (document == stream.end())
    return tree;
  tree = convert(document->getRoot(), tree.place, 0);
  if (!error.empty() || stream.failed() || ++document == stream.end())
    return tree;
  llvm::yaml::Node *second = document->getRoot();
  fail(second ? getPlace(*second) : tree.place, "expected one document");
  return tree;
}

Expected<YamlNode> TreeBuilder::build() {
  YamlNode tree;
  if (checkSize() && checkNesting()) {
    llvm::yaml::Stream stream(llvm::MemoryBufferRef(text, fileName), sources,
                              /*ShowColors=*/false);
    tree = convertDocument(stream);
    if (stream.failed())
      fail(tree.place, "expected YAML");
  }
  if (!error.empty())
    return createStringError(error);
  return tree;
}

Expected<YamlNode> tasd::parseYaml(StringRef text, StringRef fileName) {
  return TreeBuilder(text, fileName).build();
}

/// The known key closest to one that is not known, if it is close enough.
static StringRef findNearest(StringRef key, ArrayRef<StringRef> known) {
  StringRef nearest;
  unsigned least = std::max<unsigned>(1, key.size() / 2) + 1;
  for (StringRef candidate : known) {
    unsigned distance = key.edit_distance(candidate, true, least);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

std::string tasd::describeUnknownKey(StringRef key, ArrayRef<StringRef> known) {
  StringRef nearest = findNearest(key, known);
  if (!nearest.empty())
    return ("unknown key, did you mean '" + nearest + "'?").str();
  return "unknown key, expected one of: " + llvm::join(known, ", ");
}
