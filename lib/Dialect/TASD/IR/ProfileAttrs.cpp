//===- ProfileAttrs.cpp - Statistics of operands and layers ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Dialect/TASD/IR/TASD.h"

#include "Along.h"

#include "mlir/IR/DialectImplementation.h"
#include "tasd/Sparsity/Profile.h"
#include "llvm/ADT/SmallSet.h"

using namespace mlir;
using namespace mlir::tasd;

/// Calls that tell what is wrong.
using EmitError = function_ref<InFlightDiagnostic()>;

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

static bool isSum(double number) {
  return std::isfinite(number) && number >= 0;
}
static bool isSum(const APFloat &number) {
  return isSum(number.convertToDouble());
}

static LogicalResult verifySums(EmitError emitError, ArrayRef<APFloat> sums) {
  for (const APFloat &sum : sums)
    if (!isSum(sum))
      return emitError() << "expected finite sums of at least 0 but got "
                         << sum.convertToDouble();
  return success();
}

//===----------------------------------------------------------------------===//
// SeriesProfileAttr
//===----------------------------------------------------------------------===//

LogicalResult SeriesProfileAttr::verify(EmitError emitError, SeriesAttr series,
                                        int64_t numNonZeros, APFloat magnitude,
                                        APFloat squaredNorm) {
  if (numNonZeros < 0) // series_profile_c1
    return emitError() << "expected at least 0 dropped non-zeros but got "
                       << numNonZeros;
  return verifySums(emitError, {magnitude, squaredNorm}); // series_profile_c1
}

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
// OperandProfileAttr: constraints
//===----------------------------------------------------------------------===//

static LogicalResult verifyShare(EmitError emitError, const APFloat &share) {
  double value = share.convertToDouble();
  if (value >= 0 && value <= 1)
    return success();
  return emitError() << "expected a share from 0 to 1 but got " << value;
}

static LogicalResult verifyHistograms(EmitError emitError,
                                      ArrayRef<DenseI64ArrayAttr> histograms) {
  llvm::SmallSet<size_t, 4> sizes;
  for (DenseI64ArrayAttr histogram : histograms) {
    ArrayRef<int64_t> counts = histogram.asArrayRef();
    if (counts.size() < 2 || counts.size() > 65537)
      return emitError() << "expected counts of blocks with 0 to M non-zeros, "
                            "1 <= M <= 65536, but got "
                         << counts.size() << " counts";
    if (llvm::any_of(counts, [](int64_t count) { return count < 0; }))
      return emitError() << "expected counts of at least 0 but got [" << counts
                         << "]";
    if (!sizes.insert(counts.size()).second)
      return emitError() << "expected one histogram of blocks of "
                         << counts.size() - 1 << " elements but got several";
  }
  return success();
}

static LogicalResult verifySeries(EmitError emitError,
                                  ArrayRef<SeriesProfileAttr> series,
                                  int64_t numNonZeros) {
  llvm::SmallPtrSet<Attribute, 8> seen;
  for (SeriesProfileAttr one : series) {
    if (!seen.insert(one.getSeries()).second)
      return emitError() << "expected each series once but got "
                         << one.getSeries().getText() << " twice";
    if (one.getNumNonZeros() > numNonZeros)
      return emitError() << "expected " << one.getSeries().getText()
                         << " to drop at most " << numNonZeros
                         << " non-zeros but got " << one.getNumNonZeros();
  }
  return success();
}

