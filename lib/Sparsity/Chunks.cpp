//===- Chunks.cpp - Fixed chunks of rows over a thread pool ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A chunk is about 2^17 elements: long against the cost of a task, short
// against the second-level cache.
//
//===----------------------------------------------------------------------===//

#include "Chunks.h"

#include "llvm/Support/MathExtras.h"
#include "llvm/Support/ThreadPool.h"

#include <algorithm>

using namespace tasd::sparsity;

static constexpr int64_t elementsPerChunk = int64_t(1) << 17;

RowChunks::RowChunks(int64_t numRows, int64_t numColumns)
    : numRows(numColumns == 0 ? 0 : numRows),
      rowsPerChunk(std::max<int64_t>(
          1, elementsPerChunk / std::max<int64_t>(1, numColumns))) {}

int64_t RowChunks::size() const {
  return llvm::divideCeil(numRows, rowsPerChunk);
}

void RowChunks::forEach(
    llvm::ThreadPoolInterface *pool,
    llvm::function_ref<void(int64_t, int64_t, int64_t)> fn) const {
  auto run = [&](int64_t chunk) {
    int64_t begin = chunk * rowsPerChunk;
    fn(chunk, begin, std::min(begin + rowsPerChunk, numRows));
  };
  int64_t numChunks = size();
  if (!pool || numChunks <= 1) {
    for (int64_t chunk = 0; chunk < numChunks; ++chunk)
      run(chunk);
    return;
  }
  llvm::ThreadPoolTaskGroup group(*pool);
  for (int64_t chunk = 0; chunk < numChunks; ++chunk)
    pool->async(group, [&run, chunk] { run(chunk); });
  pool->wait(group);
}
