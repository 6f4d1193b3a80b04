//===- SparsityBenchmark.cpp - Throughput of the Sparsity library ---------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Google Benchmark timings of packing and metrics. With --ratios, a table of
// the input throughput over that of memcpy, measured in turns on this thread,
// with the goal of each line; an argument after it is the megabytes of input.
//
//===----------------------------------------------------------------------===//

#include "../Common/Times.h"
#include "tasd/Sparsity/Metrics.h"
#include "tasd/Sparsity/Packing.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <random>

using namespace tasd::benchmarks;
using namespace tasd::sparsity;

namespace {

constexpr const char *candidates =
    "1:4 2:4 3:4 1:8 2:8 3:8 4:8 6:8 1:16 2:16 4:16 8:16 2:4+1:8 2:4+2:8 "
    "1:4+1:8 2:8+1:8 4:8+1:16 2:4+1:16 1:4+1:8+1:16 2:4+1:8+1:16";

constexpr int64_t rowColumns = 4096;

std::vector<Series> parseAll(llvm::StringRef text) {
  PatternRegistry registry = PatternRegistry::createWithBuiltins();
  llvm::SmallVector<llvm::StringRef> parts;
  text.split(parts, ' ');
  std::vector<Series> series;
  for (llvm::StringRef part : parts)
    series.push_back(llvm::cantFail(registry.parseSeries(part)));
  return series;
}

/// A matrix of finite N(0,1) values (or uniform integers), blocked along its
/// rows.
class Matrix {
public:
  Matrix(ElementType type, int64_t numBytes) : bytes(numBytes) {
    fill(type);
    int64_t numRows = numBytes / getByteWidth(type) / rowColumns;
    view =
        TensorView::contiguous(bytes.data(), type, {numRows, rowColumns}, {1});
  }

  std::vector<char> bytes;
  TensorView view;

private:
  /// Fills with copies of a megabyte of random elements.
  void fill(ElementType type) {
    std::mt19937 rng(1);
    std::normal_distribution<float> normal;
    size_t width = getByteWidth(type);
    size_t period = std::min<size_t>(bytes.size(), 1 << 20);
    for (size_t at = 0; at < period; at += width) {
      float value = normal(rng);
      uint32_t bits;
      std::memcpy(&bits, &value, 4);
      if (type == ElementType::BF16)
        bits >>= 16;
      else if (type == ElementType::F16)
        bits = (bits >> 16 & 0x8000) | ((bits >> 13) - (112 << 10)) % 0x7c00;
      else if (width == 1)
        bits = rng();
      std::memcpy(bytes.data() + at, &bits, width);
    }
    for (size_t at = period; at < bytes.size(); at += period)
      std::memcpy(bytes.data() + at, bytes.data(),
                  std::min(period, bytes.size() - at));
  }
};

/// Weights of a matrix's columns.
std::vector<double> getWeights() {
  std::mt19937 rng(2);
  std::vector<double> weights(rowColumns);
  for (double &weight : weights)
    weight = double(rng()) / 1e9;
  return weights;
}

/// Buffers of a packed series, made once.
class Buffers {
public:
  Buffers(const TensorView &view, const Series &series) {
    for (const PatternRef &pattern : series.getPatterns()) {
      auto &components = packed.components.emplace_back();
      for (const auto &component : pattern->getPackedComponents(view.blocked))
        components.emplace_back(component.getNumBytes(view.elementType));
    }
    for (auto &components : packed.components)
      terms.emplace_back(components.begin(), components.end());
  }

