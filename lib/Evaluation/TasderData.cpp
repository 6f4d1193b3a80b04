//===- TasderData.cpp - The data plans are judged by ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TasderData.h"

#include "tasd/Evaluation/NumpyIO.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/SHA256.h"

#include <cmath>
#include <limits>

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

static Error verifyArray(StringRef path, const NamedArray &named) {
  const NDArray &array = named.array;
  auto fail = [&](const Twine &message) {
    // The array of an .npy file has no name.
    std::string array =
        named.name.empty() ? "" : "array '" + named.name + "': ";
    return createStringError("data '" + path + "': " + array + message);
  };
  if (array.getRank() > 0 && array.shape.front() == 0)
    return fail("expected at least 1 row but got 0");
  if (!isFloat(array.dtype))
    return Error::success();
  for (int64_t i = 0, e = array.getNumElements(); i < e; ++i)
    if (double element = array.getElement(i); !std::isfinite(element))
      return fail("expected finite numbers but got " +
                  Twine(std::isnan(element) ? "NaN" : "infinity") +
                  " as element " + Twine(i) + " of " + Twine(e));
  return Error::success();
}

Expected<QualityData> QualityData::read(StringRef name,
                                        ArrayRef<std::string> paths,
                                        StringRef answersPath) {
  QualityData data;
  data.name = name.str();
  for (const std::string &path : paths) {
    Expected<std::vector<NamedArray>> arrays = readArrays(path);
    if (!arrays)
      return arrays.takeError();
    for (NamedArray &named : *arrays) {
      if (Error error = verifyArray(path, named))
        return std::move(error);
      data.inputs.push_back(std::move(named.array));
    }
  }
  if (data.inputs.empty())
    return createStringError("expected " + name + " data but got none");
  if (answersPath.empty())
    return data;
  Expected<Truth> truth = Truth::read(answersPath);
  if (!truth)
    return truth.takeError();
  data.truth = std::move(*truth);
  return data;
}

int64_t QualityData::getNumRows() const {
  const NDArray &first = inputs.front();
  return first.getRank() == 0 ? 1 : first.shape.front();
}

std::string QualityData::getDigest() const {
  SHA256 hash;
  auto update = [&](const NDArray &array) {
    hash.update(array.getText() + "\n");
    hash.update(StringRef(array.bytes.data(), array.bytes.size()));
  };
  for (const NDArray &array : inputs)
    update(array);
  hash.update(truth.isDense() ? "dense\n" : "labels\n");
  if (!truth.isDense())
    for (const NDArray &array : truth.arrays)
      update(array);
  return toHex(hash.final());
}

//===----------------------------------------------------------------------===//
// Scores
//===----------------------------------------------------------------------===//

Error QualityData::verify(const Signature &signature, const Metric &metric,
                          int64_t batch) const {
  Expected<Slices> slices = Slices::get(signature, inputs, batch);
  if (!slices)
    return createStringError(name + " data: " + toString(slices.takeError()));
  return metric.verify(signature, truth.isDense() ? nullptr : &truth);
}

Error QualityData::setDense(const Metric &metric,
                            SmallVector<NDArray> outputs) {
  if (Error error = verifyNoNaN(outputs))
    return createStringError("outputs of the dense model on " + name +
                             " data: " + toString(std::move(error)));
  if (truth.isDense())
    truth.arrays.assign(outputs.begin(), outputs.end());
  Expected<double> score = metric.getScore(outputs, truth);
  if (!score)
    return score.takeError();
  if (*score <= 0)
    return createStringError(
        "metric '" + metric.getName() + "' on " + name +
        " data: expected a score above 0 of the dense model, of which plans "
        "keep a share, but got " +
        llvm::formatv("{0}", *score).str());
  denseScore = *score;
  return Error::success();
}

Expected<double> QualityData::getScore(const Metric &metric,
                                       ArrayRef<NDArray> outputs) const {
  if (Error error = verifyNoNaN(outputs)) {
    consumeError(std::move(error));
    return -std::numeric_limits<double>::infinity();
  }
  return metric.getScore(outputs, truth);
}
