//===- TTCAttributes.cpp - Axes of tensors and nests of loops -------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TTC/IR/TTC.h"

#include "Limits.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::ttc;

#define GET_ATTRDEF_CLASSES
#include "tasd/Dialect/TTC/IR/TTCAttributes.cpp.inc"

void TTCDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "tasd/Dialect/TTC/IR/TTCAttributes.cpp.inc"
      >();
}

/// The assembly of an attribute whose text stands alone or inside another's.
template <typename Attr> static Attribute parseInAngles(AsmParser &parser) {
  if (parser.parseLess())
    return {};
  FailureOr<Attr> attr = Attr::parseBare(parser);
  if (failed(attr) || parser.parseGreater())
    return {};
  return *attr;
}

template <typename Attr>
static void printInAngles(AsmPrinter &printer, Attr attr) {
  printer << "<";
  attr.printBare(printer);
  printer << ">";
}

/// A list of attributes without their angle brackets.
template <typename Attr>
static ParseResult parseList(AsmParser &parser, AsmParser::Delimiter delimiter,
                             SmallVectorImpl<Attr> &list) {
  return parser.parseCommaSeparatedList(delimiter, [&]() -> ParseResult {
    FailureOr<Attr> attr = Attr::parseBare(parser);
    if (failed(attr))
      return failure();
    list.push_back(*attr);
    return success();
  });
}

template <typename Attr>
static void printList(AsmPrinter &printer, ArrayRef<Attr> list) {
  llvm::interleaveComma(list, printer,
                        [&](Attr attr) { attr.printBare(printer); });
}

/// As a parser returns an attribute that may be null.
template <typename Attr> static FailureOr<Attr> failIfNull(Attr attr) {
  if (!attr)
    return failure();
  return attr;
}

//===----------------------------------------------------------------------===//
// DigitAttr
//===----------------------------------------------------------------------===//

LogicalResult DigitAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                int64_t extent, int64_t dimension,
                                int64_t scale) {
  if (extent < 1 || scale < 0) // digit_c1
    return emitError()
           << "expected a positive extent and a scale not below 0 but "
              "got "
           << extent << " and " << scale;
  if (dimension < 0) // digit_c1
    return emitError() << "expected a dimension that is not negative but got "
                       << dimension;
  return success();
}

FailureOr<DigitAttr> DigitAttr::parseBare(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  int64_t extent, dimension, scale = 1;
  if (parser.parseInteger(extent) || parser.parseKeyword("on") ||
      parser.parseInteger(dimension))
    return failure();
  if (succeeded(parser.parseOptionalKeyword("by")) &&
      parser.parseInteger(scale))
    return failure();
  return failIfNull(getChecked([&] { return parser.emitError(loc); },
                               parser.getContext(), extent, dimension, scale));
}

void DigitAttr::printBare(AsmPrinter &printer) const {
  printer << getExtent() << " on " << getDimension();
  if (getScale() != 1)
    printer << " by " << getScale();
}

Attribute DigitAttr::parse(AsmParser &parser, Type) {
  return parseInAngles<DigitAttr>(parser);
}

void DigitAttr::print(AsmPrinter &printer) const {
  printInAngles(printer, *this);
}

//===----------------------------------------------------------------------===//
// AxesAttr
//===----------------------------------------------------------------------===//

/// The number of coordinates that digits tell apart; none if there are too
/// many.
static std::optional<int64_t> countCoordinates(ArrayRef<DigitAttr> axis) {
  return multiplyExtents(
      llvm::map_range(axis, [](DigitAttr digit) { return digit.getExtent(); }));
}

static LogicalResult
verifyGathered(function_ref<InFlightDiagnostic()> emitError,
               ArrayRef<DigitAttr> axis, DenseI64ArrayAttr gathered) {
  int64_t least = 0, end = *countCoordinates(axis);
  for (int64_t place : gathered ? gathered.asArrayRef() : ArrayRef<int64_t>()) {
    if (place < least || place >= end)
      return emitError() << "expected what is gathered to ascend below " << end
                         << " but got " << place << ", where at least " << least
                         << " was due";
    least = place + 1;
  }
  if (gathered && gathered.empty())
    return emitError() << "expected something to be gathered";
  return success();
}

LogicalResult AxesAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               ArrayRef<DigitAttr> batch,
                               ArrayRef<DigitAttr> rows,
                               ArrayRef<DigitAttr> columns,
                               DenseI64ArrayAttr gatheredRows,
                               DenseI64ArrayAttr gatheredColumns) {
  for (ArrayRef<DigitAttr> axis : {batch, rows, columns})
    if (!countCoordinates(axis)) // axes_c1
      return emitError() << "expected an axis of at most 2^48 coordinates";
  return success(succeeded(verifyGathered(emitError, rows, gatheredRows)) &&
                 succeeded(verifyGathered(emitError, columns,
                                          gatheredColumns))); // axes_c2
}

