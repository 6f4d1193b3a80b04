//===- DistanceMetrics.cpp - How near outputs are to the truth ------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MetricKinds.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

namespace {
/// Sums over the elements of all outputs z and of the truth r.
struct Sums {
  double output = 0;  // z * z
  double truth = 0;   // r * r
  double product = 0; // z * r
  double error = 0;   // (z - r)^2
};

using GetScore = double (*)(const Sums &sums);

class DistanceMetric final : public Metric {
public:
  DistanceMetric(StringRef name, GetScore get) : name(name), get(get) {}

  Error verify(const Signature &signature, const Truth *answers) const override;
  Expected<double> getScore(ArrayRef<NDArray> outputs,
                            const Truth &truth) const override;
  std::string getName() const override { return name.str(); }
  std::string getIdentity() const override { return getName(); }

private:
  StringRef name;
  GetScore get;
};
} // namespace

static Sums addUp(ArrayRef<NDArray> outputs, ArrayRef<NDArray> truth) {
  Sums sums;
  for (auto [array, expected] : zip_equal(outputs, truth))
    for (int64_t i = 0, e = array.getNumElements(); i < e; ++i) {
      double value = array.getElement(i), right = expected.getElement(i);
      sums.output += value * value;
      sums.truth += right * right;
      sums.product += value * right;
      sums.error += (value - right) * (value - right);
    }
  return sums;
}

Error DistanceMetric::verify(const Signature &signature,
                             const Truth *answers) const {
  if (signature.results.empty())
    return createStringError("metric '" + name +
                             "': expected a function with results");
  if (answers && answers->arrays.size() != signature.results.size())
    return answers->makeError("expected " + Twine(signature.results.size()) +
                              " arrays, one for each result, but got " +
                              Twine(answers->arrays.size()));
  return Error::success();
}

Expected<double> DistanceMetric::getScore(ArrayRef<NDArray> outputs,
                                          const Truth &truth) const {
  for (auto [i, array] : enumerate(outputs)) {
    const NDArray &expected = truth.arrays[i];
    if (array.shape != expected.shape)
      return truth.makeError("array " + Twine(i) + ": expected shape " +
                             getShapeText(array.shape) + " but got " +
                             getShapeText(expected.shape));
  }
  double score = get(addUp(outputs, truth.arrays));
  if (std::isfinite(score))
    return score;
  return truth.makeError("metric '" + name +
                         "': expected outputs and truth that are finite and "
                         "not all zero");
}

CreatedMetric evaluation::createSquaredErrorMetric(StringRef text) {
  if (text != "mse")
    return nullptr;
  return std::make_unique<DistanceMetric>(
      "mse", [](const Sums &sums) { return 1 - sums.error / sums.truth; });
}

CreatedMetric evaluation::createRelativeErrorMetric(StringRef text) {
  if (text != "relative-error")
    return nullptr;
  return std::make_unique<DistanceMetric>(
      "relative-error",
      [](const Sums &sums) { return 1 - std::sqrt(sums.error / sums.truth); });
}

CreatedMetric evaluation::createCosineMetric(StringRef text) {
  if (text != "cosine")
    return nullptr;
  return std::make_unique<DistanceMetric>("cosine", [](const Sums &sums) {
    // Equal arrays are of cosine 1, whatever rounding does to the roots.
    if (sums.error == 0 && sums.truth > 0)
      return 1.0;
    // A model that gives nothing has no direction: it is as wrong as can be
    // without pointing the other way.
    if (sums.output == 0 && sums.truth > 0)
      return 0.0;
    return sums.product / (std::sqrt(sums.output) * std::sqrt(sums.truth));
  });
}
