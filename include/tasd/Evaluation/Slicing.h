//===- Slicing.h - Runs over more rows than one call takes ------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A model takes a batch: rows along the first dimension. Data of more rows are
// run batch by batch, and the results are joined along their first dimension.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_EVALUATION_SLICING_H
#define TASD_EVALUATION_SLICING_H

#include "tasd/Evaluation/Executable.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace tasd::evaluation {

/// How the arguments of a run are cut into calls.
struct Slices {
  int64_t numCalls = 1;
  /// Rows of argument i in one call, the last call may have fewer; 0 for an
  /// argument that goes whole into each call.
  llvm::SmallVector<int64_t> rowsPerCall;

  /// Cuts arguments that fit the signature or have more rows than it says:
  ///  - where the first extent of the signature is static, B, the array has B
  ///    rows and goes whole into each call, or k * B and is cut, with one k for
  ///    all arguments that are cut;
  ///  - where it is dynamic, all arguments of that kind have as many rows as
  ///    each other and go in slices of `batch`, or at once where that is 0.
  /// Both kinds of cut do not come together. Errors: arrays that do not fit, a
  /// function with results that have no rows to join.
  static llvm::Expected<Slices> get(const Signature &signature,
                                    llvm::ArrayRef<NDArray> inputs,
                                    int64_t batch);

  /// Replaces, in the arguments `call` of a call, those that are cut by the
  /// rows of call `index`.
  void setInputs(llvm::ArrayRef<NDArray> inputs, int64_t index,
                 llvm::MutableArrayRef<NDArray> call) const;
};

/// Called before each call with the number of calls done and that of all.
using ProgressFunction = llvm::function_ref<void(int64_t, int64_t)>;

/// Makes all calls of arguments that were cut, each with the same buffers, and
/// gives what each returns to `take`, in order. Errors: of a call, of `take`.
llvm::Error forEachCall(const Executable &executable, const Slices &slices,
                        llvm::ArrayRef<NDArray> inputs,
                        llvm::function_ref<llvm::Error(RunResult)> take,
                        ProgressFunction progress = nullptr,
                        llvm::ArrayRef<const void *> buffers = {});

/// Runs all calls, each with the same buffers, and joins their results; the
/// time is the sum of theirs.
llvm::Expected<RunResult> runSliced(const Executable &executable,
                                    llvm::ArrayRef<NDArray> inputs,
                                    int64_t batch = 0,
                                    ProgressFunction progress = nullptr,
                                    llvm::ArrayRef<const void *> buffers = {});

/// As runSliced, `repeat` >= 1 times: the results of the first run and the
/// median of the times.
llvm::Expected<RunResult> runRepeatedly(const Executable &executable,
                                        llvm::ArrayRef<NDArray> inputs,
                                        int64_t batch, int64_t repeat,
                                        ProgressFunction progress = nullptr);

} // namespace tasd::evaluation

#endif // TASD_EVALUATION_SLICING_H
