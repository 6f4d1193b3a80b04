//===- Metric.cpp - The table of metrics ----------------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MetricKinds.h"

#include "tasd/Evaluation/NumpyIO.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <cmath>

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

//===----------------------------------------------------------------------===//
// Truth
//===----------------------------------------------------------------------===//

Error Truth::makeError(const Twine &message) const {
  if (isDense())
    return createStringError(message);
  return createStringError("labels '" + path + "': " + message);
}

Expected<Truth> Truth::read(StringRef path) {
  Expected<std::vector<NamedArray>> arrays = readArrays(path);
  if (!arrays)
    return arrays.takeError();
  Truth truth;
  truth.path = path.str();
  for (NamedArray &named : *arrays)
    truth.arrays.push_back(std::move(named.array));
  if (truth.arrays.empty())
    return truth.makeError("expected an array but got none");
  if (Error error = verifyNoNaN(truth.arrays))
    return truth.makeError(toString(std::move(error)));
  return truth;
}

Error evaluation::verifyNoNaN(ArrayRef<NDArray> outputs) {
  for (auto [i, array] : enumerate(outputs)) {
    if (!isFloat(array.dtype))
      continue;
    for (int64_t j = 0, e = array.getNumElements(); j < e; ++j)
      if (std::isnan(array.getElement(j)))
        return createStringError("array " + Twine(i) +
                                 ": expected numbers but got NaN as element " +
                                 Twine(j) + " of " + Twine(e));
  }
  return Error::success();
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

Metric::~Metric() = default;

ArrayRef<MetricKind> evaluation::getMetricKinds() {
  static constexpr MetricKind kKinds[] = {
      {"topK",
       "the share of rows whose right class, or without labels the dense "
       "model's first, is among the K largest scores: top1, top5",
       createTopMetric},
      {"mse", "1 - mean squared error / mean square", createSquaredErrorMetric},
      {"relative-error", "1 - relative L2 error", createRelativeErrorMetric},
      {"cosine", "cosine of the angle between outputs and truth",
       createCosineMetric},
      {"command:PROGRAM",
       "what a program prints that gets the path of the outputs, .npy or for "
       "several results .npz, as its last argument, and in place of {truth} "
       "that "
       "of the labels, or without labels of what the dense model gives",
       createCommandMetric},
  };
  return kKinds;
}

CreatedMetric evaluation::createMetric(StringRef text) {
  for (const MetricKind &kind : getMetricKinds()) {
    CreatedMetric metric = kind.create(text);
    if (!metric || *metric)
      return metric;
  }
  auto names = map_range(getMetricKinds(), [](const MetricKind &kind) {
    return StringRef(kind.syntax);
  });
  return createStringError("expected a metric, one of " + join(names, ", ") +
                           ", but got '" + text + "'");
}