  PackedSeries packed;
  std::vector<TermBuffers> terms;
};

//===----------------------------------------------------------------------===//
// Google Benchmark
//===----------------------------------------------------------------------===//

constexpr int64_t benchmarkBytes = 16 << 20;

void benchmarkPack(benchmark::State &state, ElementType type,
                   const char *text) {
  Matrix matrix(type, benchmarkBytes);
  Series series = parseAll(text).front();
  Buffers buffers(matrix.view, series);
  for (auto _ : state)
    llvm::cantFail(packInto(matrix.view, series, buffers.terms));
  state.SetBytesProcessed(state.iterations() * benchmarkBytes);
}

void benchmarkUnpack(benchmark::State &state, ElementType type,
                     const char *text) {
  Matrix matrix(type, benchmarkBytes);
  Series series = parseAll(text).front();
  PackedSeries packed = llvm::cantFail(pack(matrix.view, series));
  std::vector<ConstTermBuffers> terms;
  for (const auto &components : packed.components)
    terms.emplace_back(components.begin(), components.end());
  MutableTensorView result{matrix.bytes.data(), type, matrix.view.blocked,
                           matrix.view.strides};
  for (auto _ : state)
    llvm::cantFail(unpackInto(series, terms, result));
  state.SetBytesProcessed(state.iterations() * benchmarkBytes);
}

void benchmarkMeasure(benchmark::State &state, ElementType type,
                      const char *text) {
  Matrix matrix(type, benchmarkBytes);
  std::vector<Series> series = parseAll(text);
  for (auto _ : state)
    benchmark::DoNotOptimize(llvm::cantFail(measure(matrix.view, series)));
  state.SetBytesProcessed(state.iterations() * benchmarkBytes);
}

void benchmarkMeasureWeighted(benchmark::State &state, ElementType type,
                              const char *text) {
  Matrix matrix(type, benchmarkBytes);
  std::vector<Series> series = parseAll(text);
  for (auto _ : state)
    benchmark::DoNotOptimize(llvm::cantFail(
        measure(matrix.view, series, {}, nullptr, getWeights())));
  state.SetBytesProcessed(state.iterations() * benchmarkBytes);
}

void registerBenchmarks() {
  for (ElementType type : {ElementType::F32, ElementType::F16,
                           ElementType::BF16, ElementType::SI8}) {
    std::string suffix = "/" + getName(type).str();
    for (const char *text : {"2:4", "1:8", "4:8", "2:4+1:8", "1:4+1:6"})
      benchmark::RegisterBenchmark(
          ("pack/" + std::string(text) + suffix).c_str(), benchmarkPack, type,
          text);
    benchmark::RegisterBenchmark(("unpack/2:4+1:8" + suffix).c_str(),
                                 benchmarkUnpack, type, "2:4+1:8");
    benchmark::RegisterBenchmark(("measure/20" + suffix).c_str(),
                                 benchmarkMeasure, type, candidates);
    benchmark::RegisterBenchmark(("measure-weighted/20" + suffix).c_str(),
                                 benchmarkMeasureWeighted, type, candidates);
  }
}

//===----------------------------------------------------------------------===//
// Ratios to memcpy
//===----------------------------------------------------------------------===//

/// Processor time, which does not count while others have the processor.
double getSeconds(llvm::function_ref<void()> fn) {
  std::clock_t begin = std::clock();
  fn();
  return double(std::clock() - begin) / CLOCKS_PER_SEC;
}

/// Runs memcpy of the input and `fn` in turns, so that noise of the machine
/// hits both, and prints the medians of throughput and of the ratios.
void printRatio(const std::string &name, const Matrix &matrix, double goal,
                llvm::function_ref<void()> fn) {
  constexpr int numRounds = 9;
  std::vector<char> copy(matrix.bytes.size());
  auto runMemcpy = [&] {
    std::memcpy(copy.data(), matrix.bytes.data(), copy.size());
    benchmark::ClobberMemory();
  };
  // Both touch their memory once before they are timed.
  runMemcpy();
  fn();
  std::vector<double> copySeconds, seconds, ratios;
  for (int round = 0; round < numRounds; ++round) {
    copySeconds.push_back(getSeconds(runMemcpy));
    seconds.push_back(getSeconds(fn));
    ratios.push_back(copySeconds.back() / seconds.back());
  }
  double gigabytes = double(matrix.bytes.size()) / 1e9;
  double ratio = getMedian(ratios);
  llvm::outs() << llvm::format("%-26s %8.2f %8.2f %7.3f %6.2f  %s\n",
                               name.c_str(), gigabytes / getMedian(seconds),
                               gigabytes / getMedian(copySeconds), ratio, goal,
                               ratio >= goal ? "reached" : "missed");
  llvm::outs().flush();
}

void printPackRatio(ElementType type, int64_t numBytes, const char *text,
                    double goal) {
  Matrix matrix(type, numBytes);
  Series series = parseAll(text).front();
  Buffers buffers(matrix.view, series);
  printRatio("pack " + getName(type).str() + " " + text, matrix, goal, [&] {
    llvm::cantFail(packInto(matrix.view, series, buffers.terms));
  });
}

void printMeasureRatio(ElementType type, int64_t numBytes, double goal) {
  Matrix matrix(type, numBytes);
  std::vector<Series> series = parseAll(candidates);
  printRatio("measure " + getName(type).str() + " 20 series", matrix, goal,
             [&] { llvm::cantFail(measure(matrix.view, series)); });
}

void printMeasureWeightedRatio(ElementType type, int64_t numBytes,
                               double goal) {
  Matrix matrix(type, numBytes);
  std::vector<Series> series = parseAll(candidates);
  std::vector<double> weights = getWeights();
  printRatio("weigh " + getName(type).str() + " 20 series", matrix, goal, [&] {
    llvm::cantFail(measure(matrix.view, series, {}, nullptr, weights));
  });
}

void printRatios(int64_t numBytes) {
  llvm::outs()
      << "input and memcpy in GB per second of processor time, "
      << (numBytes >> 20) << " MB, medians of 9\n"
      << "what                          input   memcpy   ratio   goal\n";
  printPackRatio(ElementType::F32, numBytes, "2:4", 0.7);
  for (ElementType type :
       {ElementType::F16, ElementType::BF16, ElementType::SI8})
    printPackRatio(type, numBytes, "2:4", 0.35);
  printPackRatio(ElementType::F32, numBytes, "1:8", 0.4);
  printPackRatio(ElementType::F32, numBytes, "2:4+1:8", 0.4);
  printMeasureRatio(ElementType::F32, numBytes, 0.1);
  printMeasureWeightedRatio(ElementType::F32, numBytes, 0.025);
}

} // namespace

int main(int argc, char **argv) {
  if (argc > 1 && llvm::StringRef(argv[1]) == "--ratios") {
    int64_t megabytes = 256;
    if (argc > 2 && llvm::StringRef(argv[2]).getAsInteger(10, megabytes)) {
      llvm::errs() << "expected a number of megabytes but got '" << argv[2]
                   << "'\n";
      return 1;
    }
    printRatios(megabytes << 20);
    return 0;
  }
  registerBenchmarks();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv))
    return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
