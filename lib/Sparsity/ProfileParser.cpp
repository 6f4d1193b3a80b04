//===- ProfileParser.cpp - Profiles from text -----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// First what has the form of a profile, then what some data can have.
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/ProfileFile.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>

using namespace tasd;
using namespace tasd::sparsity;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;
namespace json = llvm::json;

//===----------------------------------------------------------------------===//
// Entries
//===----------------------------------------------------------------------===//

namespace {
/// The file as it is written, before what it says is checked.
struct SeriesEntry {
  std::string series;
  int64_t droppedNonZeros;
  std::vector<double> droppedMagnitude, droppedSquaredNorm;
};
struct HistogramEntry {
  int64_t blockSize;
  std::vector<int64_t> counts;
};
struct OperandEntry {
  int64_t input, numColumns, numRows, numNonZeros;
  std::vector<double> magnitude, squaredNorm;
  std::vector<SeriesEntry> series;
  std::vector<HistogramEntry> histograms;
  std::vector<std::vector<int64_t>> magnitudeBins;
  std::vector<std::vector<double>> columnSquares;
  std::string secondMoments;
};
struct LayerEntry {
  std::string name;
  std::vector<OperandEntry> inputs;
};
struct FileEntry {
  std::string schema;
  int64_t version;
};

bool fromJSON(const json::Value &value, SeriesEntry &entry, json::Path path) {
  json::ObjectMapper object(value, path);
  return object && object.map("series", entry.series) &&
         object.map("dropped_non_zeros", entry.droppedNonZeros) &&
         object.map("dropped_magnitude", entry.droppedMagnitude) &&
         object.map("dropped_squared_norm", entry.droppedSquaredNorm);
}

bool fromJSON(const json::Value &value, HistogramEntry &entry,
              json::Path path) {
  json::ObjectMapper object(value, path);
  return object && object.map("block_size", entry.blockSize) &&
         object.map("counts", entry.counts);
}

bool fromJSON(const json::Value &value, OperandEntry &entry, json::Path path) {
  json::ObjectMapper object(value, path);
  return object && object.map("input", entry.input) &&
         object.map("num_columns", entry.numColumns) &&
         object.map("num_rows", entry.numRows) &&
         object.map("num_non_zeros", entry.numNonZeros) &&
         object.map("magnitude", entry.magnitude) &&
         object.map("squared_norm", entry.squaredNorm) &&
         object.map("series", entry.series) &&
         object.map("histograms", entry.histograms) &&
         object.map("magnitude_bins", entry.magnitudeBins) &&
         object.map("column_squares", entry.columnSquares) &&
         object.mapOptional("second_moments", entry.secondMoments);
}

bool fromJSON(const json::Value &value, LayerEntry &entry, json::Path path) {
  json::ObjectMapper object(value, path);
  return object && object.map("name", entry.name) &&
         object.map("inputs", entry.inputs);
}

bool fromJSON(const json::Value &value, FileEntry &entry, json::Path path) {
  json::ObjectMapper object(value, path);
  return object && object.map("schema", entry.schema) &&
         object.map("version", entry.version);
}

} // namespace

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

namespace {
/// Makes the profile of an operand of what its entry says, which has to be
/// what some tensors can have.
class OperandBuilder {
public:
  OperandBuilder(const OperandEntry &entry, const PatternRegistry &registry)
      : entry(entry), registry(registry) {}

  Expected<OperandProfile> build();

private:
  Error addCounts();
  Error addSums();
  Error addSeries();
  Error addHistograms();
  Error addBins();

  const OperandEntry &entry;
  const PatternRegistry &registry;
  OperandProfile profile;
};
} // namespace

static Error expectIn(StringRef name, int64_t value, int64_t least,
                      int64_t most) {
  if (value >= least && value <= most)
    return Error::success();
  return createStringError("expected " + Twine(least) + " <= " + name +
                           " <= " + Twine(most) + " but got " + Twine(value));
}

/// The sum that has these parts, and is not negative.
static Error readSum(StringRef name, llvm::ArrayRef<double> parts,
                     ExactSum &sum) {
  for (double part : parts)
    if (std::abs(part) <= 0x1p1022) // no NaN
      sum.add(part);
  if (sum.toDouble() < 0 || parts != llvm::ArrayRef<double>(sum.getParts()))
    return createStringError("expected the parts of a sum as " + name);
  return Error::success();
}

/// More elements are no longer counted by a double.
static constexpr int64_t kMaxElements = int64_t(1) << 53;

Error OperandBuilder::addCounts() {
  if (Error error = expectIn("num_columns", entry.numColumns, 0, kMaxElements))
    return error;
  if (Error error =
          expectIn("num_rows", entry.numRows, 0,
                   kMaxElements / std::max<int64_t>(entry.numColumns, 1)))
    return error;
  profile.numColumns = entry.numColumns;
  profile.numRows = entry.numRows;
  profile.numNonZeros = entry.numNonZeros;
  return expectIn("num_non_zeros", entry.numNonZeros, 0,
                  profile.getNumElements());
}

