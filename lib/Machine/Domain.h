//===- Domain.h - What a value must be besides its type ---------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_MACHINE_DOMAIN_H
#define TASD_LIB_MACHINE_DOMAIN_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace tasd::machine {

enum class Domain {
  Any,
  /// Text that is not empty, on one line.
  Name,
  /// A name that mappings and options can use as one word.
  Identifier,
  /// At least 0, and bounded.
  NonNegative,
  /// Above 0, and bounded.
  Positive,
  /// Above 0, or unlimited.
  PositiveOrUnlimited,
  /// At least 0, or unlimited.
  NonNegativeOrUnlimited,
};

/// "an integer above 0", where the type is "an integer".
std::string describeDomain(llvm::StringRef type, Domain domain);
bool isInDomain(double value, bool isUnlimited, Domain domain);
bool isInDomain(llvm::StringRef text, Domain domain);

} // namespace tasd::machine

#endif // TASD_LIB_MACHINE_DOMAIN_H
