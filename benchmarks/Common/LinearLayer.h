//===- LinearLayer.h - Compiled layers beside a BLAS ------------*- C++ -*-===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Linear layers in f32 with constant weights, planned and compiled by
// tasd-lower-to-cpu, each run alternated with the dense product of the same
// size by the runtime's dense library. Times are CPU times of the thread, with
// all that a compiled layer does. Results are compared with the dense product
// of the weights that the series keeps.
//
//===----------------------------------------------------------------------===//

#ifndef TASD_BENCHMARKS_COMMON_LINEARLAYER_H
#define TASD_BENCHMARKS_COMMON_LINEARLAYER_H

#include "tasd/Evaluation/Compilation.h"
#include "tasd/Pipelines/LinalgToLLVM.h"
#include "tasd/Runtime/DenseLibrary.h"
#include "tasd/Sparsity/Pattern.h"

#include "benchmark/benchmark.h"
#include "mlir/IR/MLIRContext.h"

namespace tasd::benchmarks {

/// How a layer reads and writes tokens: as rows, or as columns.
enum class Tokens { Rows, Columns };

struct LinearShape {
  int64_t outputs, tokens, inputs;
};

/// How a layer is compiled.
struct LinearOptions {
  unsigned vectorBits = 256;
  mlir::tasd::DenseKernels dense = mlir::tasd::DenseKernels::Vector;
};

/// Random numbers, normally distributed.
std::vector<float> drawNormal(int64_t count, unsigned seed);

/// Times of one run of both, in milliseconds.
struct PairOfTimes {
  double dense = 0, ours = 0;
};

class LinearLayer {
public:
  /// Compiles a layer whose weights, of outputs x inputs, are to be that
  /// series. Fails, with a message, where it cannot be, or where its results
  /// are wrong.
  static mlir::FailureOr<LinearLayer>
  create(mlir::MLIRContext &context, LinearShape shape, Tokens tokens,
         std::vector<float> weights, const sparsity::Series &series,
         const runtime::DenseLibrary &library, const LinearOptions &options);

  PairOfTimes run(const runtime::DenseLibrary &library);

  /// The share of the weights that is zero once they are the series.
  double getSparsity() const { return sparsity; }
  LinearShape getShape() const { return shape; }

private:
  LinearLayer(LinearShape shape, Tokens tokens, std::vector<float> weights,
              evaluation::Executable executable);
  void addDense(const runtime::DenseLibrary &library,
                llvm::ArrayRef<float> values);
  /// The largest difference from the dense product of these weights.
  double getError(const runtime::DenseLibrary &library,
                  llvm::ArrayRef<float> kept);

  LinearShape shape;
  Tokens tokens;
  std::vector<float> weights;
  evaluation::Executable executable;
  evaluation::NDArray input;
  std::vector<float> sums;
  double sparsity = 0;
};

/// Runs the layers, one after the other, as often as the benchmark wants.
/// Counters: `ratio`, the median of pairwise ratios of time, the dense one's
/// over ours; `dense_ms` and `ours_ms`, medians; `sparsity`, of all weights.
void measure(benchmark::State &state, llvm::MutableArrayRef<LinearLayer> layers,
             const runtime::DenseLibrary &library);

/// Runs the benchmarks that `add` registers, and names the library in their
/// context. Gives the status of the program: 1, with a message, in builds
/// without a library, or where `add` fails.
int runBesideLibrary(llvm::function_ref<llvm::LogicalResult(
                         mlir::MLIRContext &, const runtime::DenseLibrary &)>
                         add);

} // namespace tasd::benchmarks

#endif // TASD_BENCHMARKS_COMMON_LINEARLAYER_H
