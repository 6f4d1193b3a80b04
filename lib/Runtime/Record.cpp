//===- Record.cpp - Tensors for profiles ----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads the record of tasd_runtime_record and hands it to the collector.
//
//===----------------------------------------------------------------------===//

#include "RecordReader.h"

#include "tasd/Runtime/ABI.h"
#include "tasd/Runtime/ProfileCollector.h"
#include "tasd/Runtime/Runtime.h"

using namespace tasd;
using namespace tasd::runtime;

/// More block sizes or series than this are a broken record.
static constexpr int64_t kMaxMeasured = 1 << 16;

static sparsity::ProfileRequest readRequest(RecordReader &reader) {
  sparsity::ProfileRequest request;
  int64_t numSizes = reader.readCount("a number of block sizes", kMaxMeasured);
  request.blockSizes = reader.readWords(numSizes).vec();
  int64_t numSeries = reader.readCount("a number of series", kMaxMeasured);
  for (int64_t i = 0; i < numSeries; ++i) {
    auto series = getPatternRegistry().parseSeries(reader.readBytes());
    if (!series)
      reader.fail(llvm::toString(series.takeError()));
    request.series.push_back(std::move(*series));
  }
  request.hasMatrix = reader.readCount("whether products are measured", 1) != 0;
  return request;
}

extern "C" void tasd_runtime_record(const int64_t *record) {
  ProfileCollector *collector = getProfileCollector();
  if (!collector)
    return;
  RecordReader reader(record, "tasd_runtime_record");
  sparsity::TensorView tensor = reader.readTensor();
  llvm::StringRef layer = reader.readBytes();
  int64_t input = reader.readCount("an input", INT64_MAX);
  collector->record(layer, input, readRequest(reader), tensor);
}
