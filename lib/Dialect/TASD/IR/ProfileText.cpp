//===- ProfileText.cpp - The assembly of profiles -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "Along.h"

#include "mlir/IR/DialectImplementation.h"

using namespace mlir;
using namespace mlir::tasd;

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

/// Parses `name = ` and a count or a number.
static ParseResult parseField(AsmParser &parser, StringRef name,
                              int64_t &count) {
  return failure(parser.parseKeyword(name) || parser.parseEqual() ||
                 parser.parseInteger(count));
}

static ParseResult parseNumber(AsmParser &parser, APFloat &number) {
  return parser.parseFloat(APFloat::IEEEdouble(), number);
}

static ParseResult parseField(AsmParser &parser, StringRef name,
                              APFloat &number) {
  return failure(parser.parseKeyword(name) || parser.parseEqual() ||
                 parseNumber(parser, number));
}

static APFloat getZero() { return APFloat::getZero(APFloat::IEEEdouble()); }

//===----------------------------------------------------------------------===//
// SeriesProfileAttr
//===----------------------------------------------------------------------===//

Attribute SeriesProfileAttr::parse(AsmParser &parser, Type) {
  FailureOr<SeriesAttr> series = failure();
  int64_t numNonZeros = 0;
  APFloat magnitude = getZero(), squaredNorm = getZero();
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess() || failed(series = SeriesAttr::parseBare(parser)) ||
      parser.parseKeyword("drops") ||
      parseField(parser, "non_zeros", numNonZeros) || parser.parseComma() ||
      parseField(parser, "magnitude", magnitude) || parser.parseComma() ||
      parseField(parser, "squared_norm", squaredNorm) || parser.parseGreater())
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                    *series, numNonZeros, magnitude, squaredNorm);
}

void SeriesProfileAttr::print(AsmPrinter &printer) const {
  printer << "<" << getSeries().getText()
          << " drops non_zeros = " << getNumNonZeros() << ", magnitude = ";
  printer.printFloat(getMagnitude());
  printer << ", squared_norm = ";
  printer.printFloat(getSquaredNorm());
  printer << ">";
}

//===----------------------------------------------------------------------===//
// OperandProfileAttr
//===----------------------------------------------------------------------===//

/// Parses the attributes of a list.
template <typename T>
static ParseResult parseList(AsmParser &parser, SmallVectorImpl<T> &list) {
  return parser.parseCommaSeparatedList(
      AsmParser::Delimiter::Square, [&]() -> ParseResult {
        list.push_back(dyn_cast_if_present<T>(T::parse(parser, {})));
        return success(static_cast<bool>(list.back()));
      });
}

namespace {
/// What follows the counts and sums, each part at most once.
struct Details {
  SmallVector<DenseI64ArrayAttr> histograms;
  DenseF64ArrayAttr moments;
  SmallVector<SeriesProfileAttr> series;

  ParseResult parse(AsmParser &parser);
};
} // namespace

ParseResult Details::parse(AsmParser &parser) {
  while (succeeded(parser.parseOptionalComma())) {
    StringRef keyword;
    SMLoc loc = parser.getCurrentLocation();
    if (parser.parseKeyword(&keyword) || parser.parseEqual())
      return failure();
    if (keyword == "histograms" && histograms.empty()) {
      if (parseList(parser, histograms))
        return failure();
    } else if (keyword == "second_moments" && !moments) {
      moments = dyn_cast_if_present<DenseF64ArrayAttr>(
          DenseF64ArrayAttr::parse(parser, {}));
      if (!moments)
        return failure();
    } else if (keyword == "series" && series.empty()) {
      if (parseList(parser, series))
        return failure();
    } else {
      return parser.emitError(loc, "expected histograms, second_moments or "
                                   "series, each once, but got '")
             << keyword << "'";
    }
  }
  return success();
}

Attribute OperandProfileAttr::parse(AsmParser &parser, Type) {
  SmallVector<int64_t> along;
  int64_t numElements = 0, numNonZeros = 0;
  APFloat magnitude = getZero(), squaredNorm = getZero();
  APFloat pseudoDensity = getZero(), share = getZero();
  Details details;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess() || parseAlong(parser, along) || parser.parseComma() ||
      parseField(parser, "elements", numElements) || parser.parseComma() ||
      parseField(parser, "non_zeros", numNonZeros) || parser.parseComma() ||
      parseField(parser, "magnitude", magnitude) || parser.parseComma() ||
      parseField(parser, "squared_norm", squaredNorm) || parser.parseComma() ||
      parseField(parser, "pseudo_density", pseudoDensity) ||
      parser.parseKeyword("at") || parseNumber(parser, share) ||
      details.parse(parser) || parser.parseGreater())
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                    ArrayRef(along), numElements, numNonZeros, magnitude,
                    squaredNorm, pseudoDensity, share,
                    ArrayRef(details.histograms), details.moments,
                    ArrayRef(details.series));
}

/// Prints a list of attributes without their names, where there are any.
template <typename T>
static void printList(AsmPrinter &printer, StringRef name, ArrayRef<T> list) {
  if (list.empty())
    return;
  printer << ", " << name << " = [";
  llvm::interleaveComma(list, printer, [&](T one) { one.print(printer); });
  printer << "]";
}

void OperandProfileAttr::print(AsmPrinter &printer) const {
  printer << "<along [" << getAlong() << "], elements = " << getNumElements()
          << ", non_zeros = " << getNumNonZeros() << ", magnitude = ";
  printer.printFloat(getMagnitude());
  printer << ", squared_norm = ";
  printer.printFloat(getSquaredNorm());
  printer << ", pseudo_density = ";
  printer.printFloat(getPseudoDensityValue());
  printer << " at ";
  printer.printFloat(getShareValue());
  printList(printer, "histograms", getHistograms());
  if (getColumnMoments()) {
    printer << ", second_moments = ";
    getColumnMoments().print(printer);
  }
  printList(printer, "series", getSeries());
  printer << ">";
}
//===----------------------------------------------------------------------===//
// ProfileAttr
//===----------------------------------------------------------------------===//

Attribute ProfileAttr::parse(AsmParser &parser, Type) {
  SmallVector<OperandProfileAttr> inputs;
  auto parseEntry = [&]() -> ParseResult {
    if (succeeded(parser.parseOptionalKeyword("none"))) {
      inputs.push_back(nullptr);
      return success();
    }
    inputs.push_back(dyn_cast_if_present<OperandProfileAttr>(
        OperandProfileAttr::parse(parser, {})));
    return success(static_cast<bool>(inputs.back()));
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater,
                                     parseEntry))
    return {};
  return get(parser.getContext(), inputs);
}

void ProfileAttr::print(AsmPrinter &printer) const {
  printer << "<";
  llvm::interleaveComma(getInputs(), printer, [&](OperandProfileAttr profile) {
    if (profile)
      profile.print(printer);
    else
      printer << "none";
  });
  printer << ">";
}
