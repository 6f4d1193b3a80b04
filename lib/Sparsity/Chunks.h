//===- Chunks.h - Fixed chunks of rows over a pool --------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Work is cut by the shape of the tensor alone, so that whatever is computed
// for a chunk, and the order in which chunks are added up, is the same for any
// pool.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SPARSITY_CHUNKS_H
#define TASD_LIB_SPARSITY_CHUNKS_H

#include "llvm/ADT/STLFunctionalExtras.h"

#include <cstdint>

namespace llvm {
class ThreadPoolInterface;
} // namespace llvm

namespace tasd::sparsity {

/// How many rows go together.
class RowChunks {
public:
  RowChunks(int64_t numRows, int64_t numColumns);

  int64_t size() const;
  /// Calls `fn(chunk, rowBegin, rowEnd)` for every chunk, in parallel if there
  /// is a pool, and returns when all are done.
  void forEach(llvm::ThreadPoolInterface *pool,
               llvm::function_ref<void(int64_t, int64_t, int64_t)> fn) const;

private:
  int64_t numRows, rowsPerChunk;
};

} // namespace tasd::sparsity

#endif // TASD_LIB_SPARSITY_CHUNKS_H
