//===- RunStats.cpp - What a run is beside the dense run ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/RunStats.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

#include <cmath>

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

double RunStats::getSpeedup() const { return denseTimeMs / timeMs; }

void RunStats::printText(raw_ostream &os) const {
  os << "time            " << format("%.4g ms", timeMs) << "\n"
     << "dense time      " << format("%.4g ms", denseTimeMs) << "\n"
     << "speedup         " << format("%.2f", getSpeedup()) << "\n"
     << "max abs error   " << format("%.6g", error.maxAbsError) << "\n"
     << "relative error  " << format("%.6g", error.relativeError) << "\n";
  if (error.numNonFiniteMismatches > 0)
    os << "non-finite mismatches " << error.numNonFiniteMismatches << "\n";
}

/// JSON has no word for Inf and NaN.
static json::Value toJSON(double value) {
  return std::isfinite(value) ? json::Value(value) : json::Value(nullptr);
}

void RunStats::printJSON(raw_ostream &os) const {
  json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("time_ms", toJSON(timeMs));
    json.attribute("dense_time_ms", toJSON(denseTimeMs));
    json.attribute("speedup", toJSON(getSpeedup()));
    json.attribute("max_abs_error", toJSON(error.maxAbsError));
    json.attribute("rel_error", toJSON(error.relativeError));
    json.attribute("non_finite_mismatches", error.numNonFiniteMismatches);
  });
  os << "\n";
}
