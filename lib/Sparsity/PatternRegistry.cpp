//===- PatternRegistry.cpp - The one parser of series ---------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Families by keyword, and the text of patterns and series.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/BSR.h"
#include "tasd/Sparsity/NM.h"
#include "tasd/Sparsity/TileWise.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <cassert>

using namespace tasd::sparsity;
using llvm::createStringError;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

PatternRegistry PatternRegistry::createWithBuiltins() {
  PatternRegistry registry;
  registry.add(createNMFamily());
  registry.add(createTileWiseFamily(TileCut::Survivors));
  registry.add(createTileWiseFamily(TileCut::Consecutive));
  registry.add(createBSRFamily());
  return registry;
}

void PatternRegistry::add(std::shared_ptr<const PatternFamily> family) {
  assert(!lookup(family->getKeyword()) && "keyword is taken");
  families.push_back(std::move(family));
}

const PatternFamily *PatternRegistry::lookup(StringRef keyword) const {
  for (const auto &family : families)
    if (family->getKeyword() == keyword)
      return family.get();
  return nullptr;
}

Expected<PatternRef> PatternRegistry::parseOuterPattern(StringRef text) const {
  for (const auto &family : families)
    if (family->claims(text))
      return family->parse(text);
  auto getSyntax = [](const auto &family) { return family->getSyntax(); };
  return createStringError(
      "unknown pattern '" + text + "', expected one of: " +
      llvm::join(llvm::map_range(families, getSyntax), ", "));
}

Expected<PatternRef> PatternRegistry::parsePattern(StringRef text) const {
  std::vector<PatternRef> patterns;
  for (StringRef part : splitOutsideParentheses(text, '*')) {
    Expected<PatternRef> pattern = parseOuterPattern(part);
    if (!pattern)
      return pattern;
    patterns.push_back(std::move(*pattern));
  }
  PatternRef whole = patterns.back();
  for (const PatternRef &outer : llvm::drop_begin(llvm::reverse(patterns))) {
    Expected<PatternRef> nested = outer->withInner(std::move(whole));
    if (!nested)
      return nested;
    whole = std::move(*nested);
  }
  return whole;
}

Expected<Series> PatternRegistry::parseSeries(StringRef text) const {
  if (text.empty())
    return createStringError("expected a series but got ''");
  llvm::SmallVector<StringRef> parts = splitOutsideParentheses(text, '+');
  if (parts.size() > Series::maxTerms)
    return createStringError("expected at most " + Twine(Series::maxTerms) +
                             " terms but got " + Twine(parts.size()));
  std::vector<PatternRef> patterns;
  for (StringRef part : parts) {
    if (part.empty())
      return createStringError("expected a pattern but got '' in '" + text +
                               "'");
    Expected<PatternRef> pattern = parsePattern(part);
    if (!pattern)
      return pattern.takeError();
    patterns.push_back(std::move(*pattern));
  }
  return Series(std::move(patterns));
}

llvm::SmallVector<StringRef>
tasd::sparsity::splitOutsideParentheses(StringRef text, char separator) {
  llvm::SmallVector<StringRef> parts;
  size_t begin = 0;
  int64_t depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    depth += (text[i] == '(') - (text[i] == ')');
    if (text[i] != separator || depth > 0)
      continue;
    parts.push_back(text.slice(begin, i));
    begin = i + 1;
  }
  parts.push_back(text.drop_front(begin));
  return parts;
}

llvm::SmallVector<StringRef> tasd::sparsity::splitSeriesList(StringRef text) {
  if (text.empty())
    return {};
  llvm::SmallVector<StringRef> parts = splitOutsideParentheses(text, ',');
  for (StringRef &part : parts)
    part = part.trim(' ');
  return parts;
}
