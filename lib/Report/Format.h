//===- Format.h - Numbers as persons read them ------------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TASD_LIB_REPORT_FORMAT_H
#define TASD_LIB_REPORT_FORMAT_H

#include "llvm/Support/FormatVariadic.h"

#include <optional>

namespace tasd::report {

/// "12,345".
inline std::string formatCount(int64_t count) {
  return llvm::formatv("{0:n}", count).str();
}

/// "1.234", without the unit.
inline std::string formatMicrojoules(double pj) {
  return llvm::formatv("{0:f3}", pj / 1e6).str();
}

/// "12.34 %".
inline std::string formatShare(double share) {
  return llvm::formatv("{0:f2} %", share * 100).str();
}

/// What series keep of weights and of activations: "97.12 %" of the one that
/// has a series, "97.12 x 99.00 %" of both, "-" of none.
inline std::string formatKept(std::optional<double> weights,
                              std::optional<double> activations) {
  if (weights && activations)
    return llvm::formatv("{0:f2} x {1}", *weights * 100,
                         formatShare(*activations))
        .str();
  if (weights || activations)
    return formatShare(weights ? *weights : *activations);
  return "-";
}

} // namespace tasd::report

#endif // TASD_LIB_REPORT_FORMAT_H
