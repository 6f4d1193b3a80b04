//===- ParseSeries.cpp - Fuzzes the text of series ------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any text is a series or an error, and the text of a series reads back as it.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Pattern.h"

using namespace tasd::sparsity;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const PatternRegistry registry = PatternRegistry::createWithBuiltins();
  std::string input(data, data + size);
  llvm::Expected<Series> series = registry.parseSeries(input);
  if (!series) {
    llvm::consumeError(series.takeError());
    return 0;
  }
  std::string text = series->getText();
  if (llvm::cantFail(registry.parseSeries(text)).getText() != text)
    abort();
  return 0;
}
