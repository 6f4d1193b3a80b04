//===- ProfilePrinter.cpp - Profiles as text ------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An exact sum is the list of its parts, the rounded sum first. Lists of
// numbers stand in one line each.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/ProfileFile.h"

#include "llvm/Support/JSON.h"

using namespace tasd;
using namespace tasd::sparsity;
using llvm::StringRef;
namespace json = llvm::json;

static json::Value toValue(const ExactSum &sum) {
  return json::Array(sum.getParts());
}

static json::Value toValue(llvm::ArrayRef<ExactSum> sums) {
  json::Array values;
  for (const ExactSum &sum : sums)
    values.push_back(toValue(sum));
  return values;
}

static json::Value toValue(const MagnitudeDistribution &distribution) {
  json::Array values;
  for (auto [bin, count] : distribution.getCounts())
    values.push_back(json::Array{bin, count});
  return values;
}

static json::Value toValue(const BlockHistogram &histogram) {
  return json::Object{{"block_size", histogram.blockSize},
                      {"counts", json::Array(histogram.counts)}};
}

static json::Value toValue(const SeriesProfile &one) {
  return json::Object{
      {"series", one.series.getText()},
      {"dropped_non_zeros", one.droppedNonZeros},
      {"dropped_magnitude", toValue(one.droppedMagnitude)},
      {"dropped_squared_norm", toValue(one.droppedSquaredNorm)}};
}

/// A value in one line, however long.
static void printLine(json::OStream &os, const json::Value &value) {
  os.rawValue([&](llvm::raw_ostream &line) { line << value; });
}

static void printLine(json::OStream &os, StringRef key,
                      const json::Value &value) {
  os.attributeBegin(key);
  printLine(os, value);
  os.attributeEnd();
}

template <typename T>
static void printLines(json::OStream &os, StringRef key,
                       const std::vector<T> &elements) {
  os.attributeArray(key, [&] {
    for (const T &element : elements)
      printLine(os, toValue(element));
  });
}

static void printOperand(json::OStream &os, int64_t input,
                         const OperandProfile &profile) {
  os.attribute("input", input);
  os.attribute("num_columns", profile.numColumns);
  os.attribute("num_rows", profile.numRows);
  os.attribute("num_non_zeros", profile.numNonZeros);
  printLine(os, "magnitude", toValue(profile.magnitude));
  printLine(os, "squared_norm", toValue(profile.squaredNorm));
  printLines(os, "series", profile.series);
  printLines(os, "histograms", profile.histograms);
  printLine(os, "magnitude_bins", toValue(profile.distribution));
  printLine(os, "column_squares", toValue(profile.columnSquares));
  if (!profile.matrixPath.empty())
    os.attribute("second_moments", profile.matrixPath);
}

static void printLayer(json::OStream &os, StringRef name,
                       const std::map<int64_t, OperandProfile> &inputs) {
  os.attribute("name", name);
  os.attributeArray("inputs", [&] {
    for (const auto &operand : inputs)
      os.object([&] { printOperand(os, operand.first, operand.second); });
  });
}

void tasd::sparsity::printProfile(llvm::raw_ostream &stream,
                                  const Profile &profile) {
  json::OStream os(stream, /*IndentSize=*/1);
  os.object([&] {
    os.attribute("schema", kProfileSchema);
    os.attribute("version", kProfileVersion);
    os.attributeArray("layers", [&] {
      for (const auto &layer : profile.layers)
        os.object([&] { printLayer(os, layer.first, layer.second); });
    });
  });
  stream << "\n";
}
