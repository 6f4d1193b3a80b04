//===- CommandLine.cpp - Command lines as text ----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Support/CommandLine.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

using llvm::StringRef;

/// Whether a shell takes the argument as it is.
static bool isPlain(StringRef argument) {
  constexpr StringRef plain = "%+,-./:=@_";
  return !argument.empty() && llvm::all_of(argument, [&](char c) {
    return llvm::isAlnum(c) || plain.contains(c);
  });
}

/// Between single quotes everything stands for itself but these.
static std::string quote(StringRef argument) {
  if (isPlain(argument))
    return argument.str();
  std::string quoted = "'";
  for (char c : argument)
    quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

std::string tasd::formatCommandLine(int argc, const char *const *argv) {
  std::string text;
  for (int i = 0; i < argc; ++i)
    text += (i ? " " : "") + quote(argv[i]);
  return text;
}
