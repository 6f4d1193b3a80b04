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

Program tasd::differential::drawComposition(uint64_t seed, TypeFamily family) {
  Random random(seed);
  Program program;
  program.seed = seed;
  program.name = "p" + std::to_string(seed);
  program.series = drawSeries(random);
  program.isExact = true;
  program.traits.kind.group = OpGroup::Composition;
  program.traits.kind.op = "compose";
  program.traits.form = "composition";
  program.traits.family = family;
  program.traits.types = random.pick(getTypes(family));
  program.traits.side = random.pick({Side::Weights, Side::Activations});
  bool isUnsigned = family == TypeFamily::Integer && random.chance(50);

  Shape shape;
  for (int64_t i = 0, rank = random.between(1, 4); i < rank; ++i)
    shape.push_back(random.chance(3) ? 0 : random.between(1, 12));
  llvm::SmallVector<int64_t> dims =
      llvm::to_vector(llvm::seq<int64_t>(shape.size()));
  random.shuffle(dims);
  Shape along(llvm::ArrayRef(dims).take_front(random.between(1, shape.size())));
  Tensor tensor = Tensor::zeros(Format::get(program.traits.types.lhs), shape);
  for (Number &element : tensor.elements)
    element = drawNumber(tensor.format, random);
  program.layers.resize(1);
  program.layers[0].inputs[0] =
      Decomposition{program.series, along, isUnsigned};

  bool isConstant = program.traits.side == Side::Weights;
  Shape types = shape;
  if (!isConstant && random.chance(30))
    for (int64_t dim : llvm::ArrayRef(dims).drop_front(along.size()))
      types[dim] = -1;
  std::string type = getTypeText(types, tensor.format.getName());
  std::string body = type.substr(strlen("tensor<"));
  body.pop_back();
  std::string series = formatv("!tasd.series<{0}, {1}, along = {2}>", body,
                               program.series, getListText(along));
  ProgramWriter writer(program);
  TypedValue value = isConstant ? writer.addConstant(tensor, random)
                                : writer.addArgument(type, tensor);
  value = writer.addOp(formatv("tasd.decompose {0} {1}: {2}", value.name,
                               isUnsigned ? "unsigned " : "", series),
                       series);
  value =
      writer.addOp(formatv("tasd.compose {0} : {1}", value.name, series), type);
  writer.addResult(value);
  writer.finish();
  return program;
}
