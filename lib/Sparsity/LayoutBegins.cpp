//===- LayoutBegins.cpp - Where the lists of a layout begin ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayoutBegins.h"

#include "tasd/Sparsity/Layout.h"

#include "llvm/ADT/STLExtras.h"

#include <cstring>
#include <limits>

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::Error;
using llvm::MutableArrayRef;

Layout::~Layout() = default;

Error tasd::sparsity::turnIntoBegins(MutableArrayRef<int32_t> lengths) {
  int64_t sum = 0;
  for (int32_t &length : lengths) {
    int64_t begin = sum;
    sum += length;
    if (begin > std::numeric_limits<int32_t>::max())
      return llvm::createStringError(
          "expected lists of a layout of at most 2147483647 in all");
    length = static_cast<int32_t>(begin);
  }
  return Error::success();
}

llvm::Expected<std::vector<int32_t>>
tasd::sparsity::readBegins(ArrayRef<char> bytes, int64_t count,
                           int64_t length) {
  std::vector<int32_t> begins(count + 1);
  if (bytes.size() != begins.size() * sizeof(int32_t))
    return llvm::createStringError("expected %lld begins",
                                   static_cast<long long>(begins.size()));
  std::memcpy(begins.data(), bytes.data(), bytes.size());
  if (begins.front() != 0 || begins.back() != length ||
      !llvm::is_sorted(begins))
    return llvm::createStringError("expected begins that ascend from 0 to %lld",
                                   static_cast<long long>(length));
  return begins;
}
