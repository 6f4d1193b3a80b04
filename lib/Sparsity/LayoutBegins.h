//===- LayoutBegins.h - Where the lists of a layout begin -------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_LAYOUTBEGINS_H
#define TASD_LIB_SPARSITY_LAYOUTBEGINS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <vector>

namespace tasd::sparsity {

/// Turns the lengths of lists, followed by one place more, into their begins
/// and the end of the last. Errors: more than fit in 31 bits.
llvm::Error turnIntoBegins(llvm::MutableArrayRef<int32_t> lengths);

/// Reads `count` begins and the end. Errors: another number of them, or begins
/// that do not ascend from 0 to `length`.
llvm::Expected<std::vector<int32_t>> readBegins(llvm::ArrayRef<char> bytes,
                                                int64_t count, int64_t length);

/// Whether all bytes of an element are zero.
inline bool isZero(const char *element, int64_t width) {
  char bits = 0;
  for (int64_t byte = 0; byte < width; ++byte)
    bits |= element[byte];
  return bits == 0;
}

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_LAYOUTBEGINS_H
