//===- Pack.cpp - Run-time decomposition ----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads the record of tasd_runtime_pack and hands it to Sparsity.
//
//===----------------------------------------------------------------------===//

#include "RecordReader.h"

#include "tasd/Runtime/ABI.h"
#include "tasd/Runtime/Runtime.h"
#include "tasd/Sparsity/Packing.h"

using namespace tasd;
using namespace tasd::runtime;
using namespace tasd::sparsity;

/// More components than this are a broken record.
static constexpr int64_t kMaxComponents = 16;

static TermBuffers readTerm(RecordReader &reader) {
  TermBuffers buffers;
  int64_t numComponents =
      reader.readCount("a number of components", kMaxComponents);
  for (int64_t i = 0; i < numComponents; ++i) {
    char *data = reader.readAddress<char>();
    int64_t numBytes = reader.readCount("a size", INT64_MAX);
    buffers.push_back(llvm::MutableArrayRef<char>(data, numBytes));
  }
  return buffers;
}

static Series parseSeries(const RecordReader &reader, llvm::StringRef text) {
  llvm::Expected<Series> series =
      runtime::getPatternRegistry().parseSeries(text);
  if (!series)
    reader.fail(llvm::toString(series.takeError()));
  return *series;
}

extern "C" void tasd_runtime_pack(const int64_t *record, const char *series,
                                  int64_t seriesLength) {
  RecordReader reader(record, "tasd_runtime_pack");
  TensorView tensor = reader.readTensor();
  int64_t numTerms = reader.readCount("a number of terms", Series::maxTerms);
  llvm::SmallVector<TermBuffers> terms;
  for (int64_t i = 0; i < numTerms; ++i)
    terms.push_back(readTerm(reader));

  Series parsed = parseSeries(reader, llvm::StringRef(series, seriesLength));
  if (llvm::Error error =
          packInto(tensor, parsed, terms, runtime::getThreadPool()))
    reader.fail(llvm::toString(std::move(error)));
}
