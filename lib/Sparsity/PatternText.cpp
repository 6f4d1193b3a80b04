//===- PatternText.cpp - Patterns with parameters -------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Numbers and parameters, read and written.
//
//===----------------------------------------------------------------------===//

#include "PatternText.h"

#include "tasd/Sparsity/Pattern.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallBitVector.h"
#include "llvm/ADT/StringExtras.h"

#include <charconv>
#include <cmath>

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

bool tasd::sparsity::isPatternCall(StringRef text, StringRef keyword) {
  return text.consume_front(keyword) && (text.empty() || text.front() == '(');
}

static Error createNumberError(StringRef name, const Twine &number) {
  return createStringError("expected a finite number of at least 0 for " +
                           name + " but got " + number);
}

static bool isThreshold(double number) {
  return number >= 0 && std::isfinite(number);
}

static Error parseNumber(StringRef text, const Threshold &threshold) {
  double number;
  if (text.find_first_not_of("0123456789.eE+-") != StringRef::npos ||
      text.getAsDouble(number) || !isThreshold(number))
    return createNumberError(threshold.name, "'" + text + "'");
  // The sign of a zero would be part of the text.
  threshold.value = std::fabs(number);
  return Error::success();
}

/// Reads "name = number".
static Error parseParameter(StringRef text, StringRef whole,
                            ArrayRef<Threshold> thresholds,
                            llvm::SmallBitVector &seen) {
  auto [name, number] = text.split('=');
  name = name.trim(' ');
  auto it = llvm::find_if(thresholds, [name = name](const Threshold &one) {
    return one.name == name;
  });
  if (it == thresholds.end())
    return createStringError(
        "unknown parameter '" + name + "' in '" + whole +
        "', expected one of: " +
        llvm::join(
            llvm::map_range(thresholds,
                            [](const Threshold &one) { return one.name; }),
            ", "));
  size_t position = it - thresholds.begin();
  if (seen.test(position))
    return createStringError("expected " + name + " once but got '" + whole +
                             "'");
  seen.set(position);
  return parseNumber(number.trim(' '), *it);
}

Expected<StringRef>
tasd::sparsity::parsePatternCall(StringRef text, StringRef syntax, bool hasSize,
                                 ArrayRef<Threshold> thresholds) {
  auto [keyword, arguments] = text.split('(');
  bool hasArguments = keyword.size() != text.size();
  if (hasArguments != arguments.consume_back(")") || (hasSize && !hasArguments))
    return createStringError("expected " + syntax + " but got '" + text + "'");
  llvm::SmallVector<StringRef> parts;
  if (hasArguments)
    arguments.split(parts, ',');
  StringRef size = hasSize ? parts.front().trim(' ') : StringRef();
  llvm::SmallBitVector seen(thresholds.size());
  for (StringRef part : ArrayRef(parts).drop_front(hasSize))
    if (Error error = parseParameter(part, text, thresholds, seen))
      return std::move(error);
  return size;
}

std::string tasd::sparsity::getThresholdText(ArrayRef<Threshold> thresholds) {
  std::string text;
  for (const Threshold &threshold : thresholds)
    if (threshold.value != 0)
      text += (", " + threshold.name + " = " + getNumberText(threshold.value))
                  .str();
  return text;
}

std::string tasd::sparsity::getNumberText(double number) {
  char buffer[32];
  auto [end, status] =
      std::to_chars(std::begin(buffer), std::end(buffer), number);
  auto [digits, exponent] = StringRef(buffer, end - buffer).split('e');
  if (exponent.empty())
    return digits.str();
  bool isNegative = exponent.consume_front("-");
  exponent.consume_front("+");
  return (digits + "e" + (isNegative ? "-" : "") + exponent.ltrim('0')).str();
}

Error tasd::sparsity::verifyThresholds(ArrayRef<Threshold> thresholds) {
  for (const Threshold &threshold : thresholds)
    if (!isThreshold(threshold.value))
      return createNumberError(threshold.name, getNumberText(threshold.value));
  return Error::success();
}
