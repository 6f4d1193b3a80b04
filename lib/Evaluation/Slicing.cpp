//===- Slicing.cpp - Runs over more rows than one call takes --------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tasd/Evaluation/Slicing.h"

#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace tasd;
using namespace tasd::evaluation;

//===----------------------------------------------------------------------===//
// Cutting
//===----------------------------------------------------------------------===//

static bool hasDynamicRows(const TensorSpec &spec) {
  return spec.getRank() > 0 && spec.shape.front() < 0;
}

/// Cuts argument `i` into calls of `rows` rows, as many as other arguments.
static Error cut(Slices &slices, size_t i, int64_t numRows, int64_t rows) {
  int64_t numCalls = divideCeil(numRows, rows);
  if (slices.numCalls != 1 && slices.numCalls != numCalls)
    return createStringError("argument " + Twine(i) + ": expected rows for " +
                             Twine(slices.numCalls) +
                             " batches, as the arguments before it, but got " +
                             Twine(numRows) + " rows, " + Twine(numCalls) +
                             " batches of " + Twine(rows));
  slices.numCalls = numCalls;
  slices.rowsPerCall[i] = rows;
  return Error::success();
}

static Error cutStatic(Slices &slices, ArrayRef<TensorSpec> specs,
                       ArrayRef<NDArray> inputs) {
  for (size_t i = 0; i < specs.size(); ++i) {
    if (specs[i].getRank() == 0 || hasDynamicRows(specs[i]))
      continue;
    int64_t wanted = specs[i].shape.front(), found = inputs[i].shape.front();
    if (wanted == found)
      continue;
    if (wanted == 0 || found == 0 || found % wanted != 0)
      return createStringError(
          "argument " + Twine(i) + ": expected a multiple of " + Twine(wanted) +
          " rows for '" + specs[i].text + "' but got " + inputs[i].getText());
    if (Error error = cut(slices, i, found, wanted))
      return error;
  }
  return Error::success();
}

static Error cutDynamic(Slices &slices, ArrayRef<TensorSpec> specs,
                        ArrayRef<NDArray> inputs, int64_t batch) {
  std::optional<int64_t> numRows;
  for (size_t i = 0; i < specs.size(); ++i) {
    if (!hasDynamicRows(specs[i]))
      continue;
    int64_t found = inputs[i].shape.front();
    if (numRows && *numRows != found)
      return createStringError(
          "argument " + Twine(i) + ": expected " + Twine(*numRows) +
          " rows to cut into batches but got " + Twine(found));
    numRows = found;
    if (found <= batch)
      continue;
    if (Error error = cut(slices, i, found, batch))
      return error;
  }
  return Error::success();
}

/// Checks that the results of several calls can be joined.
static Error verifyResults(const Signature &signature, const Slices &slices) {
  if (slices.numCalls == 1)
    return Error::success();
  for (auto [i, spec] : llvm::enumerate(signature.results))
    if (spec.getRank() == 0)
      return createStringError(
          "result " + Twine(i) + ": expected rows to join those of " +
          Twine(slices.numCalls) + " batches but got '" + spec.text + "'");
  return Error::success();
}

Expected<Slices> Slices::get(const Signature &signature,
                             ArrayRef<NDArray> inputs, int64_t batch) {
  if (Error error = signature.verifyInputs(inputs, /*allowMoreRows=*/true))
    return std::move(error);
  Slices slices;
  slices.rowsPerCall.assign(inputs.size(), 0);
  if (Error error = cutStatic(slices, signature.inputs, inputs))
    return std::move(error);
  if (slices.numCalls > 1 && llvm::any_of(signature.inputs, hasDynamicRows))
    return createStringError("expected as many rows as the signature says, "
                             "since other arguments have any number of rows");
  if (batch > 0)
    if (Error error = cutDynamic(slices, signature.inputs, inputs, batch))
      return std::move(error);
  if (Error error = verifyResults(signature, slices))
    return std::move(error);
  return slices;
}

