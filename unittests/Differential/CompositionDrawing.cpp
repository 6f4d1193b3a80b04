//===- CompositionDrawing.cpp - Programs without a layer ------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CompositionDrawing.h"
#include "ProgramWriter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace tasd::differential;
using llvm::formatv;

std::string tasd::differential::drawSeries(Random &random) {
  static const char *common[] = {
      "2:4",          "1:4",     "1:8",     "2:8",  "4:8", "2:4+1:8",
      "1:4+1:8+1:16", "1:2",     "2:4+2:4", "4:4",  "1:1", "1:4+1:6",
      "8:16",         "2:8+1:4", "3:5+1:3", "16:64"};
  if (random.chance(40))
    return common[random.below(std::size(common))];
  std::string series;
  for (int64_t i = 0, numTerms = random.between(1, 3); i < numTerms; ++i) {
    int64_t m = random.between(1, random.pick({4, 16, 64}));
    int64_t n = random.between(1, random.chance(70) ? (m + 1) / 2 : m);
    series += (i ? "+" : "") + std::to_string(n) + ":" + std::to_string(m);
  }
  return series;
}

std::string tasd::differential::drawOpenSeries(Random &random) {
  return random.pick<const char *>(
      {"tw(1)", "tw(3)", "tw(4, columns = 0.5)", "tw(128)",
       "tw(2, columns = 0.25, rows = 0.5)", "tw1(3, rows = 1)", "tw(4)*2:4",
       "tw(3, rows = 0.5)*1:4", "tw(2)*3:5", "csr", "csr(above = 2)",
       "bsr(2x3)", "bsr(4x4, above = 1)", "bsr(32x32)",
       "tw(3, columns = 1)+csr(above = 1)", "2:4+csr", "tw(8, rows = 1)+2:4"});
}

/// Any number of the format, zeros of both signs, infinities and NaN.
static Number drawNumber(Format format, Random &random) {
  if (random.chance(40))
    return format.isFloat() && random.chance(50) ? -0.0L : 0;
  if (format.isFloat() && random.chance(5))
    return random.pick<Number>({INFINITY, -INFINITY, NAN});
  if (random.chance(50))
    return random.between(-5, 5);
  Number number = decode(format, random.bits());
  return std::isnan(number) ? NAN : number;
}

/// A tensor of up to four dimensions, seldom an empty one.
static Tensor drawTensor(Format format, Random &random) {
  Shape shape;
  for (int64_t i = 0, rank = random.between(1, 4); i < rank; ++i)
    shape.push_back(random.chance(3) ? 0 : random.between(1, 12));
  Tensor tensor = Tensor::zeros(format, shape);
  for (Number &element : tensor.elements)
    element = drawNumber(format, random);
  return tensor;
}

/// The shape with some of the dimensions that are not blocked dynamic.
static Shape drawType(const Tensor &tensor, llvm::ArrayRef<int64_t> along,
                      Random &random) {
  Shape shape = tensor.shape;
  for (size_t dim = 0; dim < shape.size(); ++dim)
    if (!llvm::is_contained(along, int64_t(dim)) && random.chance(30))
      shape[dim] = -1;
  return shape;
}

/// "!tasd.series<4x8xf32, 2:4, along = [1]>" for the type "tensor<4x8xf32>".
static std::string getSeriesText(llvm::StringRef type,
                                 const Decomposition &decomposition) {
  type.consume_front("tensor<");
  type.consume_back(">");
  return formatv("!tasd.series<{0}, {1}, along = {2}>", type,
                 decomposition.series, getListText(decomposition.along));
}

static Decomposition drawDecomposition(const Tensor &tensor, Random &random) {
  llvm::SmallVector<int64_t> dims =
      llvm::to_vector(llvm::seq<int64_t>(tensor.shape.size()));
  random.shuffle(dims);
  dims.truncate(random.between(1, dims.size()));
  bool isUnsigned = !tensor.format.isFloat() && random.chance(50);
  return {drawSeries(random), Shape(dims.begin(), dims.end()), isUnsigned};
}

/// Writes the function: a constant or an argument, decomposed and composed.
static void write(Program &program, const Tensor &tensor,
                  const Decomposition &decomposition, Random &random) {
  ProgramWriter writer(program);
  TypedValue value;
  if (program.traits.side == Side::Weights)
    value = writer.addConstant(tensor, random);
  else
    value = writer.addArgument(
        getTypeText(drawType(tensor, decomposition.along, random),
                    tensor.format.getName()),
        tensor);
  std::string type = value.type, series = getSeriesText(type, decomposition);
  const char *sign = decomposition.isUnsigned ? "unsigned " : "";
  value = writer.addOp(
      formatv("tasd.decompose {0} {1}: {2}", value.name, sign, series), series);
  writer.addResult(writer.addOp(
      formatv("tasd.compose {0} : {1}", value.name, series), type));
  writer.finish();
}

Program tasd::differential::drawComposition(uint64_t seed, TypeFamily family) {
  Random random(seed);
  Program program;
  program.seed = seed;
  program.name = "p" + std::to_string(seed);
  program.isExact = true;
  program.traits.kind.group = OpGroup::Composition;
  program.traits.kind.op = "compose";
  program.traits.family = family;
  program.traits.types = random.pick(getTypes(family));
  program.traits.side = random.pick({Side::Weights, Side::Activations});
  Tensor tensor = drawTensor(Format::get(program.traits.types.lhs), random);
  Decomposition decomposition = drawDecomposition(tensor, random);
  program.series = decomposition.series;
  program.layers.resize(1);
  program.layers[0].inputs[0] = decomposition;
  write(program, tensor, decomposition, random);
  return program;
}
