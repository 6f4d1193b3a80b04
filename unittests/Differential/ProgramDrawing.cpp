//===- ProgramDrawing.cpp - One random program ----------------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProgramDrawing.h"

#include "CompositionDrawing.h"
#include "ElementDrawing.h"

#include "tasd/Sparsity/NM.h"

using namespace tasd::differential;
using llvm::StringRef;

OpKind ProgramDrawing::drawKind() {
  OpGroup group = cell.group;
  if (group == OpGroup::Contract)
    return drawContraction(group, random);
  isGeneric = group == OpGroup::Generic;
  if (isGeneric && random.chance(50))
    return drawContraction(group, random);
  llvm::SmallVector<OpKind> kinds;
  for (const OpKind &kind : getNamedKinds())
    if (isGeneric ? !kind.isDepthwise() && !kind.isQuantized()
                  : kind.group == group)
      kinds.push_back(kind);
  OpKind kind = random.pick(llvm::ArrayRef(kinds));
  kind.group = group;
  return kind;
}

bool ProgramDrawing::isTypePossible(const ElementTypes &types) const {
  bool isUnsigned = types.isUnsigned[0] || types.isUnsigned[1];
  bool isMixed = types.isUnsigned[0] != types.isUnsigned[1];
  if (kind.isQuantized())
    return StringRef(types.lhs) == "i8" && StringRef(types.rhs) == "i8" &&
           StringRef(types.result) == "i32" && !isUnsigned;
  return isGeneric || !isUnsigned || (kind.hasCast() && !isMixed);
}

void ProgramDrawing::drawTypes() {
  do
    types = random.pick(
        getTypes(kind.isQuantized() ? TypeFamily::Integer : cell.family));
  while (!isTypePossible(types));
}

/// Which inputs are constant, and which become series.
void ProgramDrawing::drawSides() {
  bool lhsFirst = random.chance(kind.isConv() || kind.isQuantized() ? 5 : 25);
  int weights = lhsFirst ? 0 : 1;
  bool hasWeights = cell.side == Side::Weights || random.chance(75);
  isConstant[weights] = hasWeights;
  if (cell.side == Side::Weights && random.chance(5))
    isConstant[0] = isConstant[1] = true; // the second are the weights
  if (isConstant[0] && isConstant[1])
    weights = 1;
  if (!hasWeights)
    weights = 1; // the first is the activations
  isSeries[weights] = hasWeights && cell.side != Side::Activations;
  isSeries[1 - weights] =
      cell.side != Side::Weights && !isConstant[1 - weights];
}

void ProgramDrawing::drawLimits() {
  limit = getExactLimit(types, layer.getNumProducts());
  program.isExact = !Format::get(types.result).isFloat() ||
                    !Format::get(types.lhs).isFloat() ||
                    (limit >= 1 && random.chance(60));
  program.numProducts = layer.getNumProducts();
  if (Format::get(types.lhs).isFloat())
    limit = std::min<Number>(limit, random.pick({1, 3, 7, 15}));
  else if (limit < 255)
    limit = std::min<Number>(limit, 100);
  else if (types.isUnsigned[0] || types.isUnsigned[1] || random.chance(70))
    limit = std::max<Number>(limit, 1e18L);
  else
    limit = 9;
}

void ProgramDrawing::collectFeatures() {
  std::set<std::string> &features = program.traits.features;
  if (layer.isStrided())
    features.insert("strided");
  if (layer.isDilated())
    features.insert("dilated");
  if (layer.isDynamic())
    features.insert("dynamic");
  if (cell.group == OpGroup::GroupedConv)
    features.insert("grouped");
  if (StringRef(program.series).contains('+'))
    features.insert("several terms");
  features.insert(program.isExact ? "exact" : "rounded");
  static const ::tasd::sparsity::PatternRegistry registry =
      ::tasd::sparsity::PatternRegistry::createWithBuiltins();
  ::tasd::sparsity::Series series =
      llvm::cantFail(registry.parseSeries(program.series));
  if (!series.getBlockSize())
    features.insert("packed form of open size");
  for (int input : {0, 1}) {
    if (!program.layers[0].inputs[input])
      continue;
    Shape shape = layer.getShape(getLetters(input));
    if (getNumElements(shape) == 0)
      features.insert("empty");
    int64_t numColumns = 1;
    for (int64_t dim : program.layers[0].inputs[input]->along)
      numColumns *= shape[dim];
    for (const auto &pattern : series.getPatterns())
      if (numColumns % pattern->getBlockSize().value_or(1) != 0)
        features.insert("ragged");
  }
}

Program ProgramDrawing::draw() {
  drawTypes();
  program.series = drawSeries(random);
  drawSides();
  if (random.chance(20))
    layer.drawDynamic(random);
  else if (cell.side == Side::Weights && random.chance(40))
    program.series = drawOpenSeries(random);
  drawLimits();
  drawZeroPoints();
  program.traits.kind = kind;
  program.traits.form = isGeneric ? "generic" : "named";
  program.traits.family = cell.family;
  program.traits.types = types;
  program.traits.side = cell.side;
  llvm::SmallVector<TypedValue, 2> inputs;
  for (int input : {0, 1})
    inputs.push_back(isConstant[input]
                         ? writer.addConstant(drawWeights(input), random)
                         : addActivation(input));
  TypedValue result = addLayer(inputs);
  if (canChain() && random.chance(40))
    result = addChain(result);
  writer.addResult(result);
  if ((isConstant[0] || isConstant[1]) && random.chance(10))
    addSecondUse(inputs);
  collectFeatures();
  writer.finish();
  return std::move(program);
}