void Slices::setInputs(ArrayRef<NDArray> inputs, int64_t index,
                       MutableArrayRef<NDArray> call) const {
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (rowsPerCall[i] == 0)
      continue;
    int64_t begin = index * rowsPerCall[i];
    int64_t end = std::min(begin + rowsPerCall[i], inputs[i].shape.front());
    call[i] = inputs[i].getRows(begin, end);
  }
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

/// Appends the rows of `array` to `joined`.
static Error joinRows(NDArray &joined, const NDArray &array) {
  if (ArrayRef(joined.shape).drop_front() != ArrayRef(array.shape).drop_front())
    return createStringError(
        "expected results of shape " + getShapeText(joined.shape) +
        " in every row but got " + getShapeText(array.shape));
  joined.shape.front() += array.shape.front();
  joined.bytes.insert(joined.bytes.end(), array.bytes.begin(),
                      array.bytes.end());
  return Error::success();
}

static Error joinResults(RunResult &joined, RunResult &&next) {
  joined.milliseconds += next.milliseconds;
  for (auto [i, array] : llvm::enumerate(next.results))
    if (Error error = joinRows(joined.results[i], array))
      return error;
  return Error::success();
}

Error evaluation::forEachCall(const Executable &executable,
                              const Slices &slices, ArrayRef<NDArray> inputs,
                              llvm::function_ref<Error(RunResult)> take,
                              ProgressFunction progress,
                              ArrayRef<const void *> buffers) {
  // One call takes the arrays as they are, without a copy.
  SmallVector<NDArray> call;
  if (slices.numCalls > 1)
    call.assign(inputs.begin(), inputs.end());
  for (int64_t i = 0; i < slices.numCalls; ++i) {
    if (progress)
      progress(i, slices.numCalls);
    if (slices.numCalls > 1)
      slices.setInputs(inputs, i, call);
    Expected<RunResult> next =
        executable.run(slices.numCalls > 1 ? ArrayRef(call) : inputs, buffers);
    if (!next)
      return next.takeError();
    if (Error error = take(std::move(*next)))
      return error;
  }
  return Error::success();
}

Expected<RunResult> evaluation::runSliced(const Executable &executable,
                                          ArrayRef<NDArray> inputs,
                                          int64_t batch,
                                          ProgressFunction progress,
                                          ArrayRef<const void *> buffers) {
  Expected<Slices> slices =
      Slices::get(executable.getSignature(), inputs, batch);
  if (!slices)
    return slices.takeError();
  // None without a row.
  std::optional<RunResult> joined;
  auto join = [&](RunResult next) -> Error {
    if (joined)
      return joinResults(*joined, std::move(next));
    joined = std::move(next);
    return Error::success();
  };
  if (Error error =
          forEachCall(executable, *slices, inputs, join, progress, buffers))
    return std::move(error);
  return joined ? std::move(*joined) : RunResult();
}

static double getMedian(std::vector<double> values) {
  llvm::sort(values);
  size_t middle = values.size() / 2;
  return values.size() % 2 ? values[middle]
                           : (values[middle - 1] + values[middle]) / 2;
}

Expected<RunResult> evaluation::runRepeatedly(const Executable &executable,
                                              ArrayRef<NDArray> inputs,
                                              int64_t batch, int64_t repeat,
                                              ProgressFunction progress) {
  std::vector<double> times;
  RunResult first;
  for (int64_t i = 0; i < repeat; ++i) {
    Expected<RunResult> next = runSliced(
        executable, inputs, batch, [&](int64_t numDone, int64_t numAll) {
          if (progress)
            progress(i * numAll + numDone, repeat * numAll);
        });
    if (!next)
      return next;
    times.push_back(next->milliseconds);
    if (i == 0)
      first = std::move(*next);
  }
  first.milliseconds = getMedian(std::move(times));
  return first;
}