Attribute AxesAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<DigitAttr> batch, rows, columns;
  DenseI64ArrayAttr gatheredRows, gatheredColumns;
  auto parseGathered = [&](DenseI64ArrayAttr &gathered) -> ParseResult {
    if (failed(parser.parseOptionalKeyword("at")))
      return success();
    gathered = dyn_cast_if_present<DenseI64ArrayAttr>(
        DenseI64ArrayAttr::parse(parser, {}));
    return success(static_cast<bool>(gathered));
  };
  auto parseAxis = [&](StringRef name,
                       SmallVectorImpl<DigitAttr> &digits) -> ParseResult {
    return failure(parser.parseKeyword(name) ||
                   parseList(parser, AsmParser::Delimiter::Square, digits));
  };
  if (parser.parseLess() || parseAxis("batch", batch) || parser.parseComma() ||
      parseAxis("rows", rows) || parseGathered(gatheredRows) ||
      parser.parseComma() || parseAxis("columns", columns) ||
      parseGathered(gatheredColumns) || parser.parseGreater())
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                    batch, rows, columns, gatheredRows, gatheredColumns);
}

void AxesAttr::print(AsmPrinter &printer) const {
  auto printAxis = [&](ArrayRef<DigitAttr> digits, DenseI64ArrayAttr gathered) {
    printer << "[";
    printList(printer, digits);
    printer << "]";
    if (!gathered)
      return;
    printer << " at ";
    gathered.print(printer);
  };
  printer << "<batch ";
  printAxis(getBatch(), nullptr);
  printer << ", rows ";
  printAxis(getRows(), getGatheredRows());
  printer << ", columns ";
  printAxis(getColumns(), getGatheredColumns());
  printer << ">";
}

//===----------------------------------------------------------------------===//
// MicroLoopAttr
//===----------------------------------------------------------------------===//

LogicalResult
MicroLoopAttr::verify(function_ref<InFlightDiagnostic()> emitError, Dimension,
                      int64_t bound, int64_t level, MicroLoopKind) {
  if (bound < 1 || level < 0) // micro_loop_c1
    return emitError() << "expected a positive bound at a level that is not "
                          "negative but got "
                       << bound << " at " << level;
  return success();
}

FailureOr<MicroLoopAttr> MicroLoopAttr::parseBare(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  FailureOr<Dimension> dimension = FieldParser<Dimension>::parse(parser);
  int64_t bound, level;
  if (failed(dimension) || parser.parseInteger(bound) ||
      parser.parseKeyword("at") || parser.parseInteger(level))
    return failure();
  auto kind = MicroLoopKind::Temporal;
  StringRef keyword;
  if (succeeded(
          parser.parseOptionalKeyword(&keyword, {"spatial_x", "spatial_y"})))
    kind = *symbolizeMicroLoopKind(keyword);
  return failIfNull(getChecked([&] { return parser.emitError(loc); },
                               parser.getContext(), *dimension, bound, level,
                               kind));
}

void MicroLoopAttr::printBare(AsmPrinter &printer) const {
  printer << stringifyDimension(getDimension()) << " " << getBound() << " at "
          << getLevel();
  if (getKind() != MicroLoopKind::Temporal)
    printer << " " << stringifyMicroLoopKind(getKind());
}

Attribute MicroLoopAttr::parse(AsmParser &parser, Type) {
  return parseInAngles<MicroLoopAttr>(parser);
}

void MicroLoopAttr::print(AsmPrinter &printer) const {
  printInAngles(printer, *this);
}

//===----------------------------------------------------------------------===//
// NestAttr
//===----------------------------------------------------------------------===//

/// The bounds of the loops along a dimension.
static SmallVector<int64_t> getBounds(ArrayRef<MicroLoopAttr> loops,
                                      Dimension dimension) {
  SmallVector<int64_t> bounds;
  for (MicroLoopAttr loop : loops)
    if (loop.getDimension() == dimension)
      bounds.push_back(loop.getBound());
  return bounds;
}

LogicalResult NestAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               ArrayRef<MicroLoopAttr> loops) {
  for (Dimension dimension : {Dimension::M, Dimension::N, Dimension::K})
    if (!multiplyExtents(getBounds(loops, dimension))) // nest_c1
      return emitError() << "expected at most 2^48 steps along "
                         << stringifyDimension(dimension);
  return success();
}

int64_t NestAttr::getExtent(Dimension dimension) const {
  int64_t product = 1;
  for (int64_t bound : getBounds(getLoops(), dimension))
    product *= bound;
  return product;
}

Attribute NestAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<MicroLoopAttr> loops;
  if (parseList(parser, AsmParser::Delimiter::LessGreater, loops))
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                    loops);
}

void NestAttr::print(AsmPrinter &printer) const {
  printer << "<";
  printList(printer, getLoops());
  printer << ">";
}
