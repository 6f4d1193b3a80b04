//===- SweepKeys.cpp - What a sweep says of its models --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SweepKeys.h"

#include "SweepValues.h"

#include "tasd/Dialect/TASD/Transforms/Planning.h"
#include "tasd/Evaluation/Metric.h"
#include "tasd/Runtime/Runtime.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

//===----------------------------------------------------------------------===//
// Setters
//===----------------------------------------------------------------------===//

template <auto member>
static std::string setText(StringRef text, StringRef, TasderOptions &options) {
  options.*member = text.str();
  return text.empty() ? "expected a value" : "";
}

template <auto member>
static std::string setPath(StringRef text, StringRef folder,
                           TasderOptions &options) {
  options.*member = resolvePath(text, folder);
  return text.empty() ? "expected the path of a file" : "";
}

template <auto member>
static std::string addPath(StringRef text, StringRef folder,
                           TasderOptions &options) {
  (options.*member).push_back(resolvePath(text, folder));
  return text.empty() ? "expected the path of a file" : "";
}

template <auto member, int64_t least>
static std::string setInteger(StringRef text, StringRef,
                              TasderOptions &options) {
  return parseInteger(text, least, options.*member);
}

template <auto member>
static std::string setGlob(StringRef text, StringRef, TasderOptions &options) {
  options.*member = text.str();
  return getMessage(mlir::tasd::parseLayerGlob(text));
}

template <auto member> static void clear(TasderOptions &options) {
  (options.*member).clear();
}

static std::string setMetric(StringRef text, StringRef,
                             TasderOptions &options) {
  options.metric = text.str();
  return getMessage(createMetric(text));
}

static std::string setObjective(StringRef text, StringRef,
                                TasderOptions &options) {
  std::optional<cost::Objective> objective = cost::parseObjective(text);
  if (!objective)
    return describeMismatch("one of: latency, energy, edp", text);
  options.objective = *objective;
  return "";
}

static std::string addErrorModel(StringRef text, StringRef,
                                 TasderOptions &options) {
  std::optional<search::ErrorModel> model = search::parseErrorModel(text);
  if (!model) {
    auto names = map_range(search::kErrorModels, [](search::ErrorModel known) {
      return search::getName(known);
    });
    return describeMismatch("one of: " + join(names, ", "), text);
  }
  options.errorModels.push_back(*model);
  return "";
}

static std::string addSeries(StringRef text, StringRef,
                             TasderOptions &options) {
  options.series.push_back(text.str());
  return getMessage(runtime::getPatternRegistry().parseSeries(text));
}

static std::string setSide(StringRef text, StringRef, TasderOptions &options) {
  std::optional<mlir::tasd::PlanSide> side =
      mlir::tasd::symbolizePlanSide(text);
  if (!side)
    return describeMismatch("one of: weights, activations, both", text);
  options.side = *side;
  return "";
}

static std::string setCompensate(StringRef text, StringRef,
                                 TasderOptions &options) {
  options.isCompensated = text == "true";
  return text == "true" || text == "false"
             ? ""
             : describeMismatch("true or false", text);
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

using Options = TasderOptions;

ArrayRef<SweepKey> evaluation::getSweepKeys() {
  static constexpr SweepKey kKeys[] = {
      {"module", "file of the module", setPath<&Options::modulePath>},
      {"entry", "function to run (default: the only public one, or main)",
       setText<&Options::entry>},
      {"calibration", "file of arguments to search with, or a list of files",
       addPath<&Options::calibrationPaths>, clear<&Options::calibrationPaths>},
      {"labels", "file of right answers for them",
       setPath<&Options::labelsPath>},
      {"test", "file of arguments that the search does not see, or a list",
       addPath<&Options::testPaths>, clear<&Options::testPaths>},
      {"test_labels", "file of right answers for those",
       setPath<&Options::testLabelsPath>},
      {"batch", "rows of one call (default: all at once)",
       setInteger<&Options::batch, 0>},
      {"metric", "what quality is, as for --metric", setMetric},
      {"objective", "latency, energy or edp (default)", setObjective},
      {"error_models", "list of errors whose sum strategies bound",
       addErrorModel, clear<&Options::errorModels>},
      {"series", "list of series to choose from (default: all that run)",
       addSeries, clear<&Options::series>},
      {"side", "weights, activations or both (default)", setSide},
      {"compensate", "true: weights that series keep make up for those dropped",
       setCompensate},
      {"layers", "glob of layers to plan (default: all)",
       setGlob<&Options::layers>},
      {"skip", "glob of layers to leave dense", setGlob<&Options::skip>},
      {"dynamic_extent", "what dynamic extents count as (default: 1)",
       setInteger<&Options::dynamicExtent, 1>},
  };
  return kKeys;
}

const SweepKey *evaluation::findSweepKey(StringRef name) {
  const auto *key = find_if(getSweepKeys(), [&](const SweepKey &known) {
    return known.name == name;
  });
  return key == getSweepKeys().end() ? nullptr : key;
}
