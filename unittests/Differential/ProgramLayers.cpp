//===- ProgramLayers.cpp - Layers of random programs ----------------------===//
//
// Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ElementDrawing.h"
#include "ProgramDrawing.h"

#include "llvm/Support/FormatVariadic.h"

using namespace tasd::differential;
using llvm::formatv;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

/// What the design says of the layer: see tasd-plan and the notes on level 1.
ExpectedLayer ProgramDrawing::getExpectation() const {
  ExpectedLayer expected;
  if (kind.isDepthwise())
    return expected;
  for (int input : {0, 1}) {
    Shape along = layer.getBlockedDims(getLetters(input), isConstant[input]);
    bool isDynamic = llvm::any_of(along, [&](int64_t dim) {
      return !isConstant[input] && layer.isDynamic(getLetters(input)[dim]);
    });
    if (isSeries[input] && !along.empty() && !isDynamic)
      expected.inputs[input] =
          Decomposition{program.series, along, types.isUnsigned[input]};
  }
  // A series is multiplied as it is: nothing is subtracted from it.
  for (int input : {0, 1})
    if (zeroPoints[input] != 0)
      expected.inputs[input].reset();
  return expected;
}

TypedValue ProgramDrawing::addLayer(llvm::ArrayRef<TypedValue> inputs) {
  TypedValue init = addInit();
  std::string typeText = inputs[0].type + ", " + inputs[1].type;
  std::string zeroPointText = getZeroPointText(typeText);
  program.layers.push_back(getExpectation());
  return writer.addOp(formatv("{0} ins({1}, {2}{3} : {4}) outs({5} : {6}){7} "
                              "-> {6}",
                              layer.getOpText(types), inputs[0].name,
                              inputs[1].name, zeroPointText, typeText,
                              init.name, init.type,
                              layer.getBodyText(types, random)),
                      init.type);
}

/// The same layer once more, on the same constants.
void ProgramDrawing::addSecondUse(llvm::ArrayRef<TypedValue> inputs) {
  program.traits.features.insert("shared");
  llvm::SmallVector<TypedValue, 2> other(inputs);
  for (int input : {0, 1})
    if (!isConstant[input])
      other[input] = addActivation(input);
  writer.addResult(addLayer(other));
}

//===----------------------------------------------------------------------===//
// Chains
//===----------------------------------------------------------------------===//

bool ProgramDrawing::canChain() const {
  StringRef type(types.result);
  bool staysExact =
      type == "i32" || type == "f64" || (type == "f32" && limit <= 15);
  return program.isExact && staysExact && kind.result == "mn" &&
         !layer.isDynamic('n');
}

TypedValue ProgramDrawing::addRelu(TypedValue value) {
  bool isFloat = Format::get(types.result).isFloat();
  TypedValue zero = writer.addOp(
      formatv("arith.constant {0} : {1}", isFloat ? "0.0" : "0", types.result),
      types.result);
  return writer.addOp(
      formatv("linalg.generic {{indexing_maps = [affine_map<(i, j) -> (i, "
              "j)>, affine_map<(i, j) -> (i, j)>], iterator_types = "
              "[\"parallel\", \"parallel\"]} ins({0} : {1}) outs({0} : {1}) "
              "{{\n  ^bb0(%x: {2}, %y: {2}):\n    %z = {3} %x, {4} : {2}\n"
              "    linalg.yield %z : {2}\n  } -> {1}",
              value.name, value.type, types.result,
              isFloat ? "arith.maximumf" : "arith.maxsi", zero.name),
      value.type);
}

/// A second layer on what the first gives: relu, then a matmul.
TypedValue ProgramDrawing::addChain(TypedValue value) {
  program.traits.features.insert("chain");
  value = addRelu(value);
  ElementDrawing elements(random, /*isExact=*/true);
  Format format = Format::get(types.result);
  int64_t numColumns = random.between(1, 12);
  Shape shape = layer.getShape("mn"), type = layer.getType("mn");
  Shape resultShape = {shape[0], numColumns},
        resultType = {type[0], numColumns};
  Tensor tensor = elements.draw(format, {shape[1], numColumns}, 2, 60);
  TypedValue weights = writer.addConstant(tensor, random);
  TypedValue init =
      writer.addArgument(getTypeText(resultType, types.result),
                         elements.draw(format, resultShape, kInitLimit, 80));
  ExpectedLayer expected;
  if (cell.side != Side::Activations)
    expected.inputs[1] = Decomposition{program.series, {0}, false};
  if (cell.side != Side::Weights)
    expected.inputs[0] = Decomposition{program.series, {1}, false};
  program.layers.push_back(expected);
  return writer.addOp(formatv("linalg.matmul ins({0}, {1} : {2}, {3}) "
                              "outs({4} : {5}) -> {5}",
                              value.name, weights.name, value.type,
                              weights.type, init.name, init.type),
                      init.type);
}
