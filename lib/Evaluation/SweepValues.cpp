//===- SweepValues.cpp - The values in a sweep's file ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SweepValues.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

void SweepValues::fail(const YamlPlace &place, StringRef key,
                       const Twine &message) {
  mistakes.push_back(formatMistake(place, key + ": " + message));
}

void SweepValues::failIf(const std::string &message, const YamlPlace &place,
                         StringRef key) {
  if (!message.empty())
    fail(place, key, message);
}

Error SweepValues::takeErrors() {
  return mistakes.empty() ? Error::success()
                          : createStringError(join(mistakes, "\n"));
}

ArrayRef<YamlNode> SweepValues::getItems(const YamlNode &node, StringRef key) {
  if (node.kind != YamlNode::Kind::Sequence)
    return node;
  if (node.items.empty())
    fail(node.place, key, "expected at least one value");
  return node.items;
}

void SweepValues::readOne(const YamlNode &node, StringRef key, Parse parse) {
  if (node.kind == YamlNode::Kind::Scalar)
    failIf(parse(node.text), node.place, key);
  else
    fail(node.place, key, "expected a value but got " + node.describe());
}

void SweepValues::readList(const YamlNode &node, StringRef key, Parse parse) {
  for (const YamlNode &item : getItems(node, key))
    readOne(item, key, parse);
}

std::string evaluation::describeMismatch(StringRef what, StringRef text) {
  return ("expected " + what + " but got '" + text + "'").str();
}

std::string evaluation::parseInteger(StringRef text, int64_t least,
                                     int64_t &value) {
  if (!text.getAsInteger(10, value) && value >= least)
    return "";
  return describeMismatch("an integer of at least " + std::to_string(least),
                          text);
}

std::string evaluation::parseShare(StringRef text, double &value) {
  // No text at all is 0 to LLVM.
  if (!text.empty() && to_float(text, value) && value > 0 && value <= 1)
    return "";
  return describeMismatch("a share above 0, of at most 1,", text);
}

std::string evaluation::resolvePath(StringRef path, StringRef folder) {
  if (sys::path::is_absolute(path))
    return path.str();
  SmallString<128> resolved = folder;
  sys::path::append(resolved, path);
  return resolved.str().str();
}
