//===- Labels.cpp - The right answers for a model's inputs ----------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/Labels.h"

#include "tasd/Evaluation/NumpyIO.h"

#include <cmath>

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

Error Labels::makeError(const Twine &message) const {
  return createStringError("labels '" + path + "': " + message);
}

Expected<Labels> Labels::read(StringRef path) {
  Expected<std::vector<NamedArray>> arrays = readArrays(path);
  if (!arrays)
    return arrays.takeError();
  Labels labels(path.str(), NDArray());
  if (arrays->size() != 1)
    return labels.makeError("expected 1 array but got " +
                            Twine(arrays->size()));
  labels.classes = std::move(arrays->front().array);
  return labels;
}

Error evaluation::verifyScores(const Signature &signature) {
  if (signature.results.empty())
    return createStringError("expected a function with scores as its first "
                             "result but got one without results");
  const TensorSpec &scores = signature.results.front();
  bool isMatrix =
      scores.getRank() >= 2 &&
      llvm::all_of(ArrayRef(scores.shape).drop_front(2),
                   [](int64_t extent) { return extent < 0 || extent == 1; });
  if (!isMatrix)
    return createStringError("expected scores of rows and classes as the first "
                             "result but got '" +
                             scores.text + "'");
  return Error::success();
}

Error Labels::verify(const Signature &signature) const {
  if (isFloat(classes.dtype) || classes.dtype == DType::Bool)
    return makeError("expected integers but got " + classes.getText());
  if (Error error = verifyScores(signature))
    return makeError(toString(std::move(error)));
  return Error::success();
}

/// The first NaN in row-major order; none if there is none.
static std::optional<int64_t> findNaN(const NDArray &array) {
  if (isFloat(array.dtype))
    for (int64_t i = 0, e = array.getNumElements(); i < e; ++i)
      if (std::isnan(array.getElement(i)))
        return i;
  return std::nullopt;
}

Expected<Accuracy> Labels::getAccuracy(const NDArray &scores) const {
  Expected<Accuracy> accuracy = getTopAccuracy(scores, classes);
  if (!accuracy)
    return makeError(toString(accuracy.takeError()));
  if (std::optional<int64_t> index = findNaN(scores))
    return makeError("expected scores to compare with but got NaN in row " +
                     Twine(*index / scores.shape[1]));
  return accuracy;
}
