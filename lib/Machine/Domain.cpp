//===- Domain.cpp - What a value must be besides its type ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Domain.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <cmath>

using namespace tasd::machine;
using llvm::StringRef;

std::string tasd::machine::describeDomain(StringRef type, Domain domain) {
  switch (domain) {
  case Domain::Any:
    return type.str();
  case Domain::Name:
    return "text on one line";
  case Domain::Identifier:
    return "a word of letters, digits, '_' and '-'";
  case Domain::NonNegative:
    return (type + " of at least 0").str();
  case Domain::Positive:
    return (type + " above 0").str();
  case Domain::PositiveOrUnlimited:
    return (type + " above 0 or 'unlimited'").str();
  case Domain::NonNegativeOrUnlimited:
    return (type + " of at least 0 or 'unlimited'").str();
  }
  llvm_unreachable("unknown domain");
}

bool tasd::machine::isInDomain(double value, bool isUnlimited, Domain domain) {
  if (std::isnan(value))
    return false;
  switch (domain) {
  case Domain::Any:
  case Domain::Name:
  case Domain::Identifier:
    return true;
  case Domain::NonNegative:
    return value >= 0 && !isUnlimited;
  case Domain::Positive:
    return value > 0 && !isUnlimited;
  case Domain::PositiveOrUnlimited:
    return value > 0;
  case Domain::NonNegativeOrUnlimited:
    return value >= 0;
  }
  llvm_unreachable("unknown domain");
}

static bool isIdentifier(StringRef text) {
  return !text.empty() && llvm::all_of(text, [](char character) {
    return llvm::isAlnum(character) || character == '_' || character == '-';
  });
}

bool tasd::machine::isInDomain(StringRef text, Domain domain) {
  if (domain == Domain::Identifier)
    return isIdentifier(text);
  return domain != Domain::Name ||
         (!text.trim().empty() && !text.contains('\n'));
}
