//===- Codec.cpp - Values of machines as text -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Codec.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/YAMLParser.h"
#include "llvm/Support/YAMLTraits.h"

#include <charconv>
#include <cmath>

using namespace tasd::machine;
using llvm::ArrayRef;
using llvm::StringRef;

static constexpr StringRef unlimited = "unlimited";

bool Codec<std::string>::parse(StringRef text, std::string &value) {
  value = text.str();
  return true;
}

std::string Codec<std::string>::print(const std::string &value) {
  // A line of its own length is what readers of the file expect.
  if (llvm::yaml::needsQuotes(value) == llvm::yaml::QuotingType::None)
    return value;
  return "\"" + llvm::yaml::escape(value, /*EscapePrintable=*/false) + "\"";
}

bool Codec<bool>::parse(StringRef text, bool &value) {
  value = text == "true";
  return value || text == "false";
}

bool Codec<int64_t>::parse(StringRef text, int64_t &value) {
  if (text == unlimited) {
    value = kUnlimitedCapacity;
    return true;
  }
  return !text.getAsInteger(10, value) && value != kUnlimitedCapacity;
}

std::string Codec<int64_t>::print(int64_t value) {
  return value == kUnlimitedCapacity ? unlimited.str() : std::to_string(value);
}

bool Codec<double>::parse(StringRef text, double &value) {
  if (text == unlimited) {
    value = kUnlimitedRate;
    return true;
  }
  auto [end, error] = std::from_chars(text.begin(), text.end(), value);
  return error == std::errc() && end == text.end() && std::isfinite(value);
}

std::string Codec<double>::print(double value) {
  if (value == kUnlimitedRate)
    return unlimited.str();
  // The shortest digits that read back as the same number.
  char digits[32];
  return {digits,
          std::to_chars(std::begin(digits), std::end(digits), value).ptr};
}

std::string tasd::machine::describeWords(ArrayRef<StringRef> words) {
  return "one of: " + llvm::join(words, ", ");
}

template <> ArrayRef<StringRef> tasd::machine::getWords<Operand>() {
  static constexpr StringRef words[] = {"a", "b", "z"};
  return words;
}

template <> ArrayRef<StringRef> tasd::machine::getWords<Placement>() {
  static constexpr StringRef words[] = {"machine", "sub_partition", "lane"};
  return words;
}

template <> ArrayRef<StringRef> tasd::machine::getWords<CapacityUnit>() {
  static constexpr StringRef words[] = {"words", "elements"};
  return words;
}

template <> ArrayRef<StringRef> tasd::machine::getWords<Dataflow>() {
  static constexpr StringRef words[] = {"broadcast", "systolic"};
  return words;
}

template <> ArrayRef<StringRef> tasd::machine::getWords<MetadataFormat>() {
  static constexpr StringRef words[] = {"none", "coordinate", "run_length",
                                        "bitmask"};
  return words;
}

template <> ArrayRef<StringRef> tasd::machine::getWords<ZeroSupport>() {
  static constexpr StringRef words[] = {"stored", "compressed", "skipped"};
  return words;
}

template <> ArrayRef<StringRef> tasd::machine::getWords<KernelForm>() {
  static constexpr StringRef words[] = {"dense", "packed"};
  return words;
}
