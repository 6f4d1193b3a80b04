//===- Transformer.cpp - A stack of transformer blocks --------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Transformer.h"

#include "PrunedWeights.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/Parser/Parser.h"

#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace mlir;
using namespace tasd::largemodels;
using llvm::formatv;

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

namespace {
/// Weights to be filled in.
struct Weights {
  std::string name;
  int64_t inputs, outputs;
};

/// Writes the text of the module, op by op; values are named after layers.
class Writer {
public:
  Writer(const TransformerOptions &options, std::vector<Weights> &weights);

  std::string write();

private:
  void writeBlock(const std::string &name);
  void writeAttention(const std::string &name);
  /// The result's name is the layer's.
  void writeLinear(const std::string &name, const std::string &input,
                   int64_t inputs, int64_t outputs);
  void writeElementwise(StringRef op, const std::string &result,
                        const std::string &lhs, const std::string &rhs,
                        int64_t columns);
  std::string getTensor(int64_t columns) const;
  void writeZeros(int64_t columns);

  const TransformerOptions &options;
  std::vector<Weights> &weights;
  std::string text;
  llvm::raw_string_ostream os;
  /// The value that the next block takes.
  std::string state = "tokens";
};
} // namespace

Writer::Writer(const TransformerOptions &options, std::vector<Weights> &weights)
    : options(options), weights(weights), os(text) {}

std::string Writer::getTensor(int64_t columns) const {
  return formatv("tensor<{0}x{1}xf32>", options.tokens, columns);
}

void Writer::writeZeros(int64_t columns) {
  os << formatv("%empty{0} = tensor.empty() : {1}\n"
                "%zeros{0} = linalg.fill ins(%zero : f32) "
                "outs(%empty{0} : {1}) -> {1}\n",
                columns, getTensor(columns));
}

void Writer::writeLinear(const std::string &name, const std::string &input,
                         int64_t inputs, int64_t outputs) {
  weights.push_back({name, inputs, outputs});
  int64_t shape[] = {outputs, inputs};
  if (options.inputsFirst)
    std::swap(shape[0], shape[1]);
  auto type = RankedTensorType::get(shape, options.elementType);
  os << formatv("%{0}.weights = arith.constant dense_resource<\"{0}\"> : {1} "
                "loc(\"{0}\")\n"
                "%{0} = linalg.matmul indexing_maps = [#input, #weights, "
                "#output] ins(%{2}, %{0}.weights : {3}, {1}) "
                "outs(%zeros{4} : {5}) -> {5} loc(\"{0}\")\n",
                name, type, input, getTensor(inputs), outputs,
                getTensor(outputs));
}

void Writer::writeElementwise(StringRef op, const std::string &result,
                              const std::string &lhs, const std::string &rhs,
                              int64_t columns) {
  os << formatv("%{0} = linalg.{1} ins(%{2}, %{3} : {4}, {4}) "
                "outs(%empty{5} : {4}) -> {4}\n",
                result, op, lhs, rhs, getTensor(columns), columns);
}

void Writer::writeAttention(const std::string &name) {
  int64_t width = options.width;
  for (const char *layer : {".query", ".key", ".value"})
    writeLinear(name + layer, state, width, width);
  os << formatv(
      "%{0}.scores = linalg.matmul indexing_maps = [#input, #key, #output] "
      "ins(%{0}.query, %{0}.key : {1}, {1}) outs(%zeros{3} : {2}) -> {2}\n"
      "%{0}.shares = linalg.softmax dimension(1) ins(%{0}.scores : {2}) "
      "outs(%empty{3} : {2}) -> {2}\n"
      "%{0}.mixed = linalg.matmul ins(%{0}.shares, %{0}.value : {2}, {1}) "
      "outs(%zeros{4} : {1}) -> {1}\n",
      name, getTensor(width), getTensor(options.tokens), options.tokens, width);
  writeLinear(name + ".output", name + ".mixed", width, width);
}

void Writer::writeBlock(const std::string &name) {
  int64_t width = options.width, inner = 4 * width;
  writeAttention(name);
  writeElementwise("add", name + ".attended", state, name + ".output", width);
  writeLinear(name + ".up", name + ".attended", width, inner);
  writeElementwise("max", name + ".rectified", name + ".up",
                   "zeros" + std::to_string(inner), inner);
  writeLinear(name + ".down", name + ".rectified", inner, width);
  writeElementwise("add", name + ".result", name + ".attended", name + ".down",
                   width);
  state = name + ".result";
}

std::string Writer::write() {
  int64_t width = options.width;
  int64_t rowBytes = width * options.elementType.getIntOrFloatBitWidth() / 8;
  int64_t numRows = options.weightBytes / rowBytes, blockRows = 12 * width;
  int64_t scores = numRows % blockRows;
  os << "#input = affine_map<(m, n, k) -> (m, k)>\n"
        "#key = affine_map<(m, n, k) -> (n, k)>\n"
        "#output = affine_map<(m, n, k) -> (m, n)>\n"
     << (options.inputsFirst ? "#weights = affine_map<(m, n, k) -> (k, n)>\n"
                             : "#weights = affine_map<(m, n, k) -> (n, k)>\n")
     << formatv("func.func @main(%tokens: {0}) -> {1} {{\n"
                "%zero = arith.constant 0.0 : f32\n",
                getTensor(width), getTensor(scores ? scores : width));
  llvm::SmallSetVector<int64_t, 4> columns;
  for (int64_t count : {width, 4 * width, options.tokens, scores})
    if (count > 0 && columns.insert(count))
      writeZeros(count);
  for (int64_t block = 0; block < numRows / blockRows; ++block)
    writeBlock("block" + std::to_string(block));
  if (scores) {
    writeLinear("vocabulary", state, width, scores);
    state = "vocabulary";
  }
  os << formatv("return %{0} : {1}\n}\n", state,
                getTensor(scores ? scores : width));
  return text;
}

//===----------------------------------------------------------------------===//
// Module
//===----------------------------------------------------------------------===//

/// Gives the resource of each layer's weights its data.
static void fillWeights(MLIRContext *context, const TransformerOptions &options,
                        ArrayRef<Weights> allWeights) {
  auto &manager = DenseResourceElementsHandle::getManagerInterface(context);
  int64_t elementBytes = options.elementType.getIntOrFloatBitWidth() / 8;
  for (auto [index, weights] : llvm::enumerate(allWeights)) {
    AsmResourceBlob blob = HeapAsmResourceBlob::allocate(
        weights.inputs * weights.outputs * elementBytes, /*align=*/16);
    PrunedWeights distribution(
        options.elementType, 1 / std::sqrt(static_cast<double>(weights.inputs)),
        options.density);
    distribution.fill(blob.getMutableData(), (options.seed << 16) + index);
    manager.getBlobManager().update(weights.name, std::move(blob));
  }
}

OwningOpRef<ModuleOp>
tasd::largemodels::buildTransformer(MLIRContext *context,
                                    const TransformerOptions &options) {
  std::vector<Weights> weights;
  std::string text = Writer(options, weights).write();
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, context);
  if (module)
    fillWeights(context, options, weights);
  return module;
}
