//===- Compensation.cpp - Kept values that make up for dropped ones -------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Sparsity/Compensation.h"

#include "Compensator.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ThreadPool.h"

#include <cmath>

using namespace tasd::sparsity;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;

Compensation &Compensation::operator+=(const Compensation &other) {
  output += other.output;
  errorBefore += other.errorBefore;
  errorAfter += other.errorAfter;
  numRows += other.numRows;
  return *this;
}

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

static bool isFloat(ElementType type) {
  switch (type) {
  case ElementType::F64:
  case ElementType::F32:
  case ElementType::F16:
  case ElementType::BF16:
    return true;
  default:
    return false;
  }
}

/// The number of inputs that the moments are of: all columns, or those of a
/// window.
static Expected<int64_t> getSize(ArrayRef<double> moments, int64_t numColumns) {
  int64_t size = std::llround(std::sqrt(double(moments.size())));
  bool isSquare = size * size == static_cast<int64_t>(moments.size());
  if (!isSquare || (size == 0 ? numColumns != 0 : numColumns % size != 0))
    return llvm::createStringError(
        "expected second moments of " + llvm::Twine(numColumns) +
        " columns, or of a part that repeats, but got " +
        llvm::Twine(moments.size()) + " numbers");
  if (!llvm::all_of(moments, [](double m) { return std::isfinite(m); }))
    return llvm::createStringError("expected finite second moments");
  return size;
}

static Error verify(const TensorView &tensor,
                    const CompensationOptions &options) {
  if (Error error = tensor.verify())
    return error;
  if (!isFloat(tensor.elementType))
    return llvm::createStringError("expected elements of floating point but "
                                   "got " +
                                   getName(tensor.elementType));
  if (!(options.damping >= 0) || std::isinf(options.damping))
    return llvm::createStringError(
        "expected a finite damping of at least 0 but got %g", options.damping);
  return Error::success();
}

/// Rows are compensated on their own: tiles and blocks of several rows, or the
/// thresholds of a term, need not be those that the rest then has.
static Error verifySeries(const Series &series) {
  for (const PatternRef &pattern : series.getPatterns())
    if (!pattern->hasFixedSize())
      return llvm::createStringError(
          "expected patterns whose packed form has a fixed size but got '" +
          pattern->getText() + "'");
  return Error::success();
}

static Error verifyResult(const TensorView &tensor,
                          const MutableTensorView &result) {
  if (Error error = TensorView(result).verify())
    return error;
  if (tensor.elementType != result.elementType ||
      tensor.blocked.shape != result.blocked.shape ||
      tensor.blocked.along != result.blocked.along)
    return llvm::createStringError(
        "expected a result of the tensor's type, shape and blocks");
  return Error::success();
}

static bool isFinite(const TensorView &tensor) {
  for (int64_t row = 0; row < tensor.blocked.getNumRows(); ++row)
    for (double value : RowElements(tensor, row).getValues())
      if (!std::isfinite(value))
        return false;
  return true;
}

/// The moments, after all that can be wrong was checked.
static Expected<Moments> getMoments(const TensorView &tensor,
                                    ArrayRef<double> moments,
                                    const CompensationOptions &options) {
  if (Error error = verify(tensor, options))
    return std::move(error);
  Expected<int64_t> size = getSize(moments, tensor.blocked.getNumColumns());
  if (!size)
    return size.takeError();
  if (!isFinite(tensor))
    return llvm::createStringError("expected finite elements but got others");
  return Moments(moments, *size);
}

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

/// Sums what `run` gives for [0, count), in order.
static Compensation sumOver(int64_t count, llvm::ThreadPoolInterface *pool,
                            llvm::function_ref<Compensation(int64_t)> run) {
  std::vector<Compensation> parts(count);
  if (pool) {
    llvm::ThreadPoolTaskGroup group(*pool);
    for (int64_t i = 0; i < count; ++i)
      pool->async(group, [&, i] { parts[i] = run(i); });
    pool->wait(group);
  } else {
    for (int64_t i = 0; i < count; ++i)
      parts[i] = run(i);
  }
  Compensation sum;
  for (const Compensation &part : parts)
    sum += part;
  return sum;
}

static int64_t getNumRows(const TensorView &tensor) {
  return tensor.blocked.getNumColumns() == 0 ? 0 : tensor.blocked.getNumRows();
}

Expected<Compensation> tasd::sparsity::compensate(
    const TensorView &tensor, const Series &series, ArrayRef<double> moments,
    const MutableTensorView &result, const CompensationOptions &options,
    llvm::ThreadPoolInterface *pool) {
  Expected<Moments> inputs = getMoments(tensor, moments, options);
  if (!inputs)
    return inputs.takeError();
  if (Error error = verifyResult(tensor, result))
    return std::move(error);
  if (Error error = verifySeries(series))
    return std::move(error);
  Compensator compensator(tensor, series, *inputs, options);
  return sumOver(getNumRows(tensor), pool, [&](int64_t row) {
    auto [elements, errors] = compensator.run(row);
    elements.write(result, row);
    return errors;
  });
}

Expected<std::vector<Compensation>> tasd::sparsity::sampleCompensation(
    const TensorView &tensor, ArrayRef<Series> series, ArrayRef<double> moments,
    int64_t maxRows, const CompensationOptions &options,
    llvm::ThreadPoolInterface *pool) {
  if (maxRows < 1)
    return llvm::createStringError("expected at least 1 row but got " +
                                   llvm::Twine(maxRows));
  Expected<Moments> inputs = getMoments(tensor, moments, options);
  if (!inputs)
    return inputs.takeError();
  int64_t numRows = getNumRows(tensor), count = std::min(numRows, maxRows);
  std::vector<Compensation> samples;
  for (const Series &one : series) {
    if (Error error = verifySeries(one))
      return std::move(error);
    Compensator compensator(tensor, one, *inputs, options);
    samples.push_back(sumOver(count, pool, [&](int64_t i) {
      return compensator.run(i * numRows / count).second;
    }));
  }
  return samples;
}
