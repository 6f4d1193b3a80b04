//===- Schema.cpp - Reading and writing by a table of keys ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Schema.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace tasd;
using namespace tasd::machine;
using llvm::StringRef;
using llvm::Twine;

Field::~Field() = default;

std::string tasd::machine::joinPath(StringRef parent, StringRef key) {
  return parent.empty() ? key.str() : (parent + "." + key).str();
}

const Field *Schema::lookup(StringRef key) const {
  for (const auto &field : fields)
    if (field->key == key)
      return field.get();
  return nullptr;
}

void Schema::check(const void *object, StringRef path,
                   std::vector<Problem> &problems) const {
  for (const auto &field : fields)
    field->check(object, joinPath(path, field->key), problems);
}

//===----------------------------------------------------------------------===//
// Reader
//===----------------------------------------------------------------------===//

/// More than anybody reads.
static constexpr size_t maxErrors = 100;

void Reader::error(const YamlPlace &place, StringRef path,
                   const Twine &message) {
  if (errors.size() > maxErrors)
    return;
  if (errors.size() == maxErrors) {
    errors.push_back(formatMistake(place, "further mistakes are not shown"));
    return;
  }
  std::string key = path.empty() ? "" : (path + ": ").str();
  errors.push_back(formatMistake(place, key + message));
}

void Reader::setPlace(StringRef path, const YamlPlace &place) {
  places[path] = place;
}

const YamlPlace &Reader::getPlace(StringRef path) const {
  while (true) {
    auto found = places.find(path);
    if (found != places.end())
      return found->second;
    path = path.contains('.') ? path.rsplit('.').first : "";
  }
}

static std::string describeUnknown(StringRef key, const Schema &schema) {
  llvm::SmallVector<StringRef> known;
  for (const auto &field : schema.fields)
    known.push_back(field->key);
  return describeUnknownKey(key, known);
}

void Reader::readMapping(const YamlNode &node, StringRef path,
                         const Schema &schema, void *object) {
  setPlace(path, node.place);
  if (node.kind != YamlNode::Kind::Mapping)
    return error(node.place, path,
                 "expected a mapping but got " + node.describe());
  for (const YamlEntry &entry : node.entries) {
    std::string inner = joinPath(path, entry.key);
    const Field *field = schema.lookup(entry.key);
    if (!field) {
      error(entry.place, inner, describeUnknown(entry.key, schema));
      continue;
    }
    setPlace(inner, entry.value.place);
    field->read(entry.value, inner, object, *this);
  }
}

//===----------------------------------------------------------------------===//
// Printer
//===----------------------------------------------------------------------===//

void Printer::startLine() {
  if (!afterDash)
    os.indent(indent);
  afterDash = false;
}

void Printer::printMapping(const Schema &schema, const void *object) {
  for (const auto &field : schema.fields)
    field->print(object, *this);
}

void Printer::printScalar(StringRef key, StringRef text) {
  startLine();
  os << key << ": " << text << "\n";
}

void Printer::printList(StringRef key, llvm::ArrayRef<std::string> texts) {
  startLine();
  os << key << ": [" << llvm::join(texts, ", ") << "]\n";
}

void Printer::printNested(StringRef key, llvm::function_ref<void()> printBody) {
  startLine();
  os << key << ":\n";
  indent += 2;
  printBody();
  indent -= 2;
}

void Printer::printItem(llvm::function_ref<void()> printBody) {
  startLine();
  os << "- ";
  afterDash = true;
  indent += 2;
  printBody();
  indent -= 2;
}
