//===- SeriesText.h - Series in programs ---------------------- -*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_SIMULATOR_SERIESTEXT_H
#define TASD_LIB_SIMULATOR_SERIESTEXT_H

#include "tasd/Sparsity/Pattern.h"

namespace tasd::simulator {

/// The series that programs name: patterns of the library alone.
inline llvm::Expected<sparsity::Series> parseSeries(llvm::StringRef text) {
  return sparsity::PatternRegistry::createWithBuiltins().parseSeries(text);
}

/// The series of a valid program.
inline sparsity::Series getSeries(llvm::StringRef text) {
  return llvm::cantFail(parseSeries(text));
}

} // namespace tasd::simulator

#endif // TASD_LIB_SIMULATOR_SERIESTEXT_H
