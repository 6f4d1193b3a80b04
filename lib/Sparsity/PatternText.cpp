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

/// Whether `text` is [sign]digits[.digits][e[sign]digits], of which either side
/// of the point may be left out.
static bool isDecimal(StringRef text) {
  auto takeSign = [&] {
    return text.consume_front(text.starts_with("-") ? "-" : "+");
  };
  auto takeDigits = [&] {
    size_t count = text.take_while(llvm::isDigit).size();
    text = text.drop_front(count);
    return count;
  };
  takeSign();
  size_t numDigits = takeDigits();
  if (text.consume_front("."))
    numDigits += takeDigits();
  if (numDigits == 0 || !text.consume_front_insensitive("e"))
    return numDigits > 0 && text.empty();
  takeSign();
  return takeDigits() > 0 && text.empty();
}

static Error parseNumber(StringRef text, const Threshold &threshold) {
  double number;
  // The conversion takes an exponent without digits, and words.
  if (!isDecimal(text) || text.getAsDouble(number) || !isThreshold(number))
    return createNumberError(threshold.name, "'" + text + "'");
  // The sign of a zero would be part of the text.
  threshold.value = std::fabs(number);
  return Error::success();
}

static Error parseWord(StringRef text, const Choice &choice) {
  const auto *it = llvm::find(choice.words, text);
  if (it == choice.words.end())
    return createStringError("expected " + llvm::join(choice.words, " or ") +
                             " for " + choice.name + " but got '" + text + "'");
  choice.position = it - choice.words.begin();
  return Error::success();
}

namespace {
/// The parameters of a pattern, numbers before words.
class Parameters {
public:
  Parameters(ArrayRef<Threshold> thresholds, ArrayRef<Choice> choices)
      : thresholds(thresholds), choices(choices) {
    for (const Threshold &threshold : thresholds)
      names.push_back(threshold.name);
    for (const Choice &choice : choices)
      names.push_back(choice.name);
    seen.resize(names.size());
  }

  /// Reads "name = value" of the text `whole`.
  Error parse(StringRef text, StringRef whole) {
    auto [name, value] = text.split('=');
    name = name.trim(' ');
    size_t position = llvm::find(names, name) - names.begin();
    if (position == names.size())
      return createStringError(
          "unknown parameter '" + name + "' in '" + whole +
          "', expected one of: " + llvm::join(names, ", "));
    if (seen.test(position))
      return createStringError("expected " + name + " once but got '" + whole +
                               "'");
    seen.set(position);
    if (position < thresholds.size())
      return parseNumber(value.trim(' '), thresholds[position]);
    return parseWord(value.trim(' '), choices[position - thresholds.size()]);
  }

private:
  ArrayRef<Threshold> thresholds;
  ArrayRef<Choice> choices;
  llvm::SmallVector<StringRef> names;
  llvm::SmallBitVector seen;
};
} // namespace

Expected<StringRef>
tasd::sparsity::parsePatternCall(StringRef text, StringRef syntax, bool hasSize,
                                 ArrayRef<Threshold> thresholds,
                                 ArrayRef<Choice> choices) {
  auto [keyword, arguments] = text.split('(');
  bool hasArguments = keyword.size() != text.size();
  if (hasArguments != arguments.consume_back(")") || (hasSize && !hasArguments))
    return createStringError("expected " + syntax + " but got '" + text + "'");
  llvm::SmallVector<StringRef> parts;
  if (hasArguments)
    arguments.split(parts, ',');
  StringRef size = hasSize ? parts.front().trim(' ') : StringRef();
  Parameters parameters(thresholds, choices);
  for (StringRef part : ArrayRef(parts).drop_front(hasSize))
    if (Error error = parameters.parse(part, text))
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

std::string tasd::sparsity::getChoiceText(const Choice &choice) {
  if (choice.position == 0)
    return "";
  return (", " + choice.name + " = " + choice.words[choice.position]).str();
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
