//===- RecordReader.h - The words of a record -------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_RUNTIME_RECORDREADER_H
#define TASD_LIB_RUNTIME_RECORDREADER_H

#include "tasd/Sparsity/TensorView.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/Twine.h"

#include <cstdint>

namespace tasd::runtime {

/// Reads the words of a record in order. A record that cannot be is a
/// compiler's bug: the function that got it is named on stderr, and the process
/// aborts.
class RecordReader {
public:
  /// Begins behind the version, which has to be ours.
  RecordReader(const int64_t *record, llvm::StringRef function);

  int64_t readWord() { return *next++; }

  /// Reads a word that must lie in [0, limit].
  int64_t readCount(const char *what, int64_t limit);

  llvm::ArrayRef<int64_t> readWords(int64_t count);

  template <typename T> T *readAddress() {
    // The record holds addresses as words.
    // NOLINTNEXTLINE(performance-no-int-to-ptr)
    return reinterpret_cast<T *>(static_cast<uintptr_t>(readWord()));
  }

  /// Reads the address and the number of bytes.
  llvm::StringRef readBytes();

  /// Reads a tensor with its blocked dimensions, as tasd_runtime_pack says.
  sparsity::TensorView readTensor();

  [[noreturn]] void fail(const llvm::Twine &message) const;

private:
  const int64_t *next;
  llvm::StringRef function;
};

/// More dimensions than this are a broken record.
constexpr int64_t kMaxRank = 64;

} // namespace tasd::runtime

#endif // TASD_LIB_RUNTIME_RECORDREADER_H
