//===- Digest.h - Digests of texts ------------------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_SUPPORT_DIGEST_H
#define TASD_SUPPORT_DIGEST_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace tasd {

/// The SHA-256 of a text, in 64 lower-case hexadecimal digits.
std::string getDigest(llvm::StringRef text);

} // namespace tasd

#endif // TASD_SUPPORT_DIGEST_H
