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

/// Appends what stands between parentheses after a family's keyword.
static ParseResult collectArguments(AsmParser &parser, std::string &text) {
  text += "(";
  auto collectOne = [&]() -> ParseResult {
    if (text.back() != '(')
      text += ", ";
    StringRef keyword;
    if (succeeded(parser.parseOptionalKeyword(&keyword))) {
      text += keyword;
      if (failed(parser.parseOptionalEqual()))
        return success();
      text += " = ";
    }
    int64_t number;
    if (parser.parseInteger(number))
      return failure();
    text += std::to_string(number);
    return success();
  };
  if (parser.parseCommaSeparatedList(collectOne) || parser.parseRParen())
    return failure();
  text += ")";
  return success();
}

/// Appends the text of one pattern: `keyword`, `keyword(arguments)` or integers
/// joined by colons. What the text means is for the registry to say.
static ParseResult collectPattern(AsmParser &parser, std::string &text) {
  StringRef keyword;
  if (succeeded(parser.parseOptionalKeyword(&keyword))) {
    text += keyword;
    if (succeeded(parser.parseOptionalLParen()))
      return collectArguments(parser, text);
    return success();
  }
  do {
    if (!text.empty() && llvm::isDigit(text.back()))
      text += ":";
    int64_t number;
    if (parser.parseInteger(number))
      return failure();
    text += std::to_string(number);
  } while (succeeded(parser.parseOptionalColon()));
  return success();
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
