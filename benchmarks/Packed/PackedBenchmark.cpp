//===- PackedBenchmark.cpp - N:M series beside a dense BLAS ---------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Linear layers in f32 with random weights as N:M series, on one thread, beside
// the dense library (LinearLayer.h). Shapes are outputs x tokens x inputs: the
// M, N and K of a product whose left operand is the weights. One benchmark for
// each shape, series and way in which tokens lie. With one token the dense
// library's product of a matrix and a vector stands beside.
//
//===----------------------------------------------------------------------===//

#include "../Common/LinearLayer.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"

#include <list>

using namespace mlir;
using namespace ::tasd::benchmarks;
using ::tasd::runtime::DenseLibrary;

namespace {

llvm::cl::opt<unsigned>
    vectorBits("vector-bits",
               llvm::cl::desc("Width of vectors, 256 or 512; default: this "
                              "machine's"),
               llvm::cl::init(mlir::tasd::getHostVectorBits()));
llvm::cl::list<std::string>
    onlySeries("series", llvm::cl::desc("Series; default: the usual ones"),
               llvm::cl::CommaSeparated);

constexpr LinearShape kShapes[] = {
    {512, 512, 1152}, {512, 1024, 512}, {768, 512, 3072},
    {3072, 512, 768}, {512, 16, 1152},  {3072, 16, 768},
    {512, 1, 1152},   {3072, 1, 768},   {768, 1, 3072}};
constexpr StringLiteral kSeries[] = {"2:4", "2:8", "1:4", "1:8", "2:4+1:8"};

struct Case {
  LinearShape shape;
  Tokens tokens;
  std::string series;

  std::string getName() const {
    return llvm::formatv(
        "{0}x{1}x{2}/{3}/{4}", shape.outputs, shape.tokens, shape.inputs,
        tokens == Tokens::Rows ? "token_rows" : "token_columns", series);
  }
};

std::vector<Case> listCases() {
  std::vector<std::string> series(onlySeries.begin(), onlySeries.end());
  if (series.empty())
    series.assign(std::begin(kSeries), std::end(kSeries));
  std::vector<Case> cases;
  for (LinearShape shape : kShapes)
    for (Tokens tokens : {Tokens::Columns, Tokens::Rows})
      for (const std::string &text : series)
        if (shape.tokens != 1 || tokens == Tokens::Columns)
          cases.push_back({shape, tokens, text});
  return cases;
}

/// Compiled when it is first run, for those that the filter leaves out are not.
class LazyLayer {
public:
  LazyLayer(MLIRContext &context, Case which, const DenseLibrary &library)
      : context(context), which(std::move(which)), library(library) {}

  void run(benchmark::State &state) {
    if (layers.empty())
      compile();
    if (layers.empty())
      return state.SkipWithError("the layer could not be compiled");
    measure(state, layers, library);
  }

private:
  void compile() {
    auto registry = ::tasd::sparsity::PatternRegistry::createWithBuiltins();
    auto series = registry.parseSeries(which.series);
    if (!series) {
      llvm::errs() << llvm::toString(series.takeError()) << '\n';
      return;
    }
    auto layer = LinearLayer::create(
        context, which.shape, which.tokens,
        drawNormal(which.shape.outputs * which.shape.inputs, 1), *series,
        library, {vectorBits, mlir::tasd::DenseKernels::Vector});
    if (succeeded(layer))
      layers.push_back(std::move(*layer));
  }

  MLIRContext &context;
  Case which;
  const DenseLibrary &library;
  std::vector<LinearLayer> layers;
};

} // namespace

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  llvm::cl::ParseCommandLineOptions(argc, argv,
                                    "N:M series beside a dense BLAS\n");
  std::list<LazyLayer> layers;
  return runBesideLibrary(
      [&](MLIRContext &context, const DenseLibrary &library) {
        for (const Case &which : listCases()) {
          LazyLayer &layer = layers.emplace_back(context, which, library);
          benchmark::RegisterBenchmark(
              which.getName().c_str(),
              [&layer](benchmark::State &state) { layer.run(state); })
              ->UseManualTime()
              ->Unit(benchmark::kMillisecond);
        }
        return success();
      });
}
