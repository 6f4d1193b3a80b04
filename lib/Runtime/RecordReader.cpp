//===- RecordReader.cpp - The words of a record ---------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RecordReader.h"

#include "tasd/Runtime/ABI.h"

#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

using namespace tasd::runtime;

RecordReader::RecordReader(const int64_t *record, llvm::StringRef function)
    : next(record), function(function) {
  int64_t version = readWord();
  if (version != TASD_RUNTIME_ABI_VERSION)
    fail("expected ABI version " + llvm::Twine(TASD_RUNTIME_ABI_VERSION) +
         " but got " + llvm::Twine(version));
}

int64_t RecordReader::readCount(const char *what, int64_t limit) {
  int64_t value = readWord();
  if (value < 0 || value > limit)
    fail(llvm::Twine("expected ") + what + " in [0, " + llvm::Twine(limit) +
         "] but got " + llvm::Twine(value));
  return value;
}

llvm::ArrayRef<int64_t> RecordReader::readWords(int64_t count) {
  llvm::ArrayRef<int64_t> words(next, count);
  next += count;
  return words;
}

void RecordReader::fail(const llvm::Twine &message) const {
  llvm::errs() << function << ": " << message << "\n";
  std::abort();
}
