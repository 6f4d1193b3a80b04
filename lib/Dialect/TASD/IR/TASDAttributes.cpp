//===- TASDAttributes.cpp - Patterns, series and plans --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::tasd;

#include "tasd/Dialect/TASD/IR/TASDAttrInterfaces.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "tasd/Dialect/TASD/IR/TASDAttributes.cpp.inc"

void TASDDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "tasd/Dialect/TASD/IR/TASDAttributes.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Text of series
//===----------------------------------------------------------------------===//

/// Whether a character continues a word. A minus does in an exponent alone.
static bool continuesWord(char character, char before) {
  return llvm::isAlnum(character) || character == '_' || character == '.' ||
         (character == '-' && before == 'e');
}

/// Consumes one token of a word.
static ParseResult consumeToken(AsmParser &parser) {
  StringRef keyword;
  if (succeeded(parser.parseOptionalKeyword(&keyword)))
    return success();
  APInt integer;
  OptionalParseResult result = parser.parseOptionalInteger(integer);
  if (result.has_value())
    return *result;
  double number;
  return parser.parseFloat(number);
}

/// Appends a keyword or a number as it is written, which the lexer may see as
/// several tokens: 32x32 and 1e-05.
static ParseResult collectWord(AsmParser &parser, std::string &text) {
  SMLoc loc = parser.getCurrentLocation();
  const char *end = loc.getPointer();
  for (; continuesWord(*end, end == loc.getPointer() ? ' ' : end[-1]); ++end)
    text += *end;
  if (end == loc.getPointer())
    return parser.emitError(loc, "expected a keyword or a number");
  while (parser.getCurrentLocation().getPointer() < end)
    if (consumeToken(parser))
      return failure();
  return success();
}

/// Appends what stands between parentheses after a family's keyword.
static ParseResult collectArguments(AsmParser &parser, std::string &text) {
  text += "(";
  auto collectOne = [&]() -> ParseResult {
    if (text.back() != '(')
      text += ", ";
    if (collectWord(parser, text))
      return failure();
    if (failed(parser.parseOptionalEqual()))
      return success();
    text += " = ";
    return collectWord(parser, text);
  };
  if (parser.parseCommaSeparatedList(collectOne) || parser.parseRParen())
    return failure();
  text += ")";
  return success();
}

/// Appends the text of one pattern: words joined by colons, or one with
/// arguments in parentheses; several of these are joined by stars. What the
/// text means is for the registry to say.
static ParseResult collectPattern(AsmParser &parser, std::string &text) {
  if (collectWord(parser, text))
    return failure();
  if (succeeded(parser.parseOptionalLParen())) {
    if (collectArguments(parser, text))
      return failure();
  } else if (succeeded(parser.parseOptionalColon())) {
    text += ":";
    return collectPattern(parser, text);
  }
  if (failed(parser.parseOptionalStar()))
    return success();
  text += "*";
  return collectPattern(parser, text);
}

FailureOr<SeriesAttr> SeriesAttr::parseBare(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  std::string text;
  do {
    if (!text.empty())
      text += "+";
    if (collectPattern(parser, text))
      return failure();
  } while (succeeded(parser.parseOptionalPlus()));
  return parseText(parser.getContext(), text,
                   [&] { return parser.emitError(loc); });
}

FailureOr<SeriesAttr>
SeriesAttr::parseText(MLIRContext *context, StringRef text,
                      function_ref<InFlightDiagnostic()> emitError) {
  auto *dialect = context->getOrLoadDialect<TASDDialect>();
  llvm::Expected<sparsity::Series> series =
      dialect->getPatternRegistry().parseSeries(text);
  if (!series)
    return emitError() << llvm::toString(series.takeError());
  return get(context, *series);
}

//===----------------------------------------------------------------------===//
// SeriesAttr
//===----------------------------------------------------------------------===//

SeriesAttr SeriesAttr::get(MLIRContext *context,
                           const sparsity::Series &series) {
  auto *dialect = context->getOrLoadDialect<TASDDialect>();
  SmallVector<PatternAttrInterface> patterns;
  for (const sparsity::PatternRef &pattern : series.getPatterns())
    patterns.push_back(
        cast<PatternAttrInterface>(dialect->getPatternAttr(*pattern)));
  return get(context, patterns);
}

LogicalResult SeriesAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                 ArrayRef<PatternAttrInterface> patterns) {
  if (patterns.empty() ||
      patterns.size() >= sparsity::Ownership::unowned) // series_c1
    return emitError() << "expected between 1 and 254 patterns but got "
                       << patterns.size();
  return success();
}

sparsity::Series SeriesAttr::getSeries() const {
  std::vector<sparsity::PatternRef> patterns;
  for (PatternAttrInterface pattern : getPatterns())
    patterns.push_back(pattern.getPattern());
  return sparsity::Series(std::move(patterns));
}

std::string SeriesAttr::getText() const { return getSeries().getText(); }

SeriesAttr SeriesAttr::getTerm(int64_t index) const {
  return get(getContext(), getPatterns().slice(index, 1));
}

SeriesAttr SeriesAttr::getStored() const {
  std::vector<sparsity::PatternRef> patterns;
  for (PatternAttrInterface attr : getPatterns()) {
    sparsity::PatternRef pattern = attr.getPattern();
    sparsity::PatternRef stored = pattern->getStored();
    patterns.push_back(stored ? std::move(stored) : std::move(pattern));
  }
  return get(getContext(), sparsity::Series(std::move(patterns)));
}

SeriesAttr SeriesAttr::getSelection() const {
  return getStored() == *this ? nullptr : *this;
}

std::string SeriesAttr::findRunTimeObstacle() const {
  for (PatternAttrInterface attr : getPatterns())
    if (sparsity::PatternRef pattern = attr.getPattern();
        !pattern->hasFixedSize())
      return "pattern '" + pattern->getText() +
             "' has no packed form of fixed size, so that it is for constants "
             "alone";
  return {};
}

Attribute SeriesAttr::parse(AsmParser &parser, Type) {
  if (parser.parseLess())
    return {};
  FailureOr<SeriesAttr> series = parseBare(parser);
  if (failed(series) || parser.parseGreater())
    return {};
  return *series;
}

void SeriesAttr::print(AsmPrinter &printer) const {
  printer << "<" << getText() << ">";
}