Error OperandBuilder::addSums() {
  if (Error error = readSum("magnitude", entry.magnitude, profile.magnitude))
    return error;
  if (Error error =
          readSum("squared_norm", entry.squaredNorm, profile.squaredNorm))
    return error;
  if (Error error =
          expectIn("number of column_squares", entry.columnSquares.size(),
                   entry.numColumns, entry.numColumns))
    return error;
  for (const std::vector<double> &parts : entry.columnSquares)
    if (Error error = readSum("column_squares", parts,
                              profile.columnSquares.emplace_back()))
      return error;
  return Error::success();
}

Error OperandBuilder::addSeries() {
  for (const SeriesEntry &one : entry.series) {
    Expected<Series> series = registry.parseSeries(one.series);
    if (!series)
      return series.takeError();
    if (Error error = expectIn("dropped_non_zeros", one.droppedNonZeros, 0,
                               profile.numNonZeros))
      return error;
    SeriesProfile &added = profile.series.emplace_back();
    added.series = std::move(*series);
    added.droppedNonZeros = one.droppedNonZeros;
    if (Error error = readSum("dropped_magnitude", one.droppedMagnitude,
                              added.droppedMagnitude))
      return error;
    if (Error error = readSum("dropped_squared_norm", one.droppedSquaredNorm,
                              added.droppedSquaredNorm))
      return error;
  }
  return Error::success();
}

Error OperandBuilder::addHistograms() {
  for (const HistogramEntry &histogram : entry.histograms) {
    int64_t size = histogram.blockSize;
    if (Error error = expectIn("block_size", size, 1, 65536))
      return error;
    int64_t numBlocks =
        profile.numRows * llvm::divideCeil(profile.numColumns, size);
    if (Error error = expectIn("number of counts", histogram.counts.size(),
                               size + 1, size + 1))
      return error;
    int64_t sum = 0;
    for (int64_t count : histogram.counts) {
      if (Error error = expectIn("counts", count, 0, numBlocks - sum))
        return error;
      sum += count;
    }
    if (Error error = expectIn("sum of counts", sum, numBlocks, numBlocks))
      return error;
    profile.histograms.push_back({size, histogram.counts});
  }
  return Error::success();
}

Error OperandBuilder::addBins() {
  int64_t numLeft = profile.numNonZeros;
  for (const std::vector<int64_t> &bin : entry.magnitudeBins) {
    if (bin.size() != 2)
      return createStringError("expected magnitude_bins of a bin and a count");
    if (Error error =
            expectIn("bin", bin[0], 0, MagnitudeDistribution::kNumBins - 1))
      return error;
    if (Error error = expectIn("count of a bin", bin[1], 1, numLeft))
      return error;
    numLeft -= bin[1];
    profile.distribution.add(bin[0], bin[1]);
  }
  return expectIn("number of non-zeros outside magnitude_bins", numLeft, 0, 0);
}

Expected<OperandProfile> OperandBuilder::build() {
  for (auto add : {&OperandBuilder::addCounts, &OperandBuilder::addSums,
                   &OperandBuilder::addSeries, &OperandBuilder::addHistograms,
                   &OperandBuilder::addBins})
    if (Error error = (this->*add)())
      return std::move(error);
  profile.matrixPath = entry.secondMoments;
  return std::move(profile);
}

//===----------------------------------------------------------------------===//
// Profiles
//===----------------------------------------------------------------------===//

static Error addLayer(Profile &profile, const LayerEntry &layer,
                      const PatternRegistry &registry) {
  for (const OperandEntry &entry : layer.inputs) {
    auto fail = [&](const Twine &message) {
      return createStringError(getOperandText(layer.name, entry.input) + ": " +
                               message);
    };
    Expected<OperandProfile> operand = OperandBuilder(entry, registry).build();
    if (!operand)
      return fail(llvm::toString(operand.takeError()));
    if (!profile.layers[layer.name]
             .try_emplace(entry.input, std::move(*operand))
             .second)
      return fail("expected each operand once");
  }
  return Error::success();
}

/// Checks that the file is a profile, and one of our version.
static Error verifyFile(const json::Value &value, json::Path::Root &root) {
  FileEntry file;
  if (!fromJSON(value, file, root))
    return root.getError();
  if (file.schema != kProfileSchema)
    return createStringError("expected schema '" + kProfileSchema +
                             "' but got '" + file.schema + "'");
  if (file.version != kProfileVersion)
    return createStringError("expected version " + Twine(kProfileVersion) +
                             " of a profile but got " + Twine(file.version));
  return Error::success();
}

Expected<Profile>
tasd::sparsity::parseProfile(StringRef text, const PatternRegistry &registry) {
  Expected<json::Value> value = json::parse(text);
  if (!value)
    return value.takeError();
  json::Path::Root root("profile");
  if (Error error = verifyFile(*value, root))
    return std::move(error);
  std::vector<LayerEntry> layers;
  if (!json::ObjectMapper(*value, root).map("layers", layers))
    return root.getError();
  Profile profile;
  for (const LayerEntry &layer : layers)
    if (Error error = addLayer(profile, layer, registry))
      return std::move(error);
  return profile;
}
