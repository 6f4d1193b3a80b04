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
using namespace tasd::sparsity;

// Records hold the values of the ABI, Sparsity those of its enumeration.
static_assert(TASD_RUNTIME_F64 == int(ElementType::F64));
static_assert(TASD_RUNTIME_F32 == int(ElementType::F32));
static_assert(TASD_RUNTIME_F16 == int(ElementType::F16));
static_assert(TASD_RUNTIME_BF16 == int(ElementType::BF16));
static_assert(TASD_RUNTIME_F8E4M3FN == int(ElementType::F8E4M3FN));
static_assert(TASD_RUNTIME_SI32 == int(ElementType::SI32));
static_assert(TASD_RUNTIME_UI32 == int(ElementType::UI32));
static_assert(TASD_RUNTIME_SI8 == int(ElementType::SI8));
static_assert(TASD_RUNTIME_UI8 == int(ElementType::UI8));

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

llvm::StringRef RecordReader::readBytes() {
  const char *bytes = readAddress<const char>();
  return llvm::StringRef(bytes, readCount("a size", INT64_MAX));
}

TensorView RecordReader::readTensor() {
  TensorView tensor;
  tensor.elementType =
      static_cast<ElementType>(readCount("an element type", TASD_RUNTIME_UI8));
  int64_t rank = readCount("a rank", kMaxRank);
  int64_t numAlong = readCount("a number of blocked dimensions", rank);
  tensor.blocked.along = llvm::to_vector<4>(readWords(numAlong));
  tensor.data = readAddress<const void>();
  tensor.blocked.shape = llvm::to_vector<4>(readWords(rank));
  tensor.strides = llvm::to_vector<4>(readWords(rank));
  return tensor;
}

void RecordReader::fail(const llvm::Twine &message) const {
  llvm::errs() << function << ": " << message << "\n";
  std::abort();
}
