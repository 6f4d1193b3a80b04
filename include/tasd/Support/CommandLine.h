//===- CommandLine.h - Command lines as text --------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SUPPORT_COMMANDLINE_H
#define TASD_SUPPORT_COMMANDLINE_H

#include <string>

namespace tasd {

/// The arguments as one would type them in a POSIX shell, quoted where needed.
std::string formatCommandLine(int argc, const char *const *argv);

} // namespace tasd

#endif // TASD_SUPPORT_COMMANDLINE_H