LogicalResult OperandProfileAttr::verify(
    EmitError emitError, ArrayRef<int64_t> along, int64_t numElements,
    int64_t numNonZeros, APFloat magnitude, APFloat squaredNorm,
    APFloat pseudoDensity, APFloat share,
    ArrayRef<DenseI64ArrayAttr> histograms, DenseF64ArrayAttr moments,
    ArrayRef<SeriesProfileAttr> series) {
  if (failed(verifyAlong(emitError, along))) // operand_profile_c1
    return failure();
  if (numElements < 1 || numNonZeros < 0 ||
      numNonZeros > numElements) // operand_profile_c2
    return emitError() << "expected elements, and at most as many non-zeros, "
                          "but got "
                       << numElements << " and " << numNonZeros;
  if (failed(verifySums(emitError,
                        {magnitude, squaredNorm}))) // operand_profile_c3
    return failure();
  if (moments)
    for (double moment : moments.asArrayRef())
      if (!isSum(moment)) // operand_profile_c3
        return emitError()
               << "expected finite second moments of at least 0 but got "
               << moment;
  if (failed(verifyShare(emitError, pseudoDensity)) ||
      failed(verifyShare(emitError, share))) // operand_profile_c4
    return failure();
  if (failed(verifyHistograms(emitError, histograms))) // operand_profile_c5
    return failure();
  return verifySeries(emitError, series, numNonZeros); // operand_profile_c6
}

//===----------------------------------------------------------------------===//
// OperandProfileAttr: text
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
// OperandProfileAttr: what was measured
//===----------------------------------------------------------------------===//

OperandProfileAttr
OperandProfileAttr::get(MLIRContext *context, ArrayRef<int64_t> along,
                        const sparsity::OperandProfile &profile, double share) {
  SmallVector<DenseI64ArrayAttr> histograms;
  for (const sparsity::BlockHistogram &histogram : profile.histograms)
    histograms.push_back(DenseI64ArrayAttr::get(context, histogram.counts));
  SmallVector<SeriesProfileAttr> series;
  for (const sparsity::SeriesProfile &one : profile.series)
    series.push_back(SeriesProfileAttr::get(
        context, SeriesAttr::get(context, one.series), one.droppedNonZeros,
        APFloat(one.droppedMagnitude.toDouble()),
        APFloat(one.droppedSquaredNorm.toDouble())));
  sparsity::TensorMetrics metrics = profile.getTensorMetrics();
  return get(
      context, along, metrics.numElements, metrics.numNonZeros,
      APFloat(metrics.magnitude), APFloat(metrics.squaredNorm),
      APFloat(profile.getPseudoDensity(share)), APFloat(share), histograms,
      DenseF64ArrayAttr::get(context, profile.getSecondMoments()), series);
}

double OperandProfileAttr::getPseudoDensity() const {
  return getPseudoDensityValue().convertToDouble();
}

double OperandProfileAttr::getShare() const {
  return getShareValue().convertToDouble();
}

sparsity::TensorMetrics OperandProfileAttr::getMetrics() const {
  return {getNumElements(), getNumNonZeros(), getMagnitude().convertToDouble(),
          getSquaredNorm().convertToDouble()};
}

std::optional<sparsity::BlockHistogram>
OperandProfileAttr::getHistogram(int64_t blockSize) const {
  for (DenseI64ArrayAttr histogram : getHistograms())
    if (histogram.size() == blockSize + 1)
      return sparsity::BlockHistogram{blockSize, histogram.asArrayRef().vec()};
  return std::nullopt;
}

ArrayRef<double> OperandProfileAttr::getSecondMoments() const {
  return getColumnMoments() ? getColumnMoments().asArrayRef()
                            : ArrayRef<double>();
}

std::optional<sparsity::SeriesMetrics>
OperandProfileAttr::getSeriesMetrics(SeriesAttr series) const {
  for (SeriesProfileAttr one : getSeries()) {
    if (one.getSeries() != series)
      continue;
    sparsity::SeriesMetrics metrics;
    metrics.droppedNonZeros = one.getNumNonZeros();
    metrics.droppedMagnitude = one.getMagnitude().convertToDouble();
    metrics.droppedSquaredNorm = one.getSquaredNorm().convertToDouble();
    sparsity::TensorMetrics whole = getMetrics();
    metrics.keptNonZeros = whole.numNonZeros - metrics.droppedNonZeros;
    metrics.keptMagnitude =
        std::max(0.0, whole.magnitude - metrics.droppedMagnitude);
    metrics.keptSquaredNorm =
        std::max(0.0, whole.squaredNorm - metrics.droppedSquaredNorm);
    return metrics;
  }
  return std::nullopt;
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
